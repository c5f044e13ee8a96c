"""A worker of Guizhou on the way to a job in Guangdong, as rules and stores see it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from eventcore import Acting
from placement.transfers.home.events import (
    Plan,
    Skill,
    TransferConfirmed,
    TransferDispatched,
    TransferNominated,
    TransferProposed,
)
from placement.transfers.host.events import (
    NominationReceived,
    Offer,
    ReceptionAccepted,
    ReceptionConfirmed,
    SeatAsked,
    WorkerArrived,
    WorkerExpected,
)
from placement.transfers.way import Said, Way

WORKER: Final = "0190a1b2-0000-7000-8000-000000000001"
TRANSFER: Final = "0190a1b2-0000-7000-8000-0000000000f1"
VACANCY: Final = "0190a1b2-0000-7000-8000-0000000000c1"
AGREEMENT: Final = "0190a1b2-0000-7000-8000-0000000000a1"
HOME: Final = "520526"
HOST: Final = "440306"
WELDER: Final = "2022/6-18-02-04"

AT: Final = datetime(2026, 5, 4, 2, tzinfo=UTC)
ANSWER_UNTIL: Final = datetime(2026, 5, 11, 2, tzinfo=UTC)
DISPATCH_UNTIL: Final = datetime(2026, 5, 25, 2, tzinfo=UTC)
ARRIVE_UNTIL: Final = datetime(2026, 5, 22, 2, tzinfo=UTC)
AT_HOME: Final = Acting(official="zhao", organisation="hr-520526", today=date(2026, 5, 4))
AT_HOST: Final = Acting(official="chen", organisation="hr-440306", today=date(2026, 5, 20))

WAY: Final = Way(transfer=TRANSFER, worker=WORKER, vacancy=VACANCY, home=HOME, host=HOST)
OF: Final[dict[str, Any]] = {"way": WAY, "agreement": AGREEMENT}
SKILL: Final = Skill(certificate="0190a1b2-0000-7000-8000-0000000000ce", occupation=WELDER, level="4")
PLAN: Final = Plan(
    way=WAY,
    agreement=AGREEMENT,
    groups=("POVERTY_LIFTED",),
    skills=(SKILL,),
    answer_until=ANSWER_UNTIL,
    dispatch_until=DISPATCH_UNTIL,
    organisation="hr-520526",
)
PROPOSED: Final = TransferProposed(
    plan=PLAN,
    occupation=WELDER,
    proposed_on=date(2026, 5, 4),
    epoch=1,
    consented_on=date(2026, 5, 3),
    consent="纳劳输〔2026〕3号",
    official="zhao",
)
NOMINATED: Final = TransferNominated(plan=PLAN)
CONFIRMED: Final = TransferConfirmed(**OF, dispatch_until=DISPATCH_UNTIL)
DISPATCHED: Final = TransferDispatched(
    **OF, left_on=date(2026, 5, 15), arrive_until=ARRIVE_UNTIL, official="zhao", organisation="hr-520526"
)

OFFER: Final = Offer(
    agreement=AGREEMENT,
    groups=("POVERTY_LIFTED",),
    skills=(SKILL,),
    answer_until=ANSWER_UNTIL,
    organisation="hr-520526",
)
RECEIVED: Final = NominationReceived(way=WAY, offer=OFFER)
ASKED: Final = SeatAsked(way=WAY, official="chen", organisation="hr-440306")
ACCEPTED: Final = ReceptionAccepted(way=WAY, organisation="hr-440306")
HEARD_CONFIRMED: Final = ReceptionConfirmed(way=WAY, dispatch_until=DISPATCH_UNTIL)
EXPECTED: Final = WorkerExpected(way=WAY, left_on=date(2026, 5, 15), arrive_until=ARRIVE_UNTIL)
ARRIVED: Final = WorkerArrived(way=WAY, arrived_on=date(2026, 5, 18), organisation="hr-440306")

BY_HOME: Final = Said(way=WAY, by="520000", to=("440000",))
BY_HOST: Final = Said(way=WAY, by="440000", to=("520000",))
BY_A_STRANGER: Final = replace(BY_HOME, by="330000")
