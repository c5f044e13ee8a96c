"""Rosters sent by their county's clerk, and the verdicts of the registry beside those that were planted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from lb.importing import Importer
from lb.problems import Problem
from lb.sample.planning import Row
from lb.sample.writing import Planned, Roster

Advance: TypeAlias = Callable[[int], None]
"""(rows judged since the last call)."""
Verdict: TypeAlias = Mapping[str, Any]
"""As the registry answers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A row that became a survey."""

    row: Row
    groups: tuple[str, ...]
    wishes: tuple[str, ...]
    """Those that the file has room for."""
    has_account: bool
    survey: str
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row whose verdict is not the planted one. Words: verdict, code, field; empty for a row that is not there."""

    file: str
    sheet: str
    line: int
    planted: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of a roster."""

    recorded: Sequence[Recorded]
    differences: Sequence[Difference]


async def bring(
    importer: Importer, folder: Path, roster: Roster, advance: Advance = lambda _: None, *, resent: bool = False
) -> Brought:
    """Sends the roster, waits for every verdict, compares them. Problem where the file as a whole is refused."""
    file = roster.file
    key = await importer.send(folder / file.name, {"channel": file.channel, "capture_method": file.capture_method})
    judged = 0

    def told(done: int, _: int) -> None:
        nonlocal judged
        advance(done - judged)
        judged = done

    found = await importer.follow(key, told)
    if found["state"] != "complete":
        raise Problem(f"{file.name} was not read: {found['failure']}.", do="Report this.")
    return compare(roster, [each async for each in importer.verdicts(key)], resent=resent)


def compare(roster: Roster, verdicts: Sequence[Verdict], *, resent: bool = False) -> Brought:
    """Every row of the roster has a verdict, no other line has one, and each is the planted one. `resent`: the file
    came before, so what was recorded then is unchanged now."""
    found = {(each["sheet"], each["line"]): each for each in verdicts}
    planted = {(each.sheet, each.line): each for each in roster.rows}
    return Brought(
        recorded=list(_recorded(roster, planted.values(), found)) if not resent else (),
        differences=[
            Difference(file=roster.file.name, sheet=place[0], line=place[1], planted=right, found=answered)
            for place in sorted(planted.keys() | found.keys())
            if (right := _planted(planted.get(place), resent)) != (answered := _found(found.get(place)))
        ],
    )


def _recorded(roster: Roster, rows: Iterable[Planned], found: Mapping[tuple[str, int], Verdict]) -> Iterator[Recorded]:
    for placed in rows:
        verdict = found.get((placed.sheet, placed.line))
        if verdict and verdict["verdict"] in ("recorded", "again"):
            groups, wishes = (
                getattr(placed.row.survey, name) if name in roster.file.fields else () for name in ("groups", "wishes")
            )
            yield Recorded(
                row=placed.row,
                groups=groups,
                wishes=wishes,
                has_account="account" in roster.file.fields and bool(placed.row.person.account),
                survey=verdict["survey"],
                worker=verdict["worker"],
            )


def _planted(placed: Planned | None, resent: bool) -> str:
    if placed is None:
        return ""
    row = placed.row
    verdict = "unchanged" if resent and row.verdict in ("recorded", "again") else row.verdict
    return " ".join(filter(None, (verdict, row.code, row.field)))


def _found(verdict: Verdict | None) -> str:
    return " ".join(filter(None, (verdict["verdict"], verdict["code"], *verdict["fields"]))) if verdict else ""
