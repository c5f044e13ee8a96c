"""What the page of certification shows is accepted, from the assessment body to a certificate that falls."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from as_shown import CLASS, OTHER, WORKER, AsShown
from assessing import completed, filed
from contracts.registry import WorkerRegisteredV1
from published import Published
from served import Served

BODY: Final = "53520526MA000001LW"
AT: Final = datetime(2026, 3, 2, tzinfo=UTC)
PLACES: Final = {"body": BODY, "assessment": "0190a1b2-0000-7000-8000-0000000000a5", "certificate": "issued"}
OFFICE: Final = {"office": "assessment-officer", "who": "zhao"}
CENTRE: Final = {"office": "assessment-body", "organisation": BODY}


def told() -> Iterator[Published]:
    """The registry knows two workers, and training says that they have completed a class."""
    yield Published(event=filed(training_class=CLASS), stream=f"class-{CLASS}", version=1, at=AT)
    for worker in (WORKER, OTHER):
        known = WorkerRegisteredV1(worker=worker, survey="survey-1", household_region="520526", groups=())
        yield Published(event=known, stream=f"worker-{worker}", version=1, at=AT)
        trained = completed(worker, training_class=CLASS)
        yield Published(event=trained, stream=f"enrolment-{worker}", version=1, at=AT)


async def test_a_certificate_is_issued_and_falls_as_shown(certification: Served) -> None:
    shown = AsShown(certification, PLACES)
    await certification.tell(*told())
    await shown.post("/v1/assessment-bodies", OFFICE)
    for what in ("scope", "staff", "mobile-filings", "suspension", "resumption"):
        await shown.post(f"/v1/assessment-bodies/{{body}}/{what}", OFFICE)
    shown.given[PLACES["assessment"]] = (await shown.post("/v1/assessments", CENTRE))["assessment"]
    for what in ("candidates", "scores"):
        await shown.post(f"/v1/assessments/{{assessment}}/{what}", CENTRE)
    await shown.post("/v1/assessments/{assessment}/confirmation", CENTRE | {"who": "qian"})
    await certification.catch_up()
    found = (await certification.get("/v1/certificates", {"region": "520000"}, **OFFICE)).json()["certificates"]
    assert [(each["worker"], each["issued_on"]) for each in found] == [(WORKER, "2026-05-18")]
    for what in ("suspension", "reinstatement", "revocation"):
        await shown.post(f"/v1/certificates/{{certificate}}/{what}", OFFICE, certificate=found[0]["certificate"])
    await shown.post("/v1/certificate-revocations", OFFICE)
