"""Tests of a rule pack: what has to be true, said by name, so that it can be explained and published."""

import re
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _written_out(value: object) -> object:
    """Pydantic would take the text `0` for the first day of 1970."""
    written = isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
    return date.fromisoformat(written[0]) if written else None


Day: TypeAlias = Annotated[date, BeforeValidator(_written_out)]
Name: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]
Number: TypeAlias = Annotated[int, Field(ge=0, le=100_000_000_000)]
Code: TypeAlias = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z_/-]{0,39}$")]
Codes: TypeAlias = Annotated[tuple[Code, ...], Field(min_length=1, max_length=200)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class AnyGroup(Part):
    """The worker is of one of these groups, by whichever name the group had."""

    op: Literal["any_group"]
    groups: Codes


class Is(Part):
    op: Literal["is"]
    input: Name
    value: bool | Code


class In(Part):
    op: Literal["in"]
    input: Name
    values: Codes


class AtLeast(Part):
    op: Literal["at_least"]
    input: Name
    number: Number


class AtMost(Part):
    op: Literal["at_most"]
    input: Name
    number: Number


class All(Part):
    op: Literal["all"]
    of: Annotated[tuple["Test", ...], Field(min_length=1, max_length=20)]


class Any(Part):
    op: Literal["any"]
    of: Annotated[tuple["Test", ...], Field(min_length=1, max_length=20)]


class Not(Part):
    op: Literal["not"]
    of: "Test"


Test: TypeAlias = Annotated[AnyGroup | Is | In | AtLeast | AtMost | All | Any | Not, Field(discriminator="op")]
