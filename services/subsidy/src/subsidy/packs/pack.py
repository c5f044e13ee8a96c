"""A rule pack as data: when something is owed, how much, from which money, by when (R-SUB-30).

It is written in YAML, checked when it is read, and stored as canonical JSON. There are no expressions in it, only
named tests and steps, so that it can be explained, published and simulated as well as carried out.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final, Literal, TypeAlias

from contracts.region import RegionCode
from contracts.subsidy_codes import ClaimKindCode, FundCode, RefusalReasonCode
from pydantic import Field

from subsidy.packs.criteria import Day, Name, Number, Part, Test, Text
from subsidy.packs.steps import AnyStep

Payee: TypeAlias = Literal["WORKER", "INSTITUTION", "BODY", "EMPLOYER", "AGENCY"]
OncePer: TypeAlias = Literal["NONE", "OCCUPATION_LEVEL", "YEAR"]
Days: TypeAlias = Annotated[int, Field(ge=1, le=3650)]
Requirement: TypeAlias = Annotated[str, Field(pattern=r"^R-[A-Z]{3}-[0-9]{2}$")]


class Condition(Part):
    """Has to be true. `final`: once it is known to be false, no evidence to come makes it true, and the claim is
    refused whatever else is missing."""

    name: Name
    reason: RefusalReasonCode
    zh: Text
    en: Text
    final: bool = False
    test: Test


class Cap(Part):
    """What a person gets of this kind at most, over all claims."""

    amount: Number
    source: Text | None = None
    illustrative: bool = False


class CapOfMonths(Part):
    """How many of the months that an input says are paid for, over all claims of a person."""

    of: Name
    months: Annotated[int, Field(ge=1, le=600)]
    source: Text | None = None
    illustrative: bool = False


class Caps(Part):
    """Of a kind that is counted in months only `months`, of others only the two in fen."""

    per_year: Cap | None = None
    in_all: Cap | None = None
    months: CapOfMonths | None = None

    @property
    def all(self) -> Mapping[str, Cap | CapOfMonths]:
        """Those that the pack says, by name."""
        said = {"per_year": self.per_year, "in_all": self.in_all, "months": self.months}
        return {name: cap for name, cap in said.items() if cap is not None}


class Deadlines(Part):
    """Calendar days. Measured for every claim and shown when they are over (R-SUB-30, R-ADD-13)."""

    decide: Days
    """From the day on which nothing is missing any more."""
    pay: Days
    """From the decision."""
    claim: Days | None = None
    """From the fact; None: no window."""
    source: Text | None = None
    illustrative: bool = False


class Source(Part):
    """Money that may pay it. The first whose test holds does."""

    fund: FundCode
    when: Test | None = None


class Basis(Part):
    title: Text
    number: Text | None = None
    requirements: tuple[Requirement, ...] = ()


class Need(Part):
    zh: Text
    en: Text


class Rules(Part):
    """The whole pack, as it was written."""

    name: Annotated[str, Field(pattern=r"^[1-9][0-9]{5}-[a-z]+(-[a-z]+)*$", max_length=60)]
    region: RegionCode
    kind: ClaimKindCode
    zh: Text
    en: Text
    valid_from: Day
    valid_to: Day | None = None
    """The first day without it."""
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1, max_length=20)]
    legal_basis: Annotated[tuple[Basis, ...], Field(max_length=20)] = ()
    illustrative: bool = False
    """No legal basis is known: an example."""
    once_per: OncePer
    payee: Payee
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=40)]
    amount: Annotated[tuple[AnyStep, ...], Field(min_length=1, max_length=40)]
    caps: Caps = Caps()
    deadlines: Deadlines
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=10)]
    needed: Annotated[tuple[Need, ...], Field(min_length=1, max_length=20)]
    """What has to be known, for people (R-SUB-30)."""

    def canonical(self) -> str:
        """The same text for the same rules, however they were written."""
        plain = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def name_of(region: str, kind: str) -> str:
    """What the packs of a region for a kind of claims are called."""
    return f"{region}-{kind.lower().replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Pack:
    """One published version."""

    version: int
    rules: Rules

    @property
    def ref(self) -> str:
        return f"{self.rules.name}@{self.version}"


@lru_cache(maxsize=1_000)
def rules_of(canonical: str) -> Rules:
    """The rules of a published text."""
    return Rules.model_validate_json(canonical)


def digest(canonical: str) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(canonical.encode()).hexdigest()


PAYEE_INPUTS: Final = {"INSTITUTION": "institution", "EMPLOYER": "employer"}
"""Inputs that say who the payee is."""
PAID_MONTHS: Final = "paid_months"
PAID: Final = ("paid_this_year", "paid_in_all", PAID_MONTHS)
"""Inputs that the person's allowance says."""


def paid_inputs(kind: str) -> tuple[str, ...]:
    """Those that packs of the kind may ask about."""
    return (PAID_MONTHS,) if is_monthly(kind) else PAID[:2]


def is_monthly(kind: str) -> bool:
    """Whether an allowance of the kind counts months: it has a limit of time, not of money (R-SUB-37)."""
    return kind == "SOCIAL_INSURANCE"
