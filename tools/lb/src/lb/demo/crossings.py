"""What the demonstration shows of the third act: how transfers ended, who works where, one worker's whole way, and the
pairs between the provinces."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rich.table import Table

from lb.demo.abroad import Abroad
from lb.demo.endings import Ending

WORDS: Final = {
    Ending.EMPLOYED: "已就业 has the job",
    Ending.REJECTED: "不予接收 the host declined",
    Ending.TOO_LATE: "逾期 accepted while home withdrew",
    Ending.WITHDRAWN: "撤回 home withdrew before the departure",
    Ending.EXPIRED: "过期 the host did not answer in time",
    Ending.NOT_ARRIVED: "未到岗 did not arrive",
    Ending.RETURNED: "返乡 went home without the job",
}


def crossed(abroad: Abroad, journey: Mapping[str, Any]) -> Iterator[Table]:
    """All of it."""
    yield _endings(abroad)
    yield _flows(abroad.flows)
    yield _journey(journey, abroad)
    yield _pairs(abroad)


def _endings(abroad: Abroad) -> Table:
    table = _table("跨省输送 transfers, the same on both sides", "how it ended", "number")
    for ending in Ending:
        table.add_row(WORDS[ending], str(abroad.endings.get(ending.value, 0)))
    return table


def _flows(found: Mapping[str, Any]) -> Table:
    table = _table(f"劳务流向 who works where, as of {found['as_of']}", "home", "work", "jobs", "organised")
    for each in found["flows"]:
        places = (f"{each[side]} {each[f'{side}_name']}" for side in ("home", "host"))
        table.add_row(*places, str(each["jobs"]), str(each["organised"]))
    return table


def _journey(journey: Mapping[str, Any], abroad: Abroad) -> Table:
    """Home's steps and those of the host, by when they happened."""
    table = _table(f"一名劳动者的全程 one worker's way, {abroad.worker}", "when", "told by", "step", "where", "trace")
    steps = [*journey["steps"], *abroad.journey["steps"]]
    for each in sorted({step["event"]: step for step in steps}.values(), key=lambda step: str(step["at"])):
        province = each["source"].split("/")[2] if each.get("source") else ""
        table.add_row(str(each["at"])[:19], province, each["step"], each["region"] or "", each["trace_id"] or "")
    return table


def _pairs(abroad: Abroad) -> Table:
    table = _table("省际交换 pairs", "service", "at", "with", "out", "receipted", "in", "agrees", "trouble")
    for each in abroad.pairs:
        out, into = each["out"], each["in"]
        table.add_row(
            each["service"], each["at"], each["region"], str(out["number"]), str(out["receipted"]), str(into["number"]),
            "yes" if each["agrees"] else "no", str(into["frozen"] or out["disputed"] or ""),
        )  # fmt: skip
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for each in columns:
        table.add_column(each)
    return table
