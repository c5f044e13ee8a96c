"""The pure part of the runtime: what a domain module sees of it."""

from eventcore.acting import Acting
from eventcore.decider import NOTHING_SEEN, Decider, Read, Rejected, Seen, fold
from eventcore.effects import Effect, Post, Release, Take, Wake
from eventcore.facts import Fact, Meta
from eventcore.privacy import Personal, Subject
from eventcore.reactions import Do

__all__ = [
    "NOTHING_SEEN",
    "Acting",
    "Decider",
    "Do",
    "Effect",
    "Fact",
    "Meta",
    "Personal",
    "Post",
    "Read",
    "Rejected",
    "Release",
    "Seen",
    "Subject",
    "Take",
    "Wake",
    "fold",
]
