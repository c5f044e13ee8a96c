"""What a run did and found, for people and as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.chaos.border import check_exchange, check_sides, check_stewards
from tests.chaos.border.evidence import Evidence
from tests.chaos.border.plan import HOME, HOST, KINDS, node
from tests.chaos.border.run import Run
from tests.chaos.border.workload import REFUSED, TAKEN
from tests.chaos.subsidies import check_callers, check_logs
from tests.chaos.subsidies.evidence import Evidence as Logs


def judged(evidence: Evidence) -> list[str]:
    """Everything that does not agree; nothing where all is well."""
    services = {name: each.log for name, each in evidence.nodes.items()}
    logs = Logs(asked=evidence.asked, services=services, messages=(), bank=(), files=(), reconciled={})
    each = [check.check(logs) for check in (check_callers, check_logs)]
    between = [check.check(evidence) for check in (check_stewards, check_sides, check_exchange)]
    return [line for lines in (*each, *between) for line in lines]


def report(run: Run, evidence: Evidence, wrong: Sequence[str]) -> Mapping[str, Any]:
    told = [each for asked in evidence.asked for each in asked.told]
    signed = {name: [x for region in (HOME, HOST) for x in each.signed(region)]
              for name, each in evidence.nodes.items()}  # fmt: skip
    return {
        "seed": run.plan.seed,
        "ok": not wrong,
        "wrong": list(wrong),
        "phases": run.phases,
        "clocks": run.ahead,
        "requests": len(evidence.asked),
        "answers": dict(sorted(Counter(str(each.status) for each in told).items())),
        "unknown": sum(not each.definite for each in told),
        "replayed": sum(each.replayed for each in told),
        "cut": run.cut,
        "taken": dict(run.workload.taken),
        "refused": dict(run.workload.refused),
        "events": {name: dict(Counter(event.type for event in each.log.events))
                   for name, each in evidence.nodes.items()},
        "envelopes": {name: len(found) for name, found in signed.items()},
        "series": {name: len({each.series for each in found}) for name, found in signed.items()},
        "said again": run.echo.said,
        "kept apart": {name: each.apart for name, each in evidence.nodes.items()},
        "points": {f"{role} {point}": count for (role, point), count in sorted(run.crew.fired.items())},
        "kills": dict(run.crew.kills),
        "faults": list(run.faults.done),
        "ended": run.crew.ended,
    }  # fmt: skip


def toothless(found: Mapping[str, Any]) -> list[str]:
    """What should have struck and did not: then the run proves nothing."""
    happened = Counter(fault["kind"] for fault in found["faults"])
    home, host = (found["events"][node("placement", region)] for region in (HOME, HOST))
    ledgers = found["events"][node("registry", HOME)]
    wanted = {
        "answers cut": found["cut"],
        "answers given again": found["replayed"],
        "messages said again": found["said again"],
        "messages kept apart": sum(found["kept apart"].values()),
        "series begun anew": max(found["series"].values()) - 1,
        "hand-overs": ledgers.get("stewardship-granted", 0),
        "acceptances that came too late": home.get("transfer-too-late", 0),
        "nominations that expired": home.get("transfer-expired", 0),
        "seats freed": host.get("vacancy-seat-freed", 0),
    }
    wanted |= {kind: found["taken"].get(kind, 0) for kind in TAKEN}
    wanted |= {code: found["refused"].get(code, 0) for code in REFUSED}
    missing = [what for what, count in wanted.items() if not count] + [kind for kind in KINDS if kind not in happened]
    return [f"no {what}" for what in missing]
