"""What two surveys are compared by, and how many bearers of one sign are looked at."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from contracts.errors import InvalidResidentId
from contracts.resident_id import lengthened
from eventcore import Fact, Meta
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.duplicates.views.signs import MOST, Bearers, fold, keys, start
from registry.indexes.person_index import PersonIndex
from registry.indexes.signs import Signs, plain_name, plain_phone, score
from registry.privacy.events import NumberReindexed, PersonalDataErased, SurveySigns
from registry.vault import NumberIndex
from survey_samples import RECORDED, REJECTED

INDEX = PersonIndex([b"1" * 32])
BOTH = PersonIndex([b"1" * 32, b"2" * 32])
NUMBER = "520599198903070024"


def signs(index: PersonIndex = INDEX, **changes: Any) -> Signs:
    return index.signs(**{"name": "王秀英", "number": NUMBER, "phone": "13800001234", "former_number": None} | changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王 秀英", "王秀英"),
        ("　王秀英 ", "王秀英"),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提·艾力", "买买提．艾力"),
        ("买买提 · 艾力", "买买提・艾力"),
        ("Wang Xiu", "ｗａｎｇ　ｘｉｕ"),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)
    assert signs(name=one) == signs(name=other)


def test_other_names_stay_apart() -> None:
    names = ("王秀英", "王秀兰", "王秀英英", "买买提艾力", "买买提·艾力")
    assert len({plain_name(name) for name in names}) == len(names)


@pytest.mark.parametrize("typed", ["13800001234", "+86 138-0000-1234", "１３８００００１２３４", "0086-13800001234"])
def test_a_phone_is_the_same_however_it_is_typed(typed: str) -> None:
    assert plain_phone(typed) == "13800001234"


def test_an_old_number_stands_for_one_of_eighteen() -> None:
    assert lengthened("520599890307002") == NUMBER
    assert INDEX.number("520599890307002") == INDEX.number(NUMBER) == (NumberIndex([b"1" * 32]).of(NUMBER),)
    for wrong in ("52059989030700", "52059989030700x", "520599890230002", "000599890307002"):
        with pytest.raises(InvalidResidentId):
            lengthened(wrong)


def test_a_former_number_is_compared_with_the_numbers_of_others() -> None:
    assert signs(former_number="520599890307002").former_number == INDEX.number(NUMBER)


def test_every_index_has_a_domain_of_its_own() -> None:
    found = signs(phone=NUMBER, former_number=NUMBER)
    assert len({*found.name_and_birth, *found.phone, *found.name_and_phone, *found.former_number}) == 4


def test_without_a_phone_there_is_no_sign_of_it() -> None:
    assert signs(phone=None).phone == signs(phone=None).name_and_phone == ()


def test_while_the_key_is_rotated_both_versions_are_compared() -> None:
    old, both, new = signs(), signs(BOTH), signs(PersonIndex([None, b"2" * 32]))
    for kind in ("name_and_birth", "phone", "name_and_phone"):
        newest, oldest = getattr(both, kind)
        assert ((newest,), (oldest,)) == (getattr(new, kind), getattr(old, kind))


def test_a_second_sign_never_lowers_the_score() -> None:
    kinds = ("NAME_AND_BIRTH", "PHONE", "FORMER_NUMBER")
    for order in permutations(kinds):
        scores = [score(frozenset(order[:n])) for n in range(4)]
        assert scores == sorted(scores)
        assert scores[0] == 0
        assert scores[-1] < 100


def recorded(n: int, worker: str) -> Fact[Any]:
    event = replace(RECORDED, survey=f"s{n:03}", worker=worker, signs=signs(BOTH), surveyed_on=date(2026, 3, 2))
    return fact(event)


def fact(event: Any) -> Fact[Any]:
    at = datetime(2026, 3, 5, tzinfo=UTC)
    return Fact(event=event, id="s/1", stream="s", version=1, position=1, occurred_at=at, recorded_at=at, meta=Meta())


def folded(facts: list[Fact[Any]]) -> dict[str, Bearers | None]:
    rows: dict[str, Bearers | None] = {}
    for each in facts:
        for key in keys(each):
            rows[key] = fold(rows.get(key) or start(key), each)
    return rows


def test_a_survey_is_a_bearer_of_each_of_its_signs() -> None:
    rows = folded([recorded(1, "w1"), recorded(2, "w2"), recorded(3, "w2")])
    assert len(rows) == 4
    for row in rows.values():
        assert row is not None
        assert (row.crowd, row.surveys, row.workers) == (2, ["s001", "s002", "s003"], ["w1", "w2", "w2"])
        assert all(row.names) == (row.kind == "PHONE")


def test_a_survey_bears_its_signs_under_a_new_key_too() -> None:
    old, new = PersonIndex([b"1" * 32]), PersonIndex([None, b"2" * 32])
    before = fact(replace(RECORDED, survey="s1", worker="w1", signs=signs(old)))
    again = SurveySigns(survey="s1", household_region="520526", signs=signs(new))
    reindexed = fact(NumberReindexed(worker="w9", owner="w1", old="1.n", new="2.n", surveys=(again,)))
    after = fact(replace(RECORDED, survey="s2", worker="w2", signs=signs(new)))
    for order in permutations((before, reindexed, after)):
        rows = folded(list(order))
        assert sorted(row.workers for row in rows.values() if row) == [["w1"]] * 2 + [["w1", "w2"]] * 2


def test_who_is_erased_leaves_every_sign_and_a_sign_of_nobody_else_goes() -> None:
    alone = fact(replace(RECORDED, survey="s9", worker="w9", signs=signs(name="李建国", phone="13900001111")))
    surveys = [recorded(1, "w1"), recorded(2, "w2"), recorded(3, "w3"), alone]
    held = tuple(sorted({key for each in surveys for key in keys(each)}))
    gone = PersonalDataErased(
        worker="w1", ground="TERM_OVER", numbers=(), linked=("w2", "w9"), signs=held, official="z", organisation="o"
    )
    rows = folded([*surveys, fact(gone)])
    assert sorted(row.workers for row in rows.values() if row) == [["w3"]] * 4
    assert {key for key, row in rows.items() if row is None} == set(keys(alone))
    assert all(row.crowd == 1 for row in rows.values() if row)


def test_a_survey_without_signs_and_what_follows_it_touch_nothing() -> None:
    assert list(keys(fact(REJECTED))) == []
    assert list(keys(fact(replace(RECORDED, signs=Signs())))) == []


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(MOST + 6)))
def test_of_a_crowd_the_same_first_bearers_are_kept_in_whatever_order_they_come(order: list[int]) -> None:
    rows = folded([recorded(n, f"w{n}") for n in [*order, order[0]]])
    for row in rows.values():
        assert row is not None
        assert row.surveys == [f"s{n:03}" for n in range(MOST)]
        assert row.crowd == MOST
