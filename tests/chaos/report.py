"""What a run did and found, for people and as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.chaos import check_callers, check_log, check_rosters, check_views, check_way
from tests.chaos.evidence import Evidence
from tests.chaos.plan import KINDS
from tests.chaos.run import Run

SHOWN = 20


def judged(evidence: Evidence) -> list[str]:
    """Everything that does not agree; nothing where all is well."""
    checks = (check_callers.check, check_log.check, check_rosters.check, check_way.check, check_views.check)
    return [line for check in checks for line in check(evidence)]


def report(run: Run, evidence: Evidence, wrong: Sequence[str]) -> Mapping[str, Any]:
    told = [each for asked in evidence.asked for each in asked.told]
    return {
        "seed": run.plan.seed,
        "ok": not wrong,
        "wrong": list(wrong),
        "phases": run.phases,
        "requests": len(evidence.asked),
        "commands": len(check_callers.by_command(evidence.asked)),
        "answers": dict(sorted(Counter(str(each.status) for each in told).items())),
        "unknown": sum(not each.definite for each in told),
        "replayed": sum(each.replayed for each in told),
        "cut": run.cut,
        "slowest": max((each.seconds for each in told), default=0),
        "events": dict(Counter(event.type for event in evidence.events)),
        "kafka": {"messages": len(evidence.messages), "sent_again": check_way.sent_again(evidence.messages)},
        "inbox": len(evidence.received),
        "rosters": sum(len(roster.verdicts) for roster in evidence.rosters),
        "views": {name: len(rows) for kept in (evidence.registry, evidence.reporting)
                  for name, rows in kept.views.items()},
        "points": {f"{role} {point}": count for (role, point), count in sorted(run.crew.fired.items())},
        "kills": dict(run.crew.kills),
        "faults": list(run.faults.done),
        "ended": run.crew.ended,
    }  # fmt: skip


def toothless(found: Mapping[str, Any]) -> list[str]:
    """What should have struck and did not: then the run proves nothing."""
    happened = Counter(fault["kind"] for fault in found["faults"])
    answers, kafka = found["answers"], found["kafka"]
    wanted = {
        "answers cut": found["cut"],
        "answers given again": found["replayed"],
        "outcomes unknown": found["unknown"],
        "facts sent again": kafka["sent_again"]
        or happened["broker wiped"] > 1,  # the last wipe may have come after them
        "rows of rosters": found["rosters"],
        "accepted": answers.get("201", 0),
        "refused": answers.get("409", 0),
        "keys used for another body": answers.get("422", 0),
    }
    missing = [what for what, count in wanted.items() if not count] + [kind for kind in KINDS if kind not in happened]
    return [f"no {what}" for what in missing]


def text(found: Mapping[str, Any]) -> str:
    """The report without its long lists."""
    short = {name: value for name, value in found.items() if name not in ("faults", "wrong", "points")}
    short["points"] = sum(found["points"].values())
    short["faults"] = dict(Counter(fault["kind"] for fault in found["faults"]))
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in short.items()]
    wrong = [f"WRONG {line}" for line in found["wrong"][:SHOWN]]
    more = [f"… and {len(found['wrong']) - SHOWN} more"] if len(found["wrong"]) > SHOWN else []
    return "\n".join([*lines, *wrong, *more])
