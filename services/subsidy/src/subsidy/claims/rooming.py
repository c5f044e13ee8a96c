"""What a claim says of the person's allowance: it asks for its turn, takes in it, and takes less when less is owed."""

from collections.abc import Iterable

from subsidy.claims.events import ClaimAdjusted, ClaimDecided
from subsidy.claims.finding import Finding, NeedsRoom, Share
from subsidy.claims.room_events import RoomAsked, RoomTaken
from subsidy.claims.state import Opened, Room
from subsidy.packs.arithmetic import taken as taken_by
from subsidy.packs.pack import is_monthly


def asked(claim: Opened, needs: NeedsRoom) -> Iterable[RoomAsked | RoomTaken]:
    """Once, until its turn comes; what it took under another person or year it leaves."""
    room, opened = claim.room, claim.opened
    if room is not None and (room.person, room.year) != (needs.person, needs.year):
        yield taken(claim, room, 0, leaves=True)
        room = None
    if room is None or not room.asks:
        yield RoomAsked(
            claim=opened.claim,
            kind=opened.kind,
            worker=opened.worker,
            region=needs.region,
            person=needs.person,
            year=needs.year,
        )


def lowered(claim: Opened, share: Share | None) -> Iterable[RoomTaken]:
    """Before the decision; afterwards room is free when the money is back."""
    room, amount = claim.room, share.amount if share else 0
    if room is not None and claim.decision is None and amount < room.taken:
        yield taken(claim, room, amount)


def share_of(finding: Finding) -> int:
    """What it takes in its turn."""
    share = None if isinstance(finding, NeedsRoom) else finding.share
    return share.amount if share else 0


def kept(room: Room, made: ClaimDecided | ClaimAdjusted, out: int) -> int:
    """What it keeps while so much money is owed or out, in the unit of the allowance: months are free all at once, when
    no more is out than for those that are left."""
    amount = taken_by(made.kind, made.amount, made.explanation.steps)
    if out == made.amount:
        return amount
    return room.taken if is_monthly(made.kind) else out


def taken(claim: Opened, room: Room, amount: int, *, leaves: bool = False) -> RoomTaken:
    return RoomTaken(
        claim=claim.claim,
        kind=claim.opened.kind,
        person=room.person,
        year=room.year,
        amount=amount,
        leaves=leaves,
    )
