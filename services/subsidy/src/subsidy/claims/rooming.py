"""What a claim says of the person's allowance: it asks for its turn, takes in it, and takes less when less is owed."""

from collections.abc import Iterable

from subsidy.claims.finding import Finding, NeedsRoom, Share
from subsidy.claims.room_events import RoomAsked, RoomTaken
from subsidy.claims.state import Opened, Room


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


def taken(claim: Opened, room: Room, amount: int, *, leaves: bool = False) -> RoomTaken:
    return RoomTaken(
        claim=claim.claim,
        kind=claim.opened.kind,
        person=room.person,
        year=room.year,
        amount=amount,
        leaves=leaves,
    )
