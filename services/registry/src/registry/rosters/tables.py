"""The tables that lie beside this code: headers, words for codes, sentences of verdicts."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias

from contracts.code_lists import CODE_LISTS

from registry.rosters.text import key

Language: TypeAlias = Literal["zh", "en"]

LISTS: Final[Mapping[str, str]] = {
    "groups": "worker-groups",
    "channel": "survey-channels",
    "capture_method": "capture-methods",
    "employment_status": "employment-statuses",
    "employment_form": "employment-forms",
    "wishes": "wishes",
}
"""Field and the code list of its values."""


@cache
def fields() -> tuple[str, ...]:
    """All fields of a row, in the order of a usual roster."""
    return tuple(dict.fromkeys(each["field"] for each in _rows("columns.csv")))


@cache
def headers() -> Mapping[str, tuple[str, ...]]:
    """Key of a header -> the fields that it may give; the first that no column to its left gave is meant."""
    found: dict[str, tuple[str, ...]] = {}
    for each in _rows("columns.csv"):
        found[key(each["header"])] = (*found.get(key(each["header"]), ()), each["field"])
    return found


@cache
def title(field: str, language: Language) -> str:
    """What people call the field."""
    usual = [each["header"] for each in _rows("columns.csv") if each["field"] == field]
    return (usual[0] if language == "zh" else field.replace("_", " ")) if usual else field


@cache
def words(field: str) -> Mapping[str, str]:
    """Key of a word -> the code that it stands for: names of the list in both languages, and what people write."""
    found = {key(each["word"]): each["code"] for each in _rows("values.csv") if each["list"] == field}
    for code in CODE_LISTS[LISTS[field]].codes if field in LISTS else ():
        found |= {key(code.zh): code.code, key(code.en): code.code}
    return found


def reason(code: str, language: Language) -> str:
    """What a code of a verdict says to people; the code itself where it is none of ours."""
    return _reasons().get(code, {}).get(language, code)


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    return {each["code"]: each for each in _rows("verdicts.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("registry.rosters") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
