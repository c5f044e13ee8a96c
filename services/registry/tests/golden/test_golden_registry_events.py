"""Every event that was ever stored is still read, and is published with the same bytes.

`tests/golden/<type>.v<schema version>.json` is what is stored, `….public.json` what is published of it. Missing samples
are written by `LB_GOLDEN=write`; one that is there is never written again: a changed shape is a new version.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import abroad_samples
import import_samples
import matching_samples
import people_samples
import pytest
from contracts.memberships import Membership
from eventcore.codec import Codec
from registry.app import SERVICE
from registry.bank_accounts.events import BankAccountRecorded
from registry.disclosures.events import PersonalDataDisclosed
from registry.indexes.rotation import RotationBegun, VersionRetired
from registry.indexes.signs import Signs
from registry.local_workers.request import AskedWorker, LocalWorkersAsked
from registry.privacy.events import (
    NumberReindexed,
    PersonalDataErased,
    SurveySigns,
    UseRestricted,
    UseRestrictionEnded,
)
from registry.publishing import published
from registry.retention.events import RetentionBegun
from registry.surveys.events import (
    FallenApproval,
    SurveyApproved,
    SurveyInvalidated,
    SurveyRecorded,
    SurveyRejected,
)
from registry.workers.events import WorkerRegistered
from registry.workers.linking_events import CanonicalChanged, DuplicateDecided, LinkConflictDecided, LinkConflictFound

FOLDER = Path(__file__).parent
WORKER, SURVEY = "0195a001-0000-7000-8000-000000000001", "0195a002-0000-7000-8000-000000000002"
GROUPS = (
    Membership(group="MONITORED", valid_from=date(2024, 1, 1)),
    Membership(group="REGISTERED_POOR", valid_from=date(2017, 1, 1), valid_to=date(2021, 1, 1)),
)
FACTS: dict[str, Any] = {
    "worker": WORKER,
    "household_region": "520526",
    "groups": GROUPS,
    "surveyed_on": date(2026, 3, 2),
}
REVIEW: dict[str, Any] = {**FACTS, "organisation": "520500-hrss"}
AT = datetime(2026, 3, 5, 1, 2, 3, 456789, tzinfo=UTC)
BY: dict[str, Any] = {"official": "zhou", "organisation": "520500-hrss"}
OTHER = "0195a001-0000-7000-8000-000000000009"
PRIVACY: tuple[Any, ...] = (
    UseRestricted(worker=WORKER, ground="LEGAL_RETENTION", until=date(2036, 1, 1), linked=(OTHER,), **BY),
    UseRestrictionEnded(worker=WORKER, linked=(OTHER,), **BY),
    PersonalDataErased(
        worker=WORKER,
        ground="PERSON_REQUEST",
        numbers=("1.bm90IGEgcmVhbA",),
        linked=(OTHER,),
        signs=("PHONE:1.cGhvbmU",),
        **BY,
    ),
    NumberReindexed(
        worker=WORKER,
        owner=OTHER,
        old="1.bm90IGEgcmVhbA",
        new="2.bm90IHJlYWwgZWl0aGVy",
        surveys=(SurveySigns(survey=SURVEY, household_region="520526", signs=Signs(phone=("2.cA",))),),
    ),
    RotationBegun(version=2),
    VersionRetired(version=1),
    LocalWorkersAsked(
        region="520102",
        groups=("MONITORED",),
        found=(AskedWorker(worker=WORKER, survey=SURVEY), AskedWorker(worker=OTHER, survey=None, record="t-1")),
        reader="wu",
        organisation="520102-hrss",
        office="clerk",
    ),
)
SAMPLES: tuple[Any, ...] = (
    SurveyRecorded(
        **FACTS,
        survey=SURVEY,
        guest_in="520526",
        surveyor="li",
        organisation="520526-hrss",
        channel="TOWNSHIP_GOVERNMENT",
        surveyor_kind="CONTRACTOR",
        capture_method="FIELD_SURVEY",
        employment_status="EMPLOYED",
        employment_form="ENTERPRISE",
        work_region="440112",
        wishes=("VOCATIONAL_TRAINING",),
        corrects="0195a003-0000-7000-8000-000000000003",
        number_index="1.bm90IGEgcmVhbCBpbmRleA",
        signs=Signs(
            name_and_birth=("1.bmFtZSBhbmQgYmlydGg",),
            phone=("1.cGhvbmU",),
            name_and_phone=("1.bmFtZSBhbmQgcGhvbmU",),
            former_number=("1.Zm9ybWVyIG51bWJlcg",),
        ),
        new_generation=True,
        name="v1.c2VhbGVkIG5hbWU",
        number="v1.c2VhbGVkIG51bWJlcg",
        phone="v1.c2VhbGVkIHBob25l",
        employer="v1.c2VhbGVkIGVtcGxveWVy",
        contact="v1.c2VhbGVkIGNvbnRhY3Q",
        former_number="v1.c2VhbGVkIGZvcm1lciBudW1iZXI",
    ),
    SurveyApproved(**REVIEW, reviewer="chen", approved_at=AT),
    SurveyRejected(**REVIEW, reviewer="chen", reason="INACCURATE"),
    SurveyInvalidated(
        **REVIEW,
        guest_in="520526",
        official="chen",
        reason="WRONG_GROUP",
        corrects=f"survey-{SURVEY}/1",
        approval=FallenApproval(event=f"survey-{SURVEY}/2", at=AT),
    ),
    WorkerRegistered(worker=WORKER, survey=f"survey-{SURVEY}", household_region="520526", groups=GROUPS),
    BankAccountRecorded(
        worker=WORKER,
        evidence="威人社〔2026〕31号",
        **BY,
        account="v1.c2VhbGVkIGFjY291bnQ",
        bank="v1.c2VhbGVkIGJhbms",
        holder_name="v1.c2VhbGVkIGhvbGRlcg",
    ),
    PersonalDataDisclosed(
        worker=WORKER,
        surveys=(SURVEY,),
        purpose="SUBSIDY_PAYMENT",
        reader="subsidy",
        organisation="520000-hrss",
        office="payer",
        in_full=("name", "account", "bank", "holder_name"),
        masked=(),
        request=None,
        accounts=(2,),
        reference="pay-2026-0001",
        record="0195a004-0000-7000-8000-000000000004",
    ),
    *PRIVACY,
    RetentionBegun(worker=WORKER, reason="claim-1/3/cn.labourbridge.subsidy.claim-decided.v1", until=date(2057, 1, 1)),
    *people_samples.SAMPLES,
    *matching_samples.SAMPLES,
    *import_samples.SAMPLES,
    *abroad_samples.SAMPLES,
    DuplicateDecided(
        worker=WORKER,
        other="0195a001-0000-7000-8000-000000000009",
        verdict="SAME",
        undone=False,
        numbers=("1.bm90IGEgcmVhbCBpbmRleA",),
        reason="NUMBER_CORRECTED",
        evidence=("2026-12",),
        official="sun",
        organisation="520500-hrss",
        household_region="520526",
    ),
    CanonicalChanged(worker="0195a001-0000-7000-8000-000000000009", canonical=WORKER, before=None),
    LinkConflictFound(
        worker=WORKER,
        other="0195a001-0000-7000-8000-000000000009",
        kinds=("SURVEYS", "HOUSEHOLD"),
        household_region="520526",
    ),
    LinkConflictDecided(
        worker=WORKER,
        other="0195a001-0000-7000-8000-000000000009",
        outcome="CORRECTED",
        evidence=("2026-13",),
        official="sun",
        organisation="520500-hrss",
    ),
)
UNIONS = [decider.events for decider in SERVICE.deciders]
CODECS = {kind: Codec(union) for union in UNIONS for kind in get_args(union) or (union,)}


class AlreadySealed:
    """The samples' personal fields are sealed texts."""

    async def prepare(self, subjects: frozenset[str]) -> None:
        """Nothing is needed."""

    def sealing(self, subject: str) -> Callable[[str, str], str]:
        return lambda place, plain: plain


