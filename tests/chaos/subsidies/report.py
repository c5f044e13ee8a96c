"""What a run did and found, for people and as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.chaos.subsidies import (
    check_bank,
    check_callers,
    check_chain,
    check_claims,
    check_logs,
    check_payments,
    check_views,
)
from tests.chaos.subsidies.evidence import Evidence
from tests.chaos.subsidies.plan import KINDS
from tests.chaos.subsidies.run import Run

CHECKS: Final = (check_callers, check_logs, check_claims, check_payments, check_chain, check_bank, check_views)


def judged(evidence: Evidence) -> list[str]:
    """Everything that does not agree; nothing where all is well."""
    return [line for check in CHECKS for line in check.check(evidence)]


def report(run: Run, evidence: Evidence, wrong: Sequence[str]) -> Mapping[str, Any]:
    told = [each for asked in evidence.asked for each in asked.told]
    subsidy = evidence.subsidy
    return {
        "seed": run.plan.seed,
        "ok": not wrong,
        "wrong": list(wrong),
        "phases": run.phases,
        "rounds": run.rounds,
        "requests": len(evidence.asked),
        "answers": dict(sorted(Counter(str(each.status) for each in told).items())),
        "unknown": sum(not each.definite for each in told),
        "replayed": sum(each.replayed for each in told),
        "cut": run.cut,
        "slowest": max((each.seconds for each in told), default=0),
        "events": dict(Counter(event.type for event in subsidy.events)),
        "certificates": len(evidence.services["certification"].of("certificate-issued")),
        "executed": {"orders": len(evidence.bank), "fen": sum(each.amount for each in evidence.bank)},
        "files": dict(Counter(f"{each.place}/{each.id[:3]}" for each in evidence.files)),
        "put_aside": dict(
            Counter(f"{event.body['file'][:3]} {event.body['reason']}" for event in subsidy.of("bank-file-quarantined"))
        ),
        "stale_approvals": run.paying.voided,
        "reversals": run.reversals,
        "points": {f"{role} {point}": count for (role, point), count in sorted(run.crew.fired.items())},
        "kills": dict(run.crew.kills),
        "faults": list(run.faults.done),
        "ended": run.crew.ended,
    }


def toothless(found: Mapping[str, Any]) -> list[str]:
    """What should have struck and did not: then the run proves nothing."""
    events, happened = found["events"], {fault["kind"] for fault in found["faults"]}
    wanted = {
        "answers cut": found["cut"],
        "answers given again": found["replayed"],
        "outcomes unknown": found["unknown"],
        "orders executed": found["executed"]["orders"],
        "orders failed": events.get("payment-failed"),
        "orders unknown": events.get("payment-unknown"),
        "claims adjusted": events.get("claim-adjusted"),
        "money owed back": events.get("payment-recovery-changed"),
        "money come back": events.get("payment-returned"),
        "files put aside": events.get("bank-file-quarantined"),
        "approvals over a stale hash": found["stale_approvals"],
    }
    missing = [what for what, count in wanted.items() if not count] + [kind for kind in KINDS if kind not in happened]
    return [f"no {what}" for what in missing]
