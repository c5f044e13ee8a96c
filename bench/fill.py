"""Fills the registry's log through the door, fast: what is measured on it afterwards only reads."""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec
from contracts.memberships import Membership
from eventcore.call import Entry, Outcome, Status, Submission
from eventcore.codec import Codec
from eventcore.facts import Meta
from eventcore.store import Store
from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyRecorded
from registry.surveys.survey import SURVEY

from bench import people

AT_ONCE: Final = 64
CALLS: Final = 8
_CODEC: Final = Codec(SURVEY.events)
_GROUPS: Final = (Membership(group="MONITORED", valid_from=date(2024, 1, 1)),)


class _Sealed:
    """Texts as long as sealed ones: nobody opens them here, and sealing is measured elsewhere."""

    async def prepare(self, subjects: frozenset[str]) -> None:
        """There are no keys."""

    def sealing(self, subject: str) -> Callable[[str, str], str]:
        """To `v1.` and the base64 of nonce, text and tag."""
        return lambda place, plain: "v1." + "A" * ((12 + len(plain.encode()) + 16) * 4 // 3)


async def fill(store: Store, events: int) -> None:
    """So many events: surveys, and for every second one its approval."""
    # An approval comes long after its survey, so the two are never in flight together.
    recorded = [people.new_id() for _ in range(events * 2 // 3)]
    await _through(store, [_recorded(key) for key in recorded])
    await _through(store, [_approved(key) for key in recorded[: events - len(recorded)]])


async def _through(store: Store, entries: Sequence[Entry]) -> None:
    calls = iter([entries[n : n + AT_ONCE] for n in range(0, len(entries), AT_ONCE)])

    async def one() -> None:
        for call in calls:
            receipt = await store.door.submit(Submission(call))
            if any(result.status is not Status.TOOK_EFFECT for result in receipt.results):
                raise RuntimeError("the log was not filled")

    await asyncio.gather(*(one() for _ in range(CALLS)))


def _recorded(key: str) -> Entry:
    event = SurveyRecorded(
        survey=key, worker=key, surveyor="zhang", organisation="520526-hrss", household_region=people.COUNTY,
        groups=_GROUPS, surveyed_on=people.SURVEYED, channel="TOWNSHIP_GOVERNMENT", capture_method="FIELD_SURVEY",
        employment_status="UNEMPLOYED", employment_form=None, work_region=None, wishes=("JOB", "VOCATIONAL_TRAINING"),
        corrects=None, number_index="1." + key, name="王秀英", number="520199197612147151", phone="13800000000",
        employer=None, contact=None,
    )  # fmt: skip
    return _entry(key, 0, event)


def _approved(key: str) -> Entry:
    event = SurveyApproved(
        worker=key, reviewer="li", organisation="520526-hrss", household_region=people.COUNTY, groups=_GROUPS,
        surveyed_on=people.SURVEYED, approved_at=datetime.now(UTC) - timedelta(seconds=1),
    )  # fmt: skip
    return _entry(key, 1, event)


_numbers: Final[Iterator[int]] = itertools.count()


def _entry(key: str, version: int, event: SurveyEvent) -> Entry:
    stream, id = SURVEY.stream(key), f"http/bench/v1/surveys/{next(_numbers)}"
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    meta = Meta(command=id, actor="zhang", organisation="520526-hrss", correlation=id, trace=trace)
    return Entry(
        id=id,
        fingerprint=bytes(32),
        outcome=Outcome.ACCEPTED,
        answer=b"{}",
        stream=stream,
        expected=version,
        events=[_CODEC.encode(event, f"{stream}/{version + 1}", _Sealed())],
        metadata=msgspec.json.encode(meta),
    )
