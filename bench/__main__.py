"""python -m bench [--quick | --full] [--only WORD …]"""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Final

import structlog
from rich.console import Console

from bench.plan import FULL, NORMAL, QUICK, Bench
from bench.result import RESULTS, Row, as_json, show
from bench.rows import core, http, importing, projected, readers, rebuilding

ROWS: Final[dict[str, Callable[[Bench], list[Row]]]] = {
    "core": core.rows,
    "http": http.rows,
    "projected": projected.rows,
    "readers": readers.rows,
    "rebuild": rebuilding.rows,
    "import": importing.rows,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every goal of this stage is met."""
    given = _parser().parse_args(arguments)
    plan = QUICK if given.quick else FULL if given.full else NORMAL
    _quiet()
    console = Console(width=None if sys.stdout.isatty() else 180)
    bench = Bench(plan, console)
    found: list[Row] = []
    for n, name in enumerate(chosen := given.only or list(ROWS), 1):
        console.rule(f"{n} of {len(chosen)}: {name}")
        found += ROWS[name](bench)
    if not given.only and not given.quick:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(as_json(found), encoding="utf-8")
    met = show(console, found)
    return 0 if met or given.quick or given.only else 1


def _quiet() -> None:
    """Of what the runtime says only errors: a new group that has no offset yet is no news here."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the project beside its references.")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="a second or two a row; writes no result, judges nothing")
    length.add_argument("--full", action="store_true", help="the rebuild and the import with 1,000,000")
    parser.add_argument("--only", nargs="+", choices=list(ROWS), metavar="ROW", help=f"of {', '.join(ROWS)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
