"""What can have happened to a question who somebody is. Storage format: names and fields are for ever."""

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from eventcore import Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAsked:
    """The province that owns the number was asked. What is sealed to it nobody here can open."""

    type: ClassVar[str] = "identity-asked"
    ask: str
    owner: str
    number_index: str
    question: str = field(repr=False)
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLearnt:
    """It answered."""

    type: ClassVar[str] = "identity-learnt"
    ask: str
    worker: str
    home: str
    number_index: str
    steward: str | None
    """The home province, where that is another one: it acts for the worker, and not this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAnswered:
    """Another province was told who has a number of this one; who was not known got an id for it."""

    type: ClassVar[str] = "identity-answered"
    ask: str
    asker: str
    worker: Subject[str]
    home: str
    number_index: str
    minted: bool
    steward: str | None
    """The home province of who got an id, where that is another one."""
    number: Personal[str | None] = field(repr=False)
    """Of who got an id: no survey here holds it."""
    to: tuple[str, ...]


AskEvent: TypeAlias = IdentityAsked | IdentityLearnt
