"""Writes the latest result into `docs/performance.md`: `python -m bench.report`."""

import json
import sys
from pathlib import Path
from typing import Any, Final

from bench.processes import ROOT
from bench.result import RESULTS

PAGE: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- latest result: begin -->\n"
END: Final = "<!-- latest result: end -->\n"
_HEAD: Final = "| row | unit | project | reference | | ratio | goal |\n|---|---|--:|--:|---|--:|---|\n"


def table(rows: list[dict[str, Any]]) -> str:
    """A table in Markdown, a line for each row of the JSON file."""
    return _HEAD + "".join(
        f"| {row['name']} | {row['unit']} | {row['project']:,} | {row['reference']:,} | {row['reference_name']} "
        f"| {row['ratio']:.2f} | {row['goal'] or ''} |\n"
        for row in rows
    )


def write(page: Path, rows: list[dict[str, Any]]) -> None:
    """Replaces what is between the two marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}{table(rows)}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    if not RESULTS.exists():
        sys.exit(f"there is no {RESULTS.name} yet: run python -m bench")
    write(PAGE, json.loads(RESULTS.read_text(encoding="utf-8")))
