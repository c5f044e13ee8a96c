"""Rows of training's read models: what each fact makes of them, and the same fact again makes nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

from eventcore.readers import View
from training.classes.views.classes import CLASSES as CLASS_ROWS
from training.enrolments.rounds import rank
from training.enrolments.views.roster import ROSTER
from training.institutions.views.bases import BASES
from training.programmes.views.catalogue import CATALOGUE
from training_samples import CLASSES, ENROLMENTS, INSTITUTIONS, KEY, PROGRAMMES, SAMPLES, own
from training_way import BASE

CHOSEN, ENROLLED, LEFT, COMPLETED, FAILED, CORRECTED = ENROLMENTS[7:]


def rows(view: View[Any], *events: Any) -> dict[str, Any]:
    """All rows after these facts, each of them folded twice."""
    found: dict[str, Any] = {}
    for event in events:
        for _ in range(2):
            for key in view.keys(own(event)):
                found[key] = view.fold(found.get(key) or view.start(key), own(event))
    return found


def test_a_trainee_of_a_class_goes_from_chosen_to_the_end() -> None:
    stations = [rows(ROSTER, *(CHOSEN, ENROLLED, end)[:n]) for n, end in ((1, LEFT), (2, LEFT), (3, COMPLETED))]
    assert [each[f"{KEY}/{CHOSEN.worker}"].status for each in stations] == ["CHOSEN", "ENROLLED", "COMPLETED"]
    (failed,) = rows(ROSTER, CHOSEN, ENROLLED, COMPLETED, CORRECTED).values()
    assert (failed.status, failed.reason, failed.minutes, failed.days) == ("FAILED", "DAYS", 7200, 19)


def test_who_left_may_choose_the_class_again() -> None:
    (row,) = rows(ROSTER, CHOSEN, ENROLLED, LEFT).values()
    assert (row.status, row.seat, row.reason) == ("LEFT", None, "FOUND_WORK")
    (again,) = rows(ROSTER, CHOSEN, ENROLLED, LEFT, CHOSEN).values()
    assert (again.status, again.left_on) == ("CHOSEN", None)
    (still,) = rows(ROSTER, CHOSEN, ENROLLED, CHOSEN).values()
    assert still.status == "ENROLLED"


def test_poor_households_come_first_and_who_has_no_reason_last() -> None:
    order = [("MIGRANT",), (), ("LAND_LOST", "MIGRANT"), ("POOR_HOUSEHOLD",), ("A_LATER_CODE",)]
    assert sorted(order, key=rank) == [
        ("POOR_HOUSEHOLD",),
        ("LAND_LOST", "MIGRANT"),
        ("MIGRANT",),
        (),
        ("A_LATER_CODE",),
    ]


def test_an_accreditation_ends_by_the_next_one_or_by_its_revocation() -> None:
    accredited, revoked = INSTITUTIONS[1], INSTITUTIONS[3]
    again = replace(accredited, accreditation=2, accredited_on=date(2026, 10, 1))
    found = rows(BASES, accredited, again)
    assert (found[f"{BASE}/1"].ended_on, found[f"{BASE}/2"].ended_on) == (date(2026, 10, 1), None)
    found = rows(BASES, accredited, revoked, again)
    first = found[f"{BASE}/1"]
    assert (first.ended_on, first.ground, found[f"{BASE}/2"].ground) == (date(2026, 9, 1), "FUNDS", None)


def test_a_version_of_a_programme_ends_where_the_next_begins() -> None:
    days = {key: (row.valid_from, row.valid_to) for key, row in rows(CATALOGUE, *PROGRAMMES).items()}
    assert days == {
        "rebar-worker-5/1": (date(2026, 1, 1), date(2026, 3, 1)),
        "rebar-worker-5/2": (date(2026, 3, 1), date(2026, 12, 1)),
    }


def test_a_class_is_listed_as_it_stands() -> None:
    filed, approved, rejected, held, _corrected, closed, archived = CLASSES
    stations = ((filed,), (filed, rejected), (filed, approved), (filed, approved, closed, archived))
    assert [rows(CLASS_ROWS, *each)[KEY].state for each in stations] == ["filed", "rejected", "open", "closed"]
    counted = CLASS_ROWS.fold(rows(CLASS_ROWS, filed, approved)[KEY], own(held))
    assert counted is not None
    assert counted.sessions == 1


def test_every_view_takes_every_event_of_its_streams() -> None:
    for view in (ROSTER, BASES, CATALOGUE, CLASS_ROWS):
        events = [each for each in SAMPLES if any(type(each) in codec.kinds for codec in view.own)]
        assert events
        rows(view, *events)
