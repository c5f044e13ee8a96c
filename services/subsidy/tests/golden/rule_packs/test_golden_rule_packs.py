"""Every rule pack that was ever stored is still read, decides what it decided, and is published with the same bytes.

`pack-published.v1.json` is what is stored, `….public.json` what is published of it. Missing samples are written by
`LB_GOLDEN=write`; one that is there is never written again: a changed shape is a new version.
"""

import os
from datetime import date
from pathlib import Path

from eventcore.codec import Codec
from rule_packs import EVERYTHING, facts
from subsidy.packs.engine import Assessed, assess
from subsidy.packs.events import PackEvent, PackPublished
from subsidy.packs.pack import Pack, digest, rules_of
from subsidy.packs.publishing import publish
from subsidy.packs.reading import read_rules

FOLDER = Path(__file__).parent
CODEC = Codec(PackEvent)
TEXT = read_rules(EVERYTHING).canonical()
SAMPLE = PackPublished(
    name="520123-student-aid",
    version=3,
    text=TEXT,
    digest=digest(TEXT),
    region="520123",
    kind="STUDENT_AID",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
    published_on=date(2025, 12, 20),
    officer="yang",
    organisation="hr-520123",
)
STORED, PUBLIC = FOLDER / "pack-published.v1.json", FOLDER / "pack-published.v1.public.json"
KNOWN = facts(
    deceased=False, training_category="SPECIAL", charged_fee=12_345, paid_this_year=0, paid_in_all=1_480_000, age=30
)


def read_or_write(file: Path, new: bytes) -> bytes:
    if os.environ.get("LB_GOLDEN") == "write" and not file.exists():
        file.write_bytes(new + b"\n")
    return file.read_bytes().removesuffix(b"\n")


def test_golden_what_is_stored_of_a_rule_pack_keeps_its_bytes() -> None:
    stored = CODEC.encode(SAMPLE, "rule-pack-520123-student-aid/3").data
    assert stored == read_or_write(STORED, stored)


def test_golden_what_is_published_of_a_rule_pack_keeps_its_bytes() -> None:
    told = publish(SAMPLE).to_bytes()
    assert told == read_or_write(PUBLIC, told)


def test_golden_a_stored_rule_pack_is_read_and_decides_what_it_decided() -> None:
    event = CODEC.decode("pack-published", 1, STORED.read_bytes())
    assert isinstance(event, PackPublished)
    assert digest(event.text) == event.digest
    found = assess(Pack(event.version, rules_of(event.text)), KNOWN)
    assert isinstance(found, Assessed)
    assert [(each.rule, each.expression, each.result) for each in found.explanation.steps] == [
        ("half", "12345 * 5000 / 10000", 6_200),
        ("tenth", "12345 * 1000 / 10000", 1_235),
        ("more", "max(6200, 5000)", 6_200),
        ("base", "20000", 20_000),
        ("together", "6200 + 1235 + 20000 + 300", 27_735),
        ("less", "27735 - 200", 27_535),
        ("per_year", "min(27535, 900000 - 0)", 27_535),
        ("in_all", "min(27535, 1500000 - 1480000)", 20_000),
    ]
    assert (found.outcome, found.amount, found.fund) == ("APPROVED", 20_000, "LOCAL_MATCHING")
