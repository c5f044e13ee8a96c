"""No two certificates have one number, also where they draw the same and come at the same time."""

import asyncio
from datetime import date
from itertools import count

from certification.certificates.certificate import CERTIFICATE, Issued
from certification.certificates.commands import IssueCertificate
from certification.numbers import drawn
from eventcore.call import Outcome
from eventcore.store import Order, handle
from served import Served

PREFIX = "26520110015"


def two_that_draw_the_same() -> tuple[str, str]:
    """Ids of certificates whose first draw is one number."""
    first: dict[str, str] = {}
    for n in count():
        number = drawn(PREFIX, f"c{n}")[0]
        if number in first:
            return first[number], f"c{n}"
        first[number] = f"c{n}"
    raise AssertionError


def issue(certificate: str) -> IssueCertificate:
    return IssueCertificate(
        certificate=certificate,
        prefix=PREFIX,
        worker="w1",
        kind="QUALIFICATION",
        occupation="2022/6-29-01-04",
        level="5",
        issued_on=date(2026, 5, 20),
        valid_until=None,
        region="520123",
        assessment="a1",
        body="52520000MA6DT4321L",
        training_class=None,
        standard_fee=0,
        charged_fee=0,
    )


async def test_two_certificates_that_draw_the_same_number_get_different_ones(certification: Served) -> None:
    pair = two_that_draw_the_same()
    answers = await asyncio.gather(
        *(handle(certification.store, CERTIFICATE, key, issue(key), Order(id=f"issue/{key}")) for key in pair)
    )
    assert [each.outcome for each in answers] == [Outcome.ACCEPTED] * 2
    found = await certification.store.states(CERTIFICATE, pair)
    numbers = {state.issue.number for state, _ in found.values() if isinstance(state, Issued)}
    assert len(numbers) == 2
