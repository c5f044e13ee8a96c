"""Events of claims, dossiers, reservations, handlers and risks keep their bytes, and are published with the same."""

import types
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from golden import Golden, name
from subsidy.app import SERVICE
from subsidy.claims.wiring import DECIDERS
from subsidy.publishing import published

GOLDEN: Final = Golden(Path(__file__).parent, replace(SERVICE, deciders=DECIDERS), published)
WORDS: Final = {
    "region": "520526",
    "kind": "TRAINING",
    "pack": "520000-training@1",
    "fund": "EMPLOYMENT_SUBSIDY",
    "occupation": "2022/6-18-02-04",
    "occupations": "2022/6-18-02-04",
    "level": "5",
    "corrects": "claim-c1/4",
    "reasons": "CERTIFICATE_REVOKED",
    "document": "廉承 2026-17",
}


def sample(kind: Any, word: str = "") -> Any:
    """One with every field: texts are the fields' names, or a word that fits."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{each.name: sample(hints[each.name], each.name) for each in fields(kind)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return sample(inner[0], word)
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return (sample(inner[0], word),)
    return {str: WORDS.get(word, word.replace("_", "-")), int: 2, bool: True, date: date(2026, 7, 1)}[kind]


SAMPLES: Final = [sample(kind) for decider in DECIDERS for kind in (get_args(decider.events) or (decider.events,))]


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_stored_of_claims_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_published_of_claims_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_stored_version_of_claims_is_read() -> None:
    GOLDEN.check_every_version()
