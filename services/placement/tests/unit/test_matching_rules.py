"""Matching: who fits what and why, the best for all together, and what the worker says to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from eventcore.testing import given
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from offers_samples import CIRCUITS, HOME_OFFICE, TODAY
from placement.offers.matching import refusals
from placement.offers.matching.assignment import assigned, best_pairs
from placement.offers.matching.commands import AcceptMatch, DeclineMatch, RunMatching
from placement.offers.matching.events import MatchAccepted, MatchDeclined, MatchingRun, MatchProposed
from placement.offers.matching.matching import MATCHING
from placement.offers.matching.scoring import Candidate, Fit, Opening, Reason, Skill, Weights, fit, nearness

WELDING_1999, WELDING = "1999/6-04-02-05", "2022/6-18-02-04"
WEIGHTS = Weights()
POOR = Candidate(worker="w1", region="520526", groups=("POVERTY_LIFTED",), skills=())
WELDER = Candidate(worker="w2", region="520526", groups=(), skills=(Skill(occupation=WELDING, level="4"),))
OPEN = Opening(
    vacancy="v1",
    kind="REGULAR",
    occupation=CIRCUITS,
    level="0",
    certificate_needed=False,
    region="440306",
    seats=1,
    base=False,
    agreement=None,
    home=None,
)
WELD = replace(OPEN, vacancy="v2", occupation=WELDING, level="5", certificate_needed=True)


def reasons(candidate: Candidate, opening: Opening) -> list[str]:
    found = fit(candidate, opening, WEIGHTS, TODAY)
    assert found is not None
    return [each.reason for each in found.reasons]


def test_distance_is_a_step_of_the_tree_of_regions() -> None:
    steps = {"520526": "SAME_COUNTY", "520502": "SAME_PREFECTURE", "520102": "SAME_PROVINCE", "440306": None}
    assert {work: nearness("520526", work, TODAY) for work in steps} == steps


def test_a_worker_is_proposed_for_reasons_and_their_points() -> None:
    assert fit(POOR, OPEN, WEIGHTS, TODAY) == Fit(
        points=131, reasons=(Reason(reason="PRIORITY_GROUP", points=30), Reason(reason="OPEN_TO_ALL", points=1))
    )
    assert reasons(WELDER, WELD) == ["CERTIFIED", "LEVEL_MET"]
    assert reasons(POOR, replace(OPEN, base=True, agreement="a1", region="520526")) == [
        "SAME_COUNTY",
        "PRIORITY_GROUP",
        "EMPLOYMENT_BASE",
        "AGREEMENT",
        "OPEN_TO_ALL",
    ]
    assert "EMPLOYMENT_BASE" not in reasons(WELDER, replace(OPEN, base=True))


def test_a_listed_occupation_is_only_for_who_has_the_certificate_and_its_level() -> None:
    assert fit(POOR, WELD, WEIGHTS, TODAY) is None
    assert fit(WELDER, replace(WELD, level="3"), WEIGHTS, TODAY) is None
    of_1999 = replace(WELDER, skills=(Skill(occupation=WELDING_1999, level="5"),))
    assert fit(of_1999, WELD, WEIGHTS, TODAY) is not None


def test_public_works_are_for_those_whom_the_market_does_not_place() -> None:
    works = replace(OPEN, kind="PUBLIC_WORKS")
    assert fit(POOR, works, WEIGHTS, TODAY) is None
    assert fit(replace(POOR, groups=("HARD_TO_EMPLOY",)), works, WEIGHTS, TODAY) is not None


def test_what_is_shared_under_an_agreement_is_for_the_workers_of_its_home() -> None:
    assert fit(POOR, replace(OPEN, agreement="a1", home="520500"), WEIGHTS, TODAY) is not None
    assert fit(POOR, replace(OPEN, agreement="a1", home="520300"), WEIGHTS, TODAY) is None


def test_who_fits_only_one_vacancy_gets_it() -> None:
    """Taken one by one, the welder would get the work that the other could do too."""
    openings = (OPEN, WELD)
    assert assigned((WELDER, POOR), openings, WEIGHTS, TODAY) == ((0, 1), (1, 0))
    assert assigned((WELDER,), (), WEIGHTS, TODAY) == ()
    assert assigned((), openings, WEIGHTS, TODAY) == ()


def test_a_seat_goes_to_who_comes_first_by_policy() -> None:
    other = replace(POOR, worker="w3", groups=())
    assert assigned((other, POOR), (OPEN,), WEIGHTS, TODAY) == ((1, 0),)
    assert assigned((other, POOR), (replace(OPEN, seats=5),), WEIGHTS, TODAY) == ((0, 0), (1, 0))


def brute_force(points: Sequence[Sequence[int]], seats: Sequence[int]) -> int:
    """The greatest sum, by trying everything."""

    @cache
    def best(row: int, left: tuple[int, ...]) -> int:
        if row == len(points):
            return 0
        free = [column for column, n in enumerate(left) if n and points[row][column]]
        taken = (
            points[row][column] + best(row + 1, (*left[:column], left[column] - 1, *left[column + 1 :]))
            for column in free
        )
        return max(best(row + 1, left), *taken) if free else best(row + 1, left)

    return best(0, tuple(seats))


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    cell = st.one_of(st.just(0), st.integers(1, 300))
    points = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    return points, draw(st.lists(st.integers(0, 2), min_size=columns, max_size=columns))


@settings(max_examples=150)
@given_any(problems())
def test_no_other_assignment_has_more_points(problem: tuple[list[list[int]], list[int]]) -> None:
    points, seats = problem
    pairs = best_pairs(points, seats)
    assert len({row for row, _ in pairs}) == len(pairs)
    assert all(sum(column == at for _, column in pairs) <= free for at, free in enumerate(seats))
    assert all(points[row][column] for row, column in pairs)
    assert sum(points[row][column] for row, column in pairs) == brute_force(points, seats)


RUN = RunMatching(
    run="r1",
    region="520526",
    candidates=(POOR, WELDER),
    openings=(OPEN, WELD),
    weights=WEIGHTS,
    pairs=((0, 0), (1, 1)),
    by=HOME_OFFICE,
)
RAN = MatchingRun(
    run="r1",
    region="520526",
    on=date(2026, 3, 2),
    candidates=(POOR, WELDER),
    openings=(OPEN, WELD),
    weights=WEIGHTS,
    official="qian",
    organisation="hr-520000",
)
FIRST = MatchProposed(
    run="r1",
    worker="w1",
    vacancy="v1",
    region="520526",
    points=131,
    reasons=(Reason(reason="PRIORITY_GROUP", points=30), Reason(reason="OPEN_TO_ALL", points=1)),
)
SECOND = MatchProposed(
    run="r1",
    worker="w2",
    vacancy="v2",
    region="520526",
    points=160,
    reasons=(Reason(reason="CERTIFIED", points=50), Reason(reason="LEVEL_MET", points=10)),
)
ACCEPTED = MatchAccepted(
    run="r1", worker="w1", vacancy="v1", evidence="同意书 3", official="qian", organisation="hr-520000"
)
DECLINED = MatchDeclined(run="r1", worker="w1", vacancy="v1", reason="PLACE", official="qian", organisation="hr-520000")


def test_a_run_stores_what_it_looked_at_and_each_proposal_follows_from_it() -> None:
    given(MATCHING).when(RUN).then(RAN, FIRST, SECOND)
    given(MATCHING, RAN, FIRST, SECOND).when(RUN).then()


@pytest.mark.parametrize("pairs", [((0, 0), (0, 1)), ((0, 0), (1, 0)), ((0, 1),)])
def test_nobody_is_proposed_twice_without_a_seat_or_unfit(pairs: tuple[tuple[int, int], ...]) -> None:
    given(MATCHING).when(replace(RUN, pairs=pairs)).rejected(refusals.ProposalsUnfit)


def test_a_worker_accepts_or_declines_and_may_think_again_before_the_nomination() -> None:
    accept = AcceptMatch(worker="w1", evidence="同意书 3", by=HOME_OFFICE)
    decline = DeclineMatch(worker="w1", reason="PLACE", by=HOME_OFFICE)
    history = (RAN, FIRST, SECOND)
    given(MATCHING, *history).when(accept).then(ACCEPTED)
    given(MATCHING, *history, ACCEPTED).when(accept).then()
    given(MATCHING, *history, ACCEPTED).when(decline).then(DECLINED)
    given(MATCHING, *history, DECLINED).when(decline).then()
    given(MATCHING, *history, DECLINED).when(accept).rejected(refusals.MatchAnswered)
    given(MATCHING, *history).when(replace(accept, worker="w9")).rejected(refusals.MatchNotProposed)
    given(MATCHING).when(accept).rejected(refusals.MatchNotProposed)
