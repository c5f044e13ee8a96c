"""What the demonstration shows at its end: verdicts, funnel, money, one decision and one correction explained."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.panel import Panel
from rich.table import Table

from lb.demo.rosters import Difference
from lb.demo.run import Told
from lb.sample.planning import Row

SHOWN: Final = 40


def shown(told: Told, rows: Sequence[Row]) -> Iterator[Table | Panel]:
    """All of it, in the order of the way."""
    yield _verdicts(rows)
    yield _funnel(told.funnel)
    yield _numbers(told)
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
    """How many of each county and group were surveyed and approved."""
    table = Table(title=f"摸查与审核 surveyed → approved, as of {found['as_of']}", title_justify="left")
    table.add_column("county / group")
    for title in ("surveyed", "approved", "rejected", "waiting"):
        table.add_column(title, justify="right")
    table.add_column("approved share")
    for name, row in _rows(found):
        if row["surveys"]:
            share = row["surveys_approved"] / row["surveys"]
            numbers = (row[f"surveys{part}"] for part in ("", "_approved", "_rejected", "_pending"))
            table.add_row(name, *map(str, numbers), f"{'█' * round(share * 20):<20} {share:.0%}")
    return table


def _rows(funnel: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    regions = [(f"{row['region']} {row['name']}", row) for row in funnel["regions"]]
    groups = [(f"{row['zh']} {row['en']}", row) for row in funnel["groups"]]
    return [(f"{funnel['region']} {funnel['name']}", funnel["total"]), *regions, *groups]


def _numbers(told: Told) -> Table:
    """Classes, certificates and claims, the claims by how they stand, and what the bank paid."""
    table = Table(title="培训、证书与补贴 from class to bank", title_justify="left", box=None, pad_edge=False)
    table.add_column("what")
    table.add_column("number", justify="right")
    for what, number in told.numbers.items():
        table.add_row(what, str(number), style="bold")
    for (kind, state), number in sorted(told.claims.items()):
        table.add_row(f"  {kind} {state}", str(number))
    for each in told.money.get("funds", ()):
        table.add_row(f"paid from {each['fund']}", _yuan(each["paid"]))
        table.add_row("  come back", _yuan(each["returned"]))
    return table


def _yuan(fen: int) -> str:
    """For people."""
    return f"{fen / 100:,.2f} 元"


def _explained(told: Told) -> Iterator[Panel]:
    """A decision, and a correction with its cause, as the service explains them."""
    if told.explained:
        yield _explanation("为什么是这个结果 why one claim stands as it does", told.explained)
    if told.correction and told.correction.shown:
        yield _explanation("一次更正及其原因 one correction and its cause", told.correction.shown)


def _explanation(title: str, claim: Mapping[str, Any]) -> Panel:
    return Panel("\n".join([*claim["zh"], "", *claim["en"]]), title=title, title_align="left")
