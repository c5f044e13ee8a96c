"""One instance of every private event about stewardship, identities and records, as stored."""

from datetime import date
from typing import Any, Final

from eventcore.roll import LogReadAgain, RollAnswered, RollAnswerNoted, RollCalled
from registry.identity.events import IdentityAnswered, IdentityAsked, IdentityLearnt
from registry.records.events import (
    CopyErased,
    CopyErasureOrdered,
    ErasureDoneNoted,
    ErasureOrdered,
    KeyHeard,
    KeyOffered,
    ReceiptNoted,
    RecordDue,
    RecordReceived,
    RecordSent,
    TransferConfirmed,
)
from registry.stewardship.events import (
    RecallRefusalNoted,
    StewardDeathNoted,
    StewardDeathWithdrawalNoted,
    StewardshipDeathWithdrawn,
    StewardshipDenied,
    StewardshipGranted,
    StewardshipRecalled,
    StewardshipRecovered,
    StewardshipSought,
    StewardshipTakenBack,
)
from registry.stewardship.tenure_events import (
    DeathReported,
    DeathReportWithdrawn,
    JobEndHeard,
    JobHeard,
    ReportWithdrawalNoted,
    RequestDenialNoted,
    TenureEnding,
    TenureHeld,
    TenureKept,
    TenureReleased,
    TenureRequested,
    YieldNoted,
)
from registry.workers.acting_events import ActingResumed, ActingYielded, GuestPlaced

HOME, HOST = "520000", "440000"
OF: Final[dict[str, Any]] = {"worker": "0195a001-0000-7000-8000-000000000001"}
TOLD: Final[dict[str, Any]] = {**OF, "home": HOME, "organisation": "520526-hrss"}
WAY: Final[dict[str, Any]] = {**OF, "transfer": "0195a004-0000-7000-8000-000000000004"}
LOG: Final = "0195a00c-0000-7000-8000-00000000000c"
ASK: Final = "0195a005-0000-7000-8000-000000000005"
JOB: Final = "0195a006-0000-7000-8000-000000000006"
KEY: Final = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
SEALED: Final = "AWEgc2VhbGVkIHRleHQ="
ALONE: Final = "JOB_FOUND_ALONE"

SAMPLES: Final[tuple[Any, ...]] = (
    StewardshipGranted(**TOLD, epoch=2, region=HOST, ground=ALONE, to=(HOST,)),
    StewardshipRecovered(**TOLD, epoch=2, region=HOST),
    StewardshipSought(**OF, region=HOST, ground=ALONE, employment=JOB),
    StewardshipRecalled(**TOLD, epoch=2, region=HOST, successor=HOME, ground="OFFICE", to=(HOST,)),
    StewardshipDenied(**TOLD, epoch=1, region=HOME, reason="UNKNOWN_WORKER", to=(HOST,)),
    RecallRefusalNoted(**OF, epoch=2, region=HOST, reason="STILL_EMPLOYED"),
    StewardshipTakenBack(**TOLD, epoch=2, region=HOST, order="人社厅函〔2027〕3号", official="sun", to=(HOST,)),
    TenureHeld(**TOLD, epoch=2, region=HOST),
    TenureEnding(**TOLD, epoch=1, ground=ALONE, acting=("placement", "registry"), successor=HOST, own=True),
    YieldNoted(**OF, epoch=1, service="registry"),
    TenureReleased(**TOLD, epoch=2, ground="JOB_ENDED", to=(HOME,)),
    TenureKept(**TOLD, epoch=2, region=HOST, reason="STILL_EMPLOYED", to=(HOME,)),
    JobHeard(**OF, employment=JOB, home=HOME, household_region="520526", county="440306"),
    JobEndHeard(**OF, employment=JOB),
    TenureRequested(**TOLD, region=HOST, ground=ALONE, employment=JOB, to=(HOME,)),
    RequestDenialNoted(**OF, home=HOME, reason="DECEASED"),
    DeathReported(**TOLD, epoch=2, died_on=date(2026, 6, 1), evidence="深民死〔2026〕9号", to=(HOME,)),
    StewardDeathNoted(
        **OF,
        epoch=2,
        region=HOST,
        died_on=date(2026, 6, 1),
        evidence="深民死〔2026〕9号",
        organisation="440306-hrss",
    ),
    DeathReportWithdrawn(**TOLD, epoch=2, evidence="深民函〔2026〕2号", to=(HOME,)),
    ReportWithdrawalNoted(**TOLD, epoch=2, evidence="毕民函〔2026〕5号"),
    StewardDeathWithdrawalNoted(**OF, epoch=2, region=HOST, evidence="深民函〔2026〕2号", organisation="440306-hrss"),
    StewardshipDeathWithdrawn(**TOLD, epoch=2, evidence="毕民函〔2026〕5号", to=(HOST,)),
    ActingYielded(**OF, epoch=1, steward=HOST),
    GuestPlaced(**OF, home=HOME, household_region="520526", county="440306"),
    ActingResumed(**OF, epoch=3, guest_of=HOME),
    IdentityAsked(ask=ASK, owner=HOME, number_index="1.aW5kZXg", question=SEALED, to=(HOME,)),
    IdentityLearnt(ask=ASK, **OF, home="520526", number_index="1.aW5kZXg", steward=HOME),
    IdentityAnswered(
        ask=ASK,
        asker=HOST,
        **OF,
        home="440306",
        number_index="1.aW5kZXg",
        minted=True,
        steward=HOST,
        number="v1.c2VhbGVkIG51bWJlcg",
        to=(HOST,),
    ),
    RollCalled(incarnation=LOG, region=HOST, to=(HOST,)),
    RollAnswered(incarnation=LOG, region=HOST, to=(HOST,)),
    RollAnswerNoted(incarnation=LOG, region=HOST),
    LogReadAgain(incarnation=LOG, region=HOME),
    KeyOffered(**WAY, home=HOME, key=KEY, epoch=2, to=(HOME,)),
    RecordReceived(
        **WAY,
        name="v1.c2VhbGVkIG5hbWU",
        number="v1.c2VhbGVkIG51bWJlcg",
        phone="v1.c2VhbGVkIHBob25l",
        groups=("MONITORED",),
        to=(HOME,),
    ),
    CopyErasureOrdered(**OF, home=HOME),
    CopyErased(**OF, kept_for="LEGAL_RETENTION", to=(HOME,)),
    TransferConfirmed(**WAY, region=HOST),
    KeyHeard(**WAY, region=HOST, key=KEY),
    RecordDue(**WAY, region=HOST, key=KEY),
    RecordSent(**WAY, region=HOST, disclosure="transfer-0195a004", record=SEALED, groups=("MONITORED",), to=(HOST,)),
    ReceiptNoted(**WAY, region=HOST),
    ErasureOrdered(**OF, to=(HOST,)),
    ErasureDoneNoted(**OF, region=HOST, kept_for="LEGAL_RETENTION"),
)
