"""What the demonstration shows at its end: verdicts, funnel, money, one decision and one correction explained."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.panel import Panel
from rich.table import Table

from lb.demo.crossings import crossed
from lb.demo.rosters import Difference
from lb.demo.run import Told
from lb.sample.planning import Row

SHOWN: Final = 40
STEPS: Final = (
    "surveyed", "approved", "designated", "enrolled", "completed", "certified", "dispatched", "transferred", "employed",
)  # fmt: skip
SUMS: Final = ("committed", "ordered", "paid", "failed", "returned", "net")


def shown(told: Told, rows: Sequence[Row]) -> Iterator[Table | Panel]:
    """All of it, in the order of the way."""
    yield _verdicts(rows)
    yield _funnel(told.funnel)
    yield _money(told.money)
    yield _numbers(told)
    yield from crossed(told.abroad, told.journey)
    yield from _explained(told)


def wrong(differences: Sequence[Difference]) -> Table:
    """Rows whose verdict is not the planted one."""
    table = Table(title="行结论与预设不符 verdicts that differ", title_justify="left", box=None, pad_edge=False)
    for title in ("roster", "sheet", "line", "planted", "found"):
        table.add_column(title)
    for each in differences[:SHOWN]:
        table.add_row(each.file, each.sheet, str(each.line), each.planted or "no row", each.found or "no verdict")
    return table


def _verdicts(rows: Sequence[Row]) -> Table:
    """What was sent: how many rows of each verdict, and the refused ones by their code."""
    table = Table(title="花名册逐行结论 rows by verdict", title_justify="left", box=None, pad_edge=False)
    table.add_column("verdict / code")
    table.add_column("rows", justify="right")
    for word, count in Counter(row.verdict for row in rows).most_common():
        table.add_row(word, str(count), style="bold")
    for code, count in sorted(Counter(row.code for row in rows if row.code).items()):
        table.add_row(f"  {code}", str(count))
    return table


def _funnel(found: Mapping[str, Any]) -> Table:
    """How many persons of each county and group reached each step."""
    table = Table(title=f"从摸查到就业 from survey to work, as of {found['as_of']}", title_justify="left")
    table.add_column("county / group")
    for title in STEPS:
        table.add_column(title, justify="right")
    table.add_column("certified of completed")
    for name, row in _rows(found):
        if row["persons_surveyed"]:
            share = row["certified_of_completed"] / (row["persons_completed"] or 1)
            persons = (str(row[f"persons_{step}"]) for step in STEPS)
            table.add_row(name, *persons, f"{'█' * round(share * 20):<20} {share:.0%}")
    return table


def _rows(funnel: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    regions = [(f"{row['region']} {row['name']}", row) for row in funnel["regions"]]
    groups = [(f"{row['zh']} {row['en']}", row) for row in funnel["groups"]]
    return [(f"{funnel['region']} {funnel['name']}", funnel["total"]), *regions, *groups]


def _money(found: Mapping[str, Any]) -> Table:
    """Committed, paid and come back, by kind, fund and county."""
    table = Table(title=f"资金（元） money in yuan, as of {found['as_of']}", title_justify="left")
    table.add_column("kind / fund / county")
    for title in SUMS:
        table.add_column(title, justify="right")
    rows = [("all", found["total"])]
    rows += [(row["kind"], row) for row in found["kinds"]] + [(row["fund"], row) for row in found["funds"]]
    rows += [(f"{row['region']} {row['name']}", row) for row in found["regions"] if row["committed"]]
    for name, row in rows:
        table.add_row(name, *(f"{row[each] / 100:,.2f}" for each in SUMS))
    return table


def _numbers(told: Told) -> Table:
    """Classes, certificates and claims, the claims by how they stand."""
    table = Table(title="培训、证书与补贴 from class to bank", title_justify="left", box=None, pad_edge=False)
    table.add_column("what")
    table.add_column("number", justify="right")
    for what, number in told.numbers.items():
        table.add_row(what, str(number), style="bold")
    for (kind, state), number in sorted(told.claims.items()):
        table.add_row(f"  {kind} {state}", str(number))
    return table


def _explained(told: Told) -> Iterator[Panel]:
    """A decision, and a correction with its cause, as the service explains them."""
    if told.explained:
        yield _explanation("为什么是这个结果 why one claim stands as it does", told.explained)
    if told.correction and told.correction.shown:
        yield _explanation("一次更正及其原因 one correction and its cause", told.correction.shown)


def _explanation(title: str, claim: Mapping[str, Any]) -> Panel:
    return Panel("\n".join([*claim["zh"], "", *claim["en"]]), title=title, title_align="left")
