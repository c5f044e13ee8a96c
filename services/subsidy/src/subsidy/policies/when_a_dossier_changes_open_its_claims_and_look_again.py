"""When a dossier changes, claims that arise by it open, and exactly those that rest on what changed are looked at
again."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import ClaimCommand, LookAgain, OpenClaim
from subsidy.claims.dossier.events import ClaimArose, Noted
from subsidy.claims.dossier.sharing_events import NotesGivenBack, NotesTakenOver
from subsidy.legal_days import day_of


def when_a_dossier_changes_open_its_claims_and_look_again(fact: Fact[Any]) -> Iterable[Do[ClaimCommand]]:
    event, today = fact.event, day_of(fact)
    if isinstance(event, ClaimArose):
        concern = event.concern
        opening = OpenClaim(
            worker=event.worker,
            kind=concern.kind,
            region=concern.region,
            today=today,
            concern=concern,
            because=event.because,
        )
        yield Do(CLAIM, concern.claim, opening)
    elif isinstance(event, Noted | NotesTakenOver | NotesGivenBack):
        cause = event.said.fact if isinstance(event, Noted) else event.because
        for each in event.concerns:
            looking = LookAgain(worker=event.worker, kind=each.kind, region=each.region, today=today, cause=cause)
            yield Do(CLAIM, each.claim, looking)
