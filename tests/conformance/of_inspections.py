"""Spot checks: what each of their routes would accept. Samples are drawn of days that are over, and a province has none
on its first day: there the rules have the last word, after everything else was right."""

from collections.abc import Iterator
from typing import Any

from tests.conformance.offices import STARTS, Service
from tests.conformance.preparing import CITY, COUNTY, EVIDENCE
from tests.conformance.routes import Request
from tests.e2e.province import today


def requests(service: Service, training_class: str, worker: str) -> Iterator[Request]:
    """Of a committee of the county's own."""
    ask, path = service.asker(), "/v1/inspections/{inspection}"
    experts = [service.province.bearer("expert", CITY).subject, "expert-2", "expert-3"]
    committee = {"region": COUNTY, "members": experts, "evidence": EVIDENCE}
    key = str(service.do("/v1/inspections", committee, office="training-officer")["inspection"])
    days = {"since": str(STARTS), "until": str(STARTS)}
    seat = {"training_class": training_class, "worker": worker}
    found: dict[str, Any] = {"sample": 1, **seat, "step": "TRAINING", "kind": "HOURS_FALSE", "evidence": EVIDENCE}
    verdict, outcome = {"sample": 1, "verdict": "SOUND"}, {"finding": 1, "outcome": "CORRECTED"}
    yield ask("/v1/inspections", committee)
    yield ask(f"{path}/samples", {**days, "seed": str(today()), "size": 5}, key, refused="sample_population_empty")
    yield ask(f"{path}/findings", found, key, refused="sample_unknown")
    yield ask(f"{path}/evaluations", {**verdict, "evidence": EVIDENCE}, key, refused="sample_unknown")
    yield ask(f"{path}/resolutions", {**outcome, "evidence": EVIDENCE}, key, refused="finding_unknown")
