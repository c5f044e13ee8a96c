"""Writes what documents say of code and packages: `python docs/generate.py`.

`docs/problem-codes.md` from the catalogues of problems, `THIRD_PARTY_NOTICES.md` from the lock and the installed
packages. A test compares both with what would be written.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

from contracts.errors import MESSAGES

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATES: Final = ROOT / "docs" / "templates"
ELSEWHERE: Final = {
    "colorama": "BSD-3-Clause",
    "olefile": "BSD-2-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "xlwt": "BSD-3-Clause",
}
"""Packages of the lock that are installed on other systems only, or whose metadata do not name the licence."""
SAID_OTHERWISE: Final = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "ISC License": "ISC",
    "LGPL": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What packages write that have no SPDX expression."""
FIELD_CODES: Final = {
    "known_at_in_future": ("reporting", "该时间或位置尚未到来。", "That time or position has not come yet."),
    "period_unknown": ("reporting", "该种报表没有这个期间。", "That kind of report has no such period."),
    "region_sends_no_such_report": (
        "reporting",
        "该级行政区划不报送此种报表。",
        "Regions of this level send no such report.",
    ),
    "region_divided": (
        "reporting",
        "该区划当日已分属多个区划，请分别查询。",
        "On that day the region's area belongs to several regions; ask for each.",
    ),
}
"""Codes of `errors` that a route gives without a text of its own."""


class NoLicence(Exception):
    """A package of the lock does not say its licence, or is not installed; the text names it."""


class Kind(NamedTuple):
    code: str
    status: int
    zh: str
    en: str


def documents() -> dict[str, str]:
    """Path below the root -> text."""
    return {"docs/problem-codes.md": problem_codes(), "THIRD_PARTY_NOTICES.md": notices()}


def catalogues() -> dict[str, list[Kind]]:
    """Member -> the problems that its `problems.csv` adds."""
    found = {}
    for file in sorted(ROOT.glob("*/*/src/**/problems.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            kinds = [Kind(row["code"], int(row["status"]), row["zh"], row["en"]) for row in csv.DictReader(lines)]
        found[file.relative_to(ROOT).parts[1]] = sorted(kinds)
    return found


def problem_codes() -> str:
    parts = [(TEMPLATES / "problem-codes.md").read_text("utf-8")]
    for member, kinds in catalogues().items():
        title = "Every service · 所有服务" if member == "eventcore" else member
        rows = [f"| `{kind.code}` | {kind.status} | {kind.zh} | {kind.en} |" for kind in kinds]
        parts.append(_table(f"## {title}", "| code | status | zh | en |", rows))
    values = [f"| `{code}` | {each.zh} | {each.en} |" for code, each in sorted(MESSAGES.items())]
    routes = [f"| `{code}` | {zh} | {en} ({service}) |" for code, (service, zh, en) in sorted(FIELD_CODES.items())]
    parts.append(_table("## In `errors[].code` · 字段错误", "| code | zh | en |", [*values, *routes]))
    return "\n".join(parts)


def notices() -> str:
    rows = [f"| {name} | {licence} |" for name, licence in licences(locked())]
    packages = _table("## Python packages", "| package | licence |", rows)
    return (TEMPLATES / "third-party.md").read_text("utf-8") + "\n" + packages


def locked() -> list[str]:
    """Names of all packages in the lock."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)))


def licences(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Name and SPDX expression. NoLicence."""
    for name in names:
        yield name, ELSEWHERE.get(name) or _licence(name)


def _licence(name: str) -> str:
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        raise NoLicence(f"{name} is in the lock and not installed") from None
    lines = (line.strip() for field in ("License-Expression", "License") for line in found.get_all(field) or [])
    classifiers = [each for each in found.get_all("Classifier") or [] if each.startswith("License ::")]
    said = [*filter(None, lines), *(each.rpartition(" :: ")[2] for each in classifiers)]
    if not said:
        raise NoLicence(f"{name} does not say its licence")
    first: str = said[0].splitlines()[0]
    return SAID_OTHERWISE.get(first, first)


def _table(title: str, head: str, rows: Iterable[str]) -> str:
    return "\n".join([title, "", head, "|---" * (head.count("|") - 1) + "|", *rows, ""])


if __name__ == "__main__":
    for name, text in documents().items():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
        print(name)
