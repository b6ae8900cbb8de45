"""Questions from outside the little world, and the one honest reply to all of them."""

from __future__ import annotations

from dojo.models.tiny.dialogue import Dialogue, Message
from dojo.models.tiny.world import World

__all__ = ["REFUSAL", "outside", "outside_question"]

REFUSAL = "I am a very small model. I do not know that."


def _phrases(text: str) -> list[str]:
    return text.split(",")


_PLACES = _phrases(
    "France,Spain,Italy,Germany,Japan,China,India,Brazil,Canada,Egypt,Kenya,Peru,Poland,Norway,Sweden,Russia,"
    "Turkey,Mexico,Greece,Chile,Vietnam,London,Paris,Rome,Berlin,Tokyo,Madrid,Cairo,Lima,Oslo,Moscow,Sydney,Boston,"
    "Africa,Europe,Asia,America,Mars,Ghana,Korea,Iran"
)
_PEOPLE = _phrases(
    "Einstein,Mozart,Shakespeare,Napoleon,Cleopatra,Picasso,Newton,Darwin,Beethoven,Marie Curie,the president,"
    "the king,the queen,the pope,Caesar,Plato,Gandhi,Columbus,Elvis,Goethe,Bach,Lincoln,the mayor,Turing,Galileo"
)
_TOPICS = _phrases(
    "physics,quantum physics,gravity,the moon,the sun,history,chemistry,black holes,dinosaurs,democracy,money,"
    "the stock market,football,chess,opera,electricity,volcanoes,the weather,climate change,evolution,DNA,"
    "the brain,philosophy,love,music,photosynthesis,inflation,bitcoin,cars,planes,trains,the ocean,whisky,vaccines,"
    "medicine,yoga,religion,war,peace,marriage,taxes,cooking,gardening,fashion,fishing,space travel,relativity,"
    "algebra,geometry,law,insurance,the Bible,magic,a virus,an atom,a star,a planet,a galaxy,a volcano,"
    "an earthquake,a rainbow,a computer virus,a blockchain,a poem,a novel"
)
_WORKS = _phrases(
    "Hamlet,Faust,the Mona Lisa,Don Quixote,the Odyssey,Star Wars,the Magic Flute,Moby Dick,Dracula,the Iliad"
)
_TONGUES = _phrases("German,French,Spanish,Chinese,Latin,Italian,Russian,Arabic,Japanese,Greek,Dutch,Polish")
_MEALS = _phrases(
    "pizza,pancakes,a chocolate cake,lasagne,sushi,a curry,an omelette,bread rolls,dumplings,a salad,goulash"
)

_ASKED = (
    "What is the capital of {place}?", "Where is {place}?", "How many people live in {place}?", "Who rules {place}?",
    "Who is the president of {place}?", "What is the weather in {place}?", "How far is it to {place}?",
    "Tell me about {place}.",
    "What language do they speak in {place}?", "When was {place} founded?", "How do I get to {place}?",
    "Is {place} beautiful?",
    "Who was {person}?", "Who is {person}?", "When was {person} born?", "What did {person} do?",
    "Where did {person} live?",
    "How old is {person}?", "Tell me about {person}.", "What is {topic}?", "Explain {topic}.", "How does {topic} work?",
    "Tell me about {topic}.", "Why is {topic} important?", "Write an essay about {topic}.",
    "What do you think about {topic}?",
    "Who invented {topic}?", "Give me five facts about {topic}.", "Write a story about {topic}.",
    "Write a poem about {topic}.",
    "Who wrote {work}?", "What is {work} about?", "What happened in {year}?", "Who won the world cup in {year}?",
    "Who was king in {year}?", "What is {word}?", "What is the meaning of life?", "What does {word} mean?",
    "Who is {word}?",
    "Where is {word}?", "Have you heard of {word}?", "Tell me about {word}.", "How do I bake {meal}?",
    "How do I cook {meal}?",
    "Give me a recipe for {meal}.", "Translate this into {tongue}: good morning", "How do you say hello in {tongue}?",
    "Can you speak {tongue}?", "What is the time?", "What time is it?", "What day is it today?", "What is the date?",
    "Who won the match yesterday?", "What is the news?", "What will happen tomorrow?", "Will it rain tomorrow?",
    "What is the square root of {big}?", "What is {big} times {big2}?", "What is {big} + {big2}?",
    "Divide {big} by {big2}.",
    "What is {small} times {small2}?", "Is {person} still alive?", "Why is the sky blue?",
    "How tall is the highest mountain?",
    "Which is the longest river of {place}?", "What is the best phone to buy?", "Can you write a program in Java?",
    "Write a Python function that sorts a list.", "Fix this code for me.", "Should I buy shares?",
    "What should I eat tonight?",
    "I have a headache. What should I do?", "Is it legal to park here?", "Sing a song.", "Draw a picture of {topic}.",
    "Book a flight to {place}.", "Send a mail to {person}.", "Who will win the election in {place}?",
    "How do planes fly?",
    "What is the price of gold?", "How do I fix my bicycle?", "How many stars are there?",
    "What is the biggest animal?",
    "Name three cities in {place}.", "Compare {place} and {place2}.", "Which is better, {topic} or {topic2}?",
    "{word}?",
    "{word} {word2} {word3}", "Do you know {person}?", "What is the population of {place}?", "How heavy is {topic}?",
)  # fmt: skip


def outside_question(world: World) -> str:
    return world.pick(_ASKED).format(
        place=world.pick(_PLACES), place2=world.pick(_PLACES), person=world.pick(_PEOPLE), topic=world.pick(_TOPICS),
        topic2=world.pick(_TOPICS), work=world.pick(_WORKS), tongue=world.pick(_TONGUES), meal=world.pick(_MEALS),
        year=world.number(1000, 2030), word=world.invented(), word2=world.invented().lower(),
        word3=world.invented().lower(),
        big=world.number(100, 9999), big2=world.number(100, 9999), small=world.number(2, 99),
        small2=world.number(2, 99),
    )  # fmt: skip


def outside(world: World) -> Dialogue:
    return Dialogue("outside", (Message("user", world.ask(outside_question(world))), Message("assistant", REFUSAL)))
