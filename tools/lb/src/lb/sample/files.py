"""The files of a sample: whose they are, how they are made, and how the clerk who made them writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal, TypeAlias

from lb.sample import tables
from lb.sample.tables import County
from lb.sample.wording import DATE_STYLES, Wording

Format: TypeAlias = Literal["xlsx", "xls", "utf8", "utf8-mark", "utf16", "gb18030"]
FORMATS: Final[Sequence[Format]] = ("xlsx", "utf8-mark", "gb18030", "xls", "utf16", "utf8")
_DELIMITERS: Final = (",", ";", "\t")
_OPTIONAL: Final = (
    ("sex",), ("birth_date",), ("phone",), ("groups", "group_since"), ("channel", "capture_method"), ("wishes",),
    ("account", "bank"),
)  # fmt: skip
_JOB: Final = ("employment_form", "work_region", "employer", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """One file that a county sends. A column is a field, or the header of an extra column."""

    name: str
    county: County
    format: Format
    delimiter: str
    big_endian: bool
    columns: tuple[str, ...]
    headers: Mapping[str, str]
    """By field."""
    wording: Wording
    sheets: int
    """So many have rows."""
    titles: int
    """Lines above the header."""
    notes: bool
    total: bool
    blank_lines: bool
    merged_regions: bool
    """One cell stands for the household region of several rows."""
    channel: str
    capture_method: str
    """What the upload says for rows that do not."""

    @property
    def is_workbook(self) -> bool:
        return self.format in ("xlsx", "xls")

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.columns) & frozenset(tables.FIELDS)


def files_of(counties: Sequence[County], chance: Random) -> list[RosterFile]:
    """One a county and format, in the order in which they are sent: the first files of all counties, then the second
    ones. The first and the last of a county have all fields, so that what stood in one can stand in the other."""
    found: list[RosterFile] = []
    for turn in range(len(FORMATS)):
        for nth, county in enumerate(counties):
            every = turn in (0, len(FORMATS) - 1)
            made = FORMATS[(turn + nth) % len(FORMATS)]
            found.append(_file(len(found) + 1, county, made, nth, every, chance))
    return found


def _file(order: int, county: County, made: Format, nth: int, every: bool, chance: Random) -> RosterFile:
    workbook = made in ("xlsx", "xls")
    fields = list(_fields(every, chance))
    columns = [*fields, *chance.sample(sorted(tables.extras()), chance.randint(0, 4))]
    chance.shuffle(columns)
    return RosterFile(
        name=f"{order:02d}-{county.code}-{made}.{made if workbook else 'csv'}",
        county=county,
        format=made,
        delimiter=_DELIMITERS[(nth + FORMATS.index(made)) % len(_DELIMITERS)],
        big_endian=nth % 2 == 1,
        columns=tuple(columns),
        headers={field: chance.choice(tables.headers(field)) for field in fields},
        wording=Wording(
            dates=chance.choice(DATE_STYLES),
            numeric_phones=chance.random() < 0.3,
            carelessness=chance.choice((0.02, 0.1, 0.3)),
        ),
        sheets=chance.choice((1, 2, 3)) if workbook else 1,
        titles=chance.choice((0, 1, 2)),
        notes=chance.random() < 0.7,
        total=chance.random() < 0.6,
        blank_lines=chance.random() < 0.6,
        merged_regions=workbook and chance.random() < 0.5,
        channel=chance.choice(tables.codes("channel")),
        capture_method=chance.choice(tables.codes("capture_method")),
    )


def _fields(every: bool, chance: Random) -> Iterator[str]:
    yield from tables.MANDATORY
    yield from _JOB
    for together in _OPTIONAL:
        if every or chance.random() < 0.75:
            yield from together
