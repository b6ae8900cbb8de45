"""Word families, and pairs of phrases that mean the same: what the embedding model learns from.

A phrase is a handful of ideas in any order; its twin says the same ideas with other words of the same families.
Names that are in no family stay the same on both sides, so that plain words still count.
"""

from __future__ import annotations

from dojo.models.tiny.world import ANIMALS, COLOURS, FOODS, QUALITIES, THINGS, World

__all__ = ["FAMILIES", "same_meaning"]

FAMILIES = tuple(
    tuple(line.split(","))
    for line in """\
picture,image,photo,pictures,images,photos,photograph
video,film,movie,clip,recording
model,network,neural network,models
language model,text model,chat model,words model
build,make,create,write,construct,making,building
machine,computer,laptop,own machine,hardware,PC
program,software,app,application,code,script
runs,starts,works,executes,run,start,execute
small,tiny,little,short,smaller
big,large,huge,great,bigger
quick,fast,rapid,speedy,in one look
answer,reply,response,answers,replies,answering,replied
question,query,questions,asking,ask
find,finds,search,searches,look for,seek,finder
detector,object finder,detecting,detects objects,finds objects
notes,documents,papers,pages,files,texts,binder
web page,website,site,internet page,web pages,websites
summary,short version,summaries,digest,short versions
remember,remembers,keep,keeps,memory,recall
chat,bot,conversation,talk,chat program,chatbot,dialogue
assistant,helper,bot,assistants,helpers,bots
rules,instructions,orders,commands,rule,order
obey,obeys,follow,follows,do what is said
tool,function,tools,functions
use,uses,call,calls,using
list,table,rows,lines,spreadsheet,CSV
checked,verified,proved,tested,valid
box,rectangle,boxes,rectangles,frame around,bounding box
label,name,labelled,named,labels,tag
object,thing,item,objects,things,items
person,people,human,persons,visitor,visit,somebody
count,counter,number of,how many,counts,counting
line,border,edge,cross a line,walk over a border
desk,table top,my table,office table
door,entrance,gate,comes in
log,record,write down,logs,records,notes down
once,one time,single time,a single time
camera,webcam,watcher,guard,watch
see,sees,look at,looks,view
compare,side by side,next to each other,beside
score,mark,scorer,marks,grade,gives marks
leaderboard,ranking,contest,table of winners
error,uncertainty,error bars,mistake,doubt
attack,attacks,under attack,harm,hostile
safe,secure,harmless,protected
danger,dangerous,bad,harmful,risky
stop,stops,block,blocks,prevent
teach,train,taught,training,trains,learn from
learn,learns,learned,study,studies
student,pupil,learner
teacher,big one,instructor,large teacher
gallery,collection,album,library of pictures
passport,papers,origin,where it comes from,provenance
token,piece,part of a word,pieces,parts
cut,cuts,split,splits,divide
join,joins,put together,glue
number,numbers,figure,figures,digit
text,words,sentence,sentences,phrase
next,following,the one after,coming
predict,predicts,guess,guesses,foresee
again,again and again,over and over,repeatedly,twice
same,identical,equal,alike
behave,act,acts,behaviour
before,first,at the start,earlier,beforehand
network,internet,online,web connection,net
no,without,none,not any
chance,random,dice,luck,randomness
meaning,means,sense,what it says,meant
vector,list of numbers,embedding,row of numbers
similar,close,near,alike,point the same way
important,matter,matters,relevant
format,form,layout,shape of a file
key,keys,field,fields
must,has to,needs to,required
dot,point,pixel,pixels,dots,spot
belongs,is part of,member,belong,part of
overlap,share,in common,overlaps,cover together
best,top,strongest,winner
follow,track,keep an eye on,tracks,tracker,follows the same
wrong,false,incorrect,not true,mistaken
right,correct,true,sounds right,seems correct
fewer,less,not so many,smaller number
data,examples,samples,cases,training data,data set
never,not once,never saw,never met,unseen
test,exam,check,trial
allowed,may,may do,permitted,licence
free,open,open weights,anyone may download
chip,processor,hardware,GPU
sums,computes,calculates,arithmetic,adds
many,lots of,a lot of,several
at once,in parallel,together,at the same time,at one time
trick,fool,injection,deceive
read,reads,open,reading
change,changes,edit,edits,alter,modify
draw,draws,paint,sketch
know,knows,understand,by heart
little else,nothing more,nothing else
hold,holds,contains,store,stores,keeps
file,document file,file format
bits,bytes,memory cells
begin,start,starts,first step
fall,falls,goes down,drop
tell,say,says,state
show,display,shows,present
happened,took place,event,events
own,my own,your own,yours""".splitlines()
)
_JOINTS = (
    "the",
    "a",
    "of",
    "with",
    "for",
    "in",
    "on",
    "that",
    "and",
    "to",
    "my",
    "your",
    "is",
    "it",
    "from",
    "what",
    "how",
    "In lab",
)
_FRAMES = (
    "{0}",
    "{0}.",
    "{0}?",
    "What is {0}?",
    "I want {0}",
    "In lab {1} you build {0}.",
    "{0}, {1}",
    "find {0}",
    "a program for {0}",
)


def same_meaning(world: World) -> tuple[str, str]:
    """Two phrases that say the same: two to six ideas, mostly in other words, in about the same order."""
    left: list[str] = []
    right: list[str] = []
    for _ in range(world.number(2, 6)):
        one, other = _idea(world)
        if world.chance(0.92) or not left:
            left.append(one)
        if world.chance(0.85) or not right:
            right.append(other)
    if world.chance(0.5):
        world.rng.shuffle(right)
    return _phrase(world, left), _phrase(world, right)


def _idea(world: World) -> tuple[str, str]:
    if world.chance(0.2):
        word = world.pick((*THINGS, *ANIMALS, *FOODS, *COLOURS, *QUALITIES, world.invented().lower()))
        return word, word
    family = world.pick(FAMILIES)
    one, other = world.pick(family), world.pick(family)
    return one, other


def _phrase(world: World, ideas: list[str]) -> str:
    words: list[str] = []
    for idea in ideas:
        if world.chance(0.55):
            words.append(world.pick(_JOINTS))
        words.append(idea)
    return world.pick(_FRAMES).format(" ".join(words), world.number(1, 20))
