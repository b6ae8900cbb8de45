"""Fifty sentences about the course, and for each a question in other words: the test of a search by meaning.

The questions were written before the word families of `meaning.py`, and no training text holds one of them.
"""

from __future__ import annotations

import re

from dojo.models.tiny.course_facts import GLOSSARY, LABS

__all__ = ["QUERIES", "SENTENCES", "word_overlap"]

_LAB_QUERIES = (
    "compare three models next to each other",
    "a bot that keeps what I said before",
    "make a helper follow my instructions from a text file",
    "papers that tell the origin of each model",
    "short versions of websites",
    "verified lines of a spreadsheet",
    "a helper that calls functions",
    "reply to questions out of my own documents",
    "show images with named rectangles around objects",
    "record every person who comes in through the entrance, just a single time",
    "look for photos in a collection",
    "how many objects lie on my table",
    "how many persons walk over a border",
    "a program that gives marks to object finders",
    "a place where my bots are under attack",
    "a ranking of models with uncertainty",
    "teach a computer to find my thing in photos",
    "a little text model of my own",
    "a little student model that learns from a large teacher",
    "a camera guard that writes down what happened and answers questions",
)
_WORD_QUERIES = {
    "Ollama": "software to start free models on my laptop",
    "a token": "a part of a word as a number",
    "a tokenizer": "what splits sentences into pieces",
    "a system message": "instructions on how to act, given at the start",
    "a prompt": "everything the model sees before it answers",
    "a context": "how much can the model look at together",
    "a language model": "guess the following word over and over",
    "a local model": "works on my laptop without internet",
    "temperature": "how random is the answer",
    "a seed": "get identical random numbers twice",
    "YOLO": "quick object finder for photos",
    "OpenCV": "software to open and edit images",
    "an embedding": "vector for what a sentence means",
    "RAG": "search documents before answering",
    "a tool": "a function my code can execute for the model",
    "a schema": "rules for the fields of a reply",
    "a mask": "which dots of the image are part of the thing",
    "a pixel": "single point of an image",
    "IoU": "how much do two rectangles share",
    "a tracker": "keep an eye on one thing through the video",
    "a frame": "a single image from a film",
    "prompt injection": "words that trick a model into harmful commands",
    "a guardrail": "stop dangerous answers",
    "a hallucination": "a false answer that seems correct",
    "quantisation": "make the file small by using fewer bits for each number",
    "overfitting": "it learned its examples by heart and knows nothing more",
    "a test set": "examples the model has never met",
    "a licence": "what am I allowed to do with this software",
    "attention": "look at earlier words that are important",
    "a GPU": "hardware that computes many things in parallel",
}

_MEANINGS = dict(GLOSSARY)
SENTENCES = (
    *(f"In lab {lab.number} you build {lab.product}." for lab in LABS),
    *(_MEANINGS[term] for term in _WORD_QUERIES),
)
QUERIES = (*_LAB_QUERIES, *_WORD_QUERIES.values())

_SMALL = frozenset(
    re.findall(
        "[a-z]+",
        "a an and are as at by do for from has have how i in is it me my of on or that the there this to was what "
        "which who will with you your we one so lab build means",
    )
)


def word_overlap(query: str, sentence: str) -> float:
    """The share of the query's words that stand in the sentence (first six letters count), small words left out."""
    asked, there = _stems(query), _stems(sentence)
    return len(asked & there) / (len(asked) ** 0.5 * len(there) ** 0.5 or 1.0)


def _stems(text: str) -> set[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    return {word.rstrip("s")[:6] for word in words if word not in _SMALL}
