"""Nobody is forgotten and nobody is favoured: whoever completed a class or got a certificate has the claims that follow
from it, each is decided or says for what it waits, and once is once. Plain Python: shares no code with the services."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.chaos.evidence import Event
from tests.chaos.subsidies.evidence import Evidence

Lines = Iterator[str]
OF_CERTIFICATE: Final = ("TRAINING", "ASSESSMENT", "SKILL_UPGRADE")
DECIDED: Final = ("claim-decided", "claim-adjusted")
_STANDING: Final = ("claim-waits", "claim-ready", *DECIDED)
UNTOLD: Final = {"insured"}
"""What no office says in a run: whoever waits for something else is forgotten."""
DAILY: Final = 4_000
"""Fen a day of the living allowance, in the pack of the demonstration, for at most so many days."""
MOST_DAYS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """As its events have it. `last`: what was decided or said of it last."""

    opened: Mapping[str, Any]
    last: Event | None
    decided: Event | None

    @property
    def owed(self) -> int:
        return int(self.decided.body["amount"]) if self.decided else 0


def claims_of(evidence: Evidence) -> Mapping[str, Claim]:
    """By id."""
    last = {event.body["claim"]: event for event in evidence.subsidy.of(*_STANDING)}
    decided = {event.body["claim"]: event for event in evidence.subsidy.of(*DECIDED)}
    return {
        event.body["claim"]: Claim(
            opened=event.body, last=last.get(event.body["claim"]), decided=decided.get(event.body["claim"])
        )
        for event in evidence.subsidy.of("claim-opened")
    }


def check(evidence: Evidence) -> Lines:
    claims = claims_of(evidence)
    yield from _opened(evidence, claims)
    yield from _standing(claims)
    yield from _fallen(evidence, claims)
    yield from _living(evidence, claims)
    yield from _once(evidence, claims)


def _opened(evidence: Evidence, claims: Mapping[str, Claim]) -> Lines:
    there = {(each.opened["kind"], each.opened["worker"], each.opened["about"]) for each in claims.values()}
    if len(there) != len(claims):
        yield f"{len(claims) - len(there)} claims are there twice"
    wanted = {
        (kind, event.body["worker"], event.body["certificate"])
        for event in evidence.services["certification"].of("certificate-issued")
        for kind in OF_CERTIFICATE[:2]
    }
    wanted |= {
        ("LIVING", event.body["worker"], event.body["terms"]["training_class"])
        for event in evidence.services["training"].of("training-completed")
    }
    yield from (f"no claim {kind} of {worker} about {about}" for kind, worker, about in sorted(wanted - there))


def _standing(claims: Mapping[str, Claim]) -> Lines:
    for id, claim in claims.items():
        missing = claim.last.body.get("missing") if claim.last else None
        if claim.decided is None and not missing:
            yield f"claim {id} is neither decided nor says for what it waits"
        if claim.decided is None and missing and not {*missing} <= UNTOLD:
            yield f"claim {id} waits for {missing}, which has been told"


def _fallen(evidence: Evidence, claims: Mapping[str, Claim]) -> Lines:
    """Nothing is owed for a certificate that was revoked."""
    fallen = {event.body["certificate"] for event in evidence.services["certification"].of("certificate-revoked")}
    for id, claim in claims.items():
        if claim.opened["about"] in fallen and claim.opened["kind"] in OF_CERTIFICATE and claim.owed:
            yield f"claim {id}: {claim.owed} fen are owed for a revoked certificate"


def _living(evidence: Evidence, claims: Mapping[str, Claim]) -> Lines:
    """What is approved is the days that training says last, times the rate."""
    days: dict[tuple[str, str], int] = {}
    for event in evidence.services["training"].of("training-completed", "training-failed", "attendance-corrected"):
        body = event.body
        days[body["worker"], body.get("training_class") or body["terms"]["training_class"]] = body["days"]
    for id, claim in claims.items():
        if claim.opened["kind"] == "LIVING" and claim.owed:
            right = min(days.get((claim.opened["worker"], claim.opened["about"]), 0), MOST_DAYS) * DAILY
            if claim.owed != right:
                yield f"claim {id}: {claim.owed} fen are owed, {right} are right"


def _once(evidence: Evidence, claims: Mapping[str, Claim]) -> Lines:
    """Once for each person, occupation and level, over the kinds of claims that share it."""
    asked = {event.body["claim"]: event.body["once"] for event in evidence.subsidy.of("reservation-asked")}
    paid: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id, claim in claims.items():
        if claim.owed and (once := asked.get(id)):
            paid[once["pool"], once["person"], once["occupation"], once["level"]].append(id)
    yield from (f"{ids} are all owed for {once}" for once, ids in paid.items() if len(ids) > 1)
