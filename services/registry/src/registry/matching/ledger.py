"""What snapshots of one system say: the ledger of a day, and what changed between two (R-REG-14, R-REG-15)."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from pydantic import BaseModel

from registry.matching.compare import common_version
from registry.matching.people import Person

Change = Literal["came", "left", "changed"]
POVERTY: Final = "poverty"
SCHOOL: Final = "school"


class Entry(BaseModel):
    """Somebody in a system, without personal data: the system's own record number leads to the person there. 台账。"""

    reference: str
    county: str
    records: list[str]
    fields: dict[str, str]


class ChangeOut(BaseModel):
    """What changed for somebody; `field`, `before` and `after` where they were there both times. 异动。"""

    reference: str
    county: str
    change: Change
    records: list[str]
    field: str | None = None
    before: str | None = None
    after: str | None = None


class CountyChanges(BaseModel):
    """How many of each, by county. 各县异动数。"""

    county: str
    came: int
    left: int
    changed: int


def entries(people: Iterable[Person], institution: str | None = None) -> list[Entry]:
    """Who is of a poor family, or everybody where the system does not say; of one institution where it is named; by
    county and reference."""
    found = [
        Entry(
            reference=_reference(person.indexes[-1]),
            county=person.region,
            records=[*person.records],
            fields=person.fields,
        )
        for person in people
        if _counts(person) and institution in (None, person.fields.get(SCHOOL))
    ]
    return sorted(found, key=lambda each: (each.county, each.reference))


def changes(before: Sequence[Person], after: Sequence[Person]) -> list[ChangeOut]:
    """Everybody who counts in one of them; by county and reference. compare.NoCommonKey."""
    version = common_version((before, after))
    sides = [{person.index(version): person for person in people if _counts(person)} for people in (before, after)]
    everybody = {index for side in sides for index in side if index}
    found = [change for index in everybody for change in _changes(index, sides[0].get(index), sides[1].get(index))]
    return sorted(found, key=lambda each: (each.county, each.reference, each.field or ""))


def by_county(found: Iterable[ChangeOut]) -> list[CountyChanges]:
    """Counts of changes."""
    counts = Counter((each.county, each.change) for each in found)
    return [
        CountyChanges(
            county=county, came=counts[county, "came"], left=counts[county, "left"], changed=counts[county, "changed"]
        )
        for county in sorted({county for county, _ in counts})
    ]


def _counts(person: Person) -> bool:
    return person.fields.get(POVERTY, "YES") == "YES"


def _changes(index: str, before: Person | None, after: Person | None) -> Iterator[ChangeOut]:
    there = after or before
    if there is None:
        return

    def said(change: Change, field: str | None = None, was: str | None = None, now: str | None = None) -> ChangeOut:
        return ChangeOut(
            reference=_reference(index),
            county=there.region,
            change=change,
            records=[*there.records],
            field=field,
            before=was,
            after=now,
        )

    if before is None or after is None:
        yield said("came" if before is None else "left")
        return
    for field, was, now in _differences(before, after):
        yield said("changed", field, was, now)


def _differences(before: Person, after: Person) -> Iterator[tuple[str, str | None, str | None]]:
    was: Mapping[str, str] = {**before.fields, "county": before.region}
    now: Mapping[str, str] = {**after.fields, "county": after.region}
    for field in sorted({*was, *now}):
        if was.get(field) != now.get(field):
            yield field, was.get(field), now.get(field)


def _reference(index: str) -> str:
    """Tells people apart in a list; no index, and no way back to the number."""
    return hashlib.sha256(f"ledger\0{index}".encode()).hexdigest()[:16]
