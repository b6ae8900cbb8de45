"""What dojo-tiny knows by heart: the course, its labs, its commands and fifty words of the trade.

All text is ours, written for this file.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BELTS", "COMMANDS", "GLOSSARY", "LABS", "Lab", "belt_of"]


@dataclass(frozen=True)
class Lab:
    """A lab's number, title, class minutes, the product students build, and its topic in a few words."""

    number: int
    title: str
    minutes: str
    product: str
    topic: str


LABS = (
    Lab(1, "First Bow", "50", "a table that puts three models side by side", "asking three models one question"),
    Lab(2, "Remember Me", "60", "a chat program that remembers", "memory in a chat"),
    Lab(3, "House Rules", "60", "an assistant that obeys a rules file", "system messages and rules"),
    Lab(4, "Whose Model Is It?", "60", "a passport for each model", "licences and where models come from"),
    Lab(5, "Read the Web for Me", "75", "a safe page of summaries", "reading web pages and feeds"),
    Lab(6, "Say It in Boxes", "60", "checked rows in a CSV file", "structured output"),
    Lab(7, "Hands", "60", "an assistant that uses tools", "tool calling"),
    Lab(8, "Ask My Binder", "75", "a program that answers from your notes", "embeddings and retrieval"),
    Lab(9, "Pixels First", "60", "a web page of pictures with labelled boxes", "pixels and OpenCV"),
    Lab(10, "Watch the Door", "60", "a video watcher that logs each visit once", "video and triggers"),
    Lab(11, "Picture Librarian", "75", "a gallery that you can search", "models that describe pictures"),
    Lab(12, "YOLO in Ten Lines", "75", "a counter for the things on your desk", "detecting objects with YOLO"),
    Lab(13, "Count the Crowd", "75", "a counter for a line that people cross", "tracking and counting"),
    Lab(14, "Keep Score", "90", "a scorer for detectors", "IoU and mAP"),
    Lab(15, "Guard the Dojo", "75", "an arena that attacks your own assistants", "prompt injection and guardrails"),
    Lab(16, "Which Model Wins?", "90", "a leaderboard with error bars", "comparing models fairly"),
    Lab(17, "Train Your Eye", "120", "a detector for your own object", "training a detector"),
    Lab(18, "Train Your Tongue", "120", "a tiny language model", "training a language model"),
    Lab(19, "Teacher and Student", "90", "a small model taught by a big one", "distillation and quantisation"),
    Lab(20, "Dojo Watch", "300", "a watcher that sees, logs and answers", "putting it all together"),
)

BELTS = (
    ("white", "Speak", 1),
    ("yellow", "Feed", 5),
    ("green", "See", 9),
    ("brown", "Measure", 13),
    ("black", "Build", 17),
)

COMMANDS = (
    ("dojo lab", "opens the course in JupyterLab", "open the course"),
    ("dojo list", "shows lessons, labs, belts and your progress", "see my progress"),
    ("dojo check", "says what passes in a lab and what to fix", "check my lab"),
    ("dojo watch", "checks a lab each time you save it", "check a lab on every save"),
    ("dojo hint", "gives the next hint for an exercise", "get a hint"),
    ("dojo solution", "shows a solution once you have passed or tried", "see a solution"),
    ("dojo reset", "gives a fresh copy of a lab and keeps the old one", "start a lab again"),
    ("dojo doctor", "says whether this machine is ready", "test my machine"),
    ("dojo pull", "gets the models that fit this machine", "get models"),
    ("dojo serve", "runs one model server for a class", "serve a class"),
    ("dojo record", "puts a lab's questions to your own models", "record my models' replies"),
    ("dojo course new", "makes a course folder for a class", "make a course folder"),
    ("dojo course grade", "marks a whole class", "grade a class"),
    ("dojo author check", "proves that a lab's tests are right", "prove a lab"),
)


