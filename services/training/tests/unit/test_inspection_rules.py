"""Spot checks: independent, drawn by a seed that draws the same again, resolved by others."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Rejected
from eventcore.testing import given
from hypothesis import given as examples
from hypothesis import strategies as st
from training.inspections import refusals
from training.inspections.drawing import digest, draw
from training.inspections.events import Scope
from training.inspections.inspection import (
    INSPECTION,
    DrawSample,
    FormCommittee,
    PublishEvaluation,
    RecordFinding,
    ResolveFinding,
)
from training_samples import BY, INSPECTIONS, KEY, SUBJECT
from training_way import BASE

FORMED, DRAWN, FOUND, RESOLVED, EVALUATED = INSPECTIONS
EXPERT: dict[str, Any] = {"by": "expert-1", "organisation": "experts-520123"}
FORM = FormCommittee(
    inspection=FORMED.inspection, region="520123", members=FORMED.members, today=date(2026, 2, 1), **BY
)
DRAW = DrawSample(
    scope=DRAWN.scope, seed="20260401-7", size=5, population=(SUBJECT,), today=date(2026, 5, 20), **EXPERT
)
FIND = RecordFinding(
    sample=1,
    subject=SUBJECT,
    step="TRAINING",
    kind="HOURS_FALSE",
    fact=f"class-{KEY}/3",
    evidence="抽查〔2026〕1号",
    today=date(2026, 5, 21),
    **EXPERT,
)
RESOLVE = ResolveFinding(finding=1, outcome="CORRECTED", today=date(2026, 5, 30), **BY)
EVALUATE = PublishEvaluation(
    sample=1,
    verdict="DEFICIENT",
    evidence="评估〔2026〕1号",
    today=date(2026, 6, 1),
    by="expert-2",
    organisation="experts-520123",
)


def test_a_committee_draws_finds_and_evaluates_and_others_resolve() -> None:
    drawn = replace(DRAWN, digest=digest([SUBJECT]))
    given(INSPECTION).when(FORM).then(FORMED)
    given(INSPECTION, FORMED).when(DRAW).then(drawn)
    given(INSPECTION, FORMED, drawn).when(FIND).then(FOUND)
    given(INSPECTION, FORMED, drawn, FOUND).when(RESOLVE).then(RESOLVED)
    given(INSPECTION, FORMED, drawn, FOUND).when(EVALUATE).then(replace(EVALUATED, unresolved=1))
    whole = given(INSPECTION, FORMED, drawn, FOUND, RESOLVED)
    whole.when(EVALUATE).then(EVALUATED)
    whole.when(RESOLVE).then()
    given(INSPECTION, FORMED, drawn, EVALUATED).when(EVALUATE).then()


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (FORM, refusals.CommitteeAlreadyFormed),
        (replace(DRAW, by="teacher-1"), refusals.NotAMember),
        (replace(DRAW, organisation=BASE), refusals.NotAMember),
        (replace(DRAW, today=date(2026, 3, 31)), refusals.ScopeNotOver),
        (
            replace(DRAW, scope=Scope(institution=None, since=date(2026, 4, 1), until=date(2026, 3, 1))),
            refusals.ScopeNotOver,
        ),
        (replace(DRAW, population=()), refusals.PopulationEmpty),
        (replace(FIND, by="wu"), refusals.NotAMember),
        (replace(FIND, subject=f"{KEY}/somebody"), refusals.NotInSample),
        (replace(FIND, sample=2), refusals.SampleUnknown),
        (replace(RESOLVE, finding=2), refusals.FindingUnknown),
        (replace(RESOLVE, official="expert-2"), refusals.MemberMayNotResolve),
        (replace(RESOLVE, outcome="SANCTIONED"), refusals.FindingAlreadyResolved),
        (replace(EVALUATE, by="wu"), refusals.NotAMember),
        (replace(EVALUATE, verdict="SOUND"), refusals.AlreadyEvaluated),
    ],
)
def test_what_an_inspection_refuses(command: Any, refusal: type[Rejected]) -> None:
    given(INSPECTION, *INSPECTIONS).when(command).rejected(refusal)


def test_a_committee_is_independent_of_who_forms_it() -> None:
    for members in (("expert-1", "expert-2"), ("expert-1", "expert-2", "expert-2"), ("expert-1", "expert-2", "wu")):
        given(INSPECTION).when(replace(FORM, members=members)).rejected(refusals.CommitteeNotIndependent)
    given(INSPECTION).when(DRAW).rejected(refusals.InspectionUnknown)


@examples(
    ids=st.lists(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1), unique=True),
    size=st.integers(1, 9),
    data=st.data(),
)
def test_the_same_seed_draws_the_same_of_the_same_people(ids: list[str], size: int, data: st.DataObject) -> None:
    again = data.draw(st.permutations(ids))
    drawn = draw("seed", ids, size)
    assert drawn == draw("seed", again, size)
    assert digest(ids) == digest(again)
    assert len(set(drawn)) == len(drawn) == min(size, len(ids))
    assert set(drawn) <= set(ids)
