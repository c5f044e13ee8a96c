"""`?profile=rs`: the same answer by the field codes of the human-resources systems (人社, MOHRSS).

The standards that define the codes (LD/T 6006 and its neighbours) could not be read in full: `rs_fields.csv` holds
those seen in use, and where. What it does not name keeps our name and stands apart: nothing is lost or guessed.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from eventcore.web import Problem
from fastapi import Query
from pydantic import BaseModel

RS: Final = "rs"
Profile: TypeAlias = Annotated[
    str | None,
    Query(
        max_length=20,
        description="`rs`: by the field codes of the human-resources systems. 按人社指标代码表示。",
    ),
]
"""Query parameter of a reading route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RsField:
    """One of our fields and its code there."""

    field: str
    code: str
    zh: str
    en: str
    seen_in: str


@cache
def rs_fields() -> Mapping[str, RsField]:
    """By our name of the field."""
    text = (files("registry.profiles") / "rs_fields.csv").read_text(encoding="utf-8")
    return {row["field"]: RsField(**row) for row in csv.DictReader(text.splitlines())}


def check_profile(profile: str | None) -> None:
    """Problem 400 for a profile that is not there."""
    if profile not in (None, RS):
        raise Problem("profile_unknown")


def represented(answer: BaseModel, profile: str | None) -> bytes:
    """The answer as JSON: by our names, or by the codes of the profile with what has none under `others`. Problem 400
    for a profile that is not there."""
    check_profile(profile)
    if profile is None:
        return answer.model_dump_json().encode()
    return msgspec.json.encode({"profile": RS, **by_code(answer.model_dump(mode="json"))})


def by_code(fields: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`{"fields": {code: value}, "others": {name: value}}`; parts of the answer give their fields to the whole."""
    known = rs_fields()
    coded: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, value in fields.items():
        if name in known:
            coded[known[name].code] = value
        elif isinstance(value, dict):
            part = by_code(value)
            coded = part["fields"] | coded
            others |= {name: part["others"]} if part["others"] else {}
        else:
            others[name] = value
    return {"fields": coded, "others": others}
