"""What the page of training shows is accepted: of a class to its end, of a school's students from their admission."""

from datetime import date, timedelta
from typing import Final

import pytest
from as_shown import CLASS, OTHER, OTHER_CLASS, THIRD, WORKER, AsShown, turn_to
from served import Served
from training_way import designation

INSTITUTION: Final = "12520000MA6DT1234P"
PLACES: Final = {
    "institution": INSTITUTION,
    "programme": "rebar-worker-5",
    "plan": "520000-2026",
    "training_class": CLASS,
    "worker": WORKER,
    "intake": "new",
    "inspection": "formed",
}
JULY: Final = date(2026, 7, 15)
OCTOBER: Final = date(2026, 10, 15)
OFFICE: Final = {"office": "training-officer", "who": "wu"}
EXPERT: Final = {"office": "expert", "who": "expert-1", "organisation": "experts"}
TEACHER: Final = {"office": "institution", "who": "teacher-1", "organisation": INSTITUTION}


@pytest.fixture
async def shown(training: Served, monkeypatch: pytest.MonkeyPatch) -> AsShown:
    """An accredited institution, a programme, a plan, and three trainees under it, in October."""
    turn_to(OCTOBER, monkeypatch)
    found = AsShown(training, PLACES)
    await training.tell(*(designation(n) for n in (1, 2, 3)))
    await found.post("/v1/institutions", OFFICE)
    for what in ("accreditations", "mobile-deliveries"):
        await found.post(f"/v1/institutions/{{institution}}/{what}", OFFICE)
    for path in ("/v1/programmes", "/v1/programmes/{programme}/versions", "/v1/plans", "/v1/plans/{plan}/targets"):
        await found.post(path, OFFICE)
    return found


async def test_a_class_is_taught_and_inspected_as_shown(
    training: Served, shown: AsShown, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (CLASS, OTHER_CLASS):
        shown.given[each] = (await shown.post("/v1/classes", TEACHER))["training_class"]
        await shown.post("/v1/classes/{training_class}/approval", OFFICE, training_class=shown.given[each])
    await shown.post("/v1/choices", OFFICE)
    for worker in (OTHER, THIRD):
        await shown.post("/v1/choice-batches", OFFICE, worker=worker)
    path = "/v1/classes/{training_class}"
    for worker in (WORKER, OTHER, THIRD):
        await shown.post(f"{path}/enrolments", OFFICE, worker=worker)
    for what in ("sessions", "corrections", "withdrawals", "closing"):
        await shown.post(f"{path}/{what}", TEACHER)
    await training.catch_up()
    turn_to(OCTOBER + timedelta(days=1), monkeypatch)
    shown.given["2026-06-30"] = str(OCTOBER)  # seats were given that day, and samples are of days that are over
    inspection = (await shown.post("/v1/inspections", OFFICE))["inspection"]
    for what, by in (("samples", EXPERT), ("findings", EXPERT), ("resolutions", OFFICE), ("evaluations", EXPERT)):
        await shown.post(f"/v1/inspections/{{inspection}}/{what}", by, inspection=inspection)
    for what in ("reviews", "revocation"):
        await shown.post(f"/v1/institutions/{{institution}}/{what}", OFFICE)


async def test_a_school_looks_after_its_students_as_shown(
    training: Served, shown: AsShown, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_to(JULY, monkeypatch)
    intake = (await shown.post("/v1/intakes", TEACHER))["intake"]
    for what in ("admissions", "internships"):
        await shown.post(f"/v1/intakes/{{intake}}/{what}", OFFICE, intake=intake)
    await training.catch_up()
    turn_to(OCTOBER, monkeypatch)
    await shown.post("/v1/student-check-batches", TEACHER)
    for what in ("mentors", "changes", "leaving"):
        await shown.post(f"/v1/students/{{worker}}/{what}", TEACHER)
