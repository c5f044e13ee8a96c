"""Which row stands in which file, and what an import has to say of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from random import Random
from typing import Final, Literal, TypeAlias

from lb.sample import people, tables
from lb.sample.cells import Cells
from lb.sample.defects import ALWAYS, FURTHER, Kind
from lb.sample.files import FORMATS, Format, RosterFile, files_of
from lb.sample.people import LATER_SURVEYS, Person, Survey
from lb.sample.tables import County

LEAST: Final = 3
"""Rows of every kind of defect."""
LEAST_BAD: Final = LEAST * len(ALWAYS)
"""Bad rows of the smallest sample."""
MOST_BAD: Final = 0.3
"""Share of the workers: enough good rows have to stay."""
LEAST_WORKERS: Final = ceil(LEAST_BAD / MOST_BAD)
ROWS_A_FILE: Final = 6
"""Fewer workers have fewer counties, not thinner files."""
AGAIN: Final = 0.05
UNCHANGED: Final = 0.02
"""Of the rows of a file."""

VerdictWord: TypeAlias = Literal["recorded", "again", "unchanged", "refused"]


class TooFew(Exception):
    """The bad rows do not suffice for every kind of defect. `workers` and `share` would, each for itself."""

    def __init__(self, bad: int, workers: int, share: float) -> None:
        super().__init__(bad, workers, share)
        self.bad = bad
        self.workers = workers
        self.share = share


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a roster and its right verdict. `cells` are written as they stand; the rest is worded by the clerk."""

    survey: Survey
    verdict: VerdictWord = "recorded"
    cells: Cells = field(default_factory=dict)
    code: str = ""
    field: str = ""

    @property
    def person(self) -> Person:
        return self.survey.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Files in the order in which they are to be imported, with their rows."""

    province: str
    seed: int
    people: tuple[Person, ...]
    rosters: tuple[tuple[RosterFile, tuple[Row, ...]], ...]

    @property
    def rows(self) -> Iterator[Row]:
        for _, rows in self.rosters:
            yield from rows


def least_share(workers: int) -> float:
    """The smallest share of bad rows, in hundredths, that suffices for every kind."""
    return ceil(LEAST_BAD * 100 / workers) / 100


def sample(
    province: str, workers: int, seed: int, share: float = 0.03, counties: Sequence[County] | None = None
) -> Sample:
    """The same for the same arguments. At most `share` of the workers give bad rows, every kind at least `LEAST`
    times; TooFew where that cannot be."""
    kinds = _kinds(workers, share)
    chance = Random(seed)  # noqa: S311 made-up people need no secrecy
    all_counties = tuple(counties or tables.counties(province))
    some = all_counties[: max(1, workers // (ROWS_A_FILE * len(FORMATS)))]
    everybody = tuple(people.people(workers, some, chance))
    planned = _Plan(files_of(some, chance), everybody, chance)
    planned.spoil(kinds)
    for nth in range(len(planned.files)):
        planned.survey_again(nth)
    planned.repeat_last()
    return Sample(province=province, seed=seed, people=everybody, rosters=tuple(planned.rosters()))


def _kinds(workers: int, share: float) -> list[Kind]:
    """One entry for each bad row."""
    budget = floor(workers * share + 1e-9)
    if budget < LEAST_BAD:
        raise TooFew(budget, ceil(LEAST_BAD / share) if share else 0, least_share(workers))
    kinds = (*ALWAYS, *FURTHER) if budget >= LEAST * len((*ALWAYS, *FURTHER)) else ALWAYS
    return [kinds[n % len(kinds)] for n in range(budget)]


def _spread(kinds: Sequence[Kind]) -> Iterator[tuple[Kind, Format]]:
    """With a format for each: three of a kind are in a workbook and in text."""
    for n, kind in enumerate(kinds):
        turn, place = divmod(n, len(set(kinds)))
        yield kind, FORMATS[(place + 2 * turn + turn // 3) % len(FORMATS)]


class _Plan:
    def __init__(self, files: Sequence[RosterFile], everybody: Sequence[Person], chance: Random) -> None:
        self.files = files
        self._chance = chance
        self._rows: list[list[Row]] = [[] for _ in files]
        self._of_county: dict[str, list[int]] = defaultdict(list)
        for nth, file in enumerate(files):
            self._of_county[file.county.code].append(nth)
        sent: dict[str, int] = defaultdict(int)
        for person in everybody:
            mine = self._of_county[person.county.code]
            self._rows[mine[sent[person.county.code] % len(mine)]].append(Row(survey=people.survey(person, chance)))
            sent[person.county.code] += 1

    def spoil(self, kinds: Sequence[Kind]) -> None:
        """Plants the defects, in files of ever other formats that have the fields for it."""
        clean = [list(range(len(rows))) for rows in self._rows]
        doubled: list[tuple[int, Row]] = []
        for kind, made in _spread(kinds):
            nth = self._file_for(kind, made, clean)
            at = clean[nth].pop(self._chance.randrange(len(clean[nth])))
            defect = kind.plant(self._rows[nth][at].survey, self.files[nth].fields, self._chance)
            bad = Row(survey=defect.survey, verdict="refused", code=kind.code, field=defect.field, cells=defect.cells)
            if kind.duplicate:
                doubled.append((nth, bad))
            else:
                self._rows[nth][at] = bad
        for nth, bad in doubled:
            first = next(at for at, row in enumerate(self._rows[nth]) if row.person.number == bad.person.number)
            self._rows[nth].insert(self._chance.randint(first + 1, len(self._rows[nth])), bad)

    def _file_for(self, kind: Kind, made: Format, clean: Sequence[Sequence[int]]) -> int:
        """Two rows of every file stay clean, for those who come again."""
        able = [nth for nth, file in enumerate(self.files) if set(kind.needs) <= file.fields and len(clean[nth]) > 2]
        return self._chance.choice([nth for nth in able if self.files[nth].format == made] or able)

    def survey_again(self, nth: int) -> None:
        """Some of whom earlier files of the county told are surveyed on another day."""
        mine = self._of_county[self.files[nth].county.code]
        earlier = [row for before in mine if before < nth for row in self._rows[before] if row.verdict == "recorded"]
        here = {row.person.id for row in self._rows[nth]}
        able = [row for row in earlier if row.person.id not in here]
        for row in self._some(able, AGAIN, len(self._rows[nth])):
            later = people.survey(row.person, self._chance, LATER_SURVEYS)
            self._insert(nth, Row(survey=later, verdict="again"))

    def repeat_last(self) -> None:
        """The last file of a county repeats rows of its first, which has the same fields."""
        for first, *_, last in self._of_county.values():
            here = {row.person.id for row in self._rows[last]}
            able = [row for row in self._rows[first] if row.verdict == "recorded" and row.person.id not in here]
            for row in self._some(able, UNCHANGED, len(self._rows[last])):
                self._insert(last, Row(survey=row.survey, verdict="unchanged"))

    def _some(self, rows: Sequence[Row], share: float, of: int) -> list[Row]:
        return self._chance.sample(rows, min(len(rows), max(1, round(of * share))))

    def _insert(self, nth: int, row: Row) -> None:
        self._rows[nth].insert(self._chance.randint(0, len(self._rows[nth])), row)

    def rosters(self) -> Iterator[tuple[RosterFile, tuple[Row, ...]]]:
        for file, rows in zip(self.files, self._rows, strict=True):
            yield file, tuple(rows)