def belt_of(number: int) -> str:
    """The colour of the belt that a lab belongs to."""
    return BELTS[(number - 1) // 4][0]


# A term as asked (with its article), and one plain sentence.
GLOSSARY = (
    ("Ollama", "Ollama is a program that runs open models on your own machine."),
    ("a token", "A token is a piece of text, often a word or a part of one, that a model reads as one number."),
    ("a tokenizer", "A tokenizer cuts text into tokens and joins tokens into text."),
    ("a system message", "A system message tells the model how to behave, before the user speaks."),
    ("a user message", "A user message is what the person says to the model."),
    ("an assistant message", "An assistant message is what the model replies."),
    ("a prompt", "A prompt is all the text that a model reads before it writes."),
    ("a context", "A context is the text that a model can see at one time."),
    ("a language model", "A language model predicts the next token, again and again."),
    ("a local model", "A local model runs on your own machine, with no network."),
    ("temperature", "Temperature says how much chance there is in a reply, and zero means none."),
    ("a seed", "A seed makes the same dice fall the same way again."),
    ("YOLO", "YOLO is a fast detector that finds objects in one look at a picture."),
    ("OpenCV", "OpenCV is a library that reads, changes and draws pictures."),
    ("an embedding", "An embedding is a list of numbers that stands for the meaning of a text."),
    ("cosine similarity", "Cosine similarity says how much two vectors point the same way."),
    ("RAG", "RAG means that a program finds notes first and the model answers from them."),
    ("a chunk", "A chunk is a piece of a long text, small enough to search."),
    ("a tool", "A tool is a function that a model may ask your program to run."),
    ("a tool call", "A tool call is a reply that names a function and its arguments."),
    ("JSON", "JSON is a text format with names, values, lists and boxes inside boxes."),
    ("a schema", "A schema says which keys a JSON reply must have, and of which type."),
    ("a bounding box", "A bounding box is a rectangle around an object in a picture."),
    ("a mask", "A mask marks each pixel that belongs to an object."),
    ("a keypoint", "A keypoint is one named spot, such as an elbow."),
    ("a pixel", "A pixel is one dot of a picture, with a number for each colour."),
    ("IoU", "IoU is the overlap of two boxes divided by all that they cover together."),
    ("NMS", "NMS keeps the best box and drops the boxes that overlap it too much."),
    ("mAP", "mAP is one number that says how well a detector finds and names things."),
    ("a tracker", "A tracker follows the same object from frame to frame."),
    ("a frame", "A frame is one picture of a video."),
    ("prompt injection", "Prompt injection is text that tries to give a model orders it should not obey."),
    ("a guardrail", "A guardrail is a check that stops a bad input or a bad reply."),
    ("a hallucination", "A hallucination is a reply that sounds right and is wrong."),
    ("GGUF", "GGUF is a file format that holds a model's weights and its tokenizer."),
    ("quantisation", "Quantisation stores weights with fewer bits, so that the file gets smaller."),
    ("distillation", "Distillation lets a small model learn from the replies of a big one."),
    ("a weight", "A weight is one number inside a model that training has set."),
    ("a parameter", "A parameter is one number that a model learns."),
    ("training", "Training changes the weights, step by step, so that the loss falls."),
    ("loss", "Loss is a number that says how wrong a model's guesses are."),
    ("attention", "Attention lets a model look back at the earlier tokens that matter."),
    ("a transformer", "A transformer is a stack of layers that mix tokens with attention."),
    ("overfitting", "Overfitting means that a model knows its training data and little else."),
    ("a test set", "A test set is data that training never saw."),
    ("open weights", "Open weights means that anyone may download the weights of a model."),
    ("a licence", "A licence says what you may do with a model, a text or a program."),
    ("a model card", "A model card says what a model can do, what it can not, and how it was made."),
    ("ONNX", "ONNX is a file format that many programs can run models from."),
    ("a notebook", "A notebook is a page of text and code cells that you run one by one."),
    ("a live cell", "A live cell talks to a real model or camera and gives no points."),
    ("a hint", "A hint is a small push in the right direction."),
    ("a belt", "A belt stands for four labs that you have passed."),
    ("Python", "Python is the language that this course is written in."),
    ("a GPU", "A GPU is a chip that does many sums at once."),
    ("a robot", "A robot is a machine that acts. I am only text."),
)