def name(event: Any) -> str:
    return f"{event.type}.v{getattr(event, 'schema_version', 1)}"


def read_or_write(file: Path, data: bytes) -> bytes:
    if os.environ.get("LB_GOLDEN") == "write" and not file.exists():
        file.write_bytes(data + b"\n")
    return file.read_bytes().removesuffix(b"\n")


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_stored_keeps_its_bytes(event: Any) -> None:
    stored = CODECS[type(event)].encode(event, f"survey-{SURVEY}/1", AlreadySealed())
    assert stored.data == read_or_write(FOLDER / f"{name(event)}.json", stored.data)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_published_keeps_its_bytes(event: Any) -> None:
    told = published(event)
    file = FOLDER / f"{name(event)}.public.json"
    if told is None:
        assert not file.exists()
    else:
        assert told.to_bytes() == read_or_write(file, told.to_bytes())


def test_golden_every_version_that_was_ever_stored_is_read_and_published() -> None:
    by_type = {kind.type: codec for cls, codec in CODECS.items() for kind in [codec.kinds[cls]]}
    current = {kind.type: kind.version for codec in CODECS.values() for kind in codec.kinds.values()}
    files = [file for file in FOLDER.glob("*.json") if not file.name.endswith(".public.json")]
    found = {file.name.removesuffix(".json"): file for file in files}
    assert set(found) == {f"{kind}.v{n}" for kind, version in current.items() for n in range(1, version + 1)}
    for label, file in found.items():
        kind, _, version = label.rpartition(".v")
        event: Any = by_type[kind].decode(kind, int(version), file.read_bytes())
        told, public = published(event), FOLDER / f"{label}.public.json"
        assert (told.to_bytes() + b"\n" if told else None) == (public.read_bytes() if public.exists() else None)


def test_golden_a_sample_that_is_there_is_never_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LB_GOLDEN", "write")
    (tmp_path / "a.json").write_bytes(b"1\n")
    assert read_or_write(tmp_path / "a.json", b"2") == b"1"
    assert read_or_write(tmp_path / "b.json", b"2") == b"2"
