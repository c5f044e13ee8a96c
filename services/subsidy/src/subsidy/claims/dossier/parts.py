"""Parts of what is stored in dossiers: names and fields are for ever."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "TRAINING",
    "LIVING",
    "ASSESSMENT",
    "SKILL_UPGRADE",
    "STUDENT_AID",
    "TUITION",
    "GRANT",
    "CROSS_PROVINCE_TRAVEL",
    "SOCIAL_INSURANCE",
]
"""Kinds of claims that open by themselves (`contracts.subsidy_codes`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A claim that rests on the dossier, with what is needed to look at it. Part of stored events."""

    claim: str
    kind: Kind
    about: str
    region: str
    """Where it belonged when it opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Which fact said so, and its place among those that say something of the same: the last one counts. Part of
    stored events."""

    fact: str
    """Public id; of what an office says the id of this note itself."""
    order: int
    """The version of the fact's stream; where several streams may say it, microseconds."""
