"""Seats of a class: never more workers than seats, poor households first, and each request once."""

import asyncio
from collections import Counter
from datetime import date

import pytest
from served import Served
from training_way import OFFICE, TrainingWay, death, designation, done, found_to_be_one, worker

AT_ONCE = 20


@pytest.fixture
async def way(training: Served) -> TrainingWay:
    found = TrainingWay(training)
    await found.prepare()
    return found


async def chosen(way: TrainingWay, capacity: int, numbers: range) -> str:
    """A class that all of them chose."""
    await way.training.tell(*(designation(n) for n in numbers))
    key = await way.open(capacity=capacity)
    assert {each["status"] for each in await way.choose(numbers, key)} == {201}
    return key


async def test_two_last_seats_and_twenty_requests_at_once(way: TrainingWay) -> None:
    key = await chosen(way, 4, range(1, 3 + AT_ONCE))
    for n in (1, 2):
        done(await way.enrol(n, key))
    answers = await asyncio.gather(*(way.enrol(n, key) for n in range(3, 3 + AT_ONCE)))
    assert Counter(each.status_code for each in answers) == {201: 2, 409: AT_ONCE - 2}
    assert {each.json()["code"] for each in answers if each.status_code == 409} == {"class_full"}
    await way.training.catch_up()
    roster = await way.get(f"/v1/classes/{key}/roster")
    seats = sorted(each["seat"] for each in roster["trainees"] if each["status"] == "ENROLLED")
    assert seats == [1, 2, 3, 4]


async def test_as_many_requests_as_seats_all_get_in(way: TrainingWay) -> None:
    numbers = range(1, 1 + AT_ONCE)
    key = await chosen(way, AT_ONCE, numbers)
    answers = await asyncio.gather(*(way.enrol(n, key) for n in numbers))
    assert Counter(each.status_code for each in answers) == {201: AT_ONCE}
    assert len({each.json()["seats"][key] for each in answers}) == AT_ONCE


async def test_the_same_request_again_gets_the_same_answer(way: TrainingWay) -> None:
    key = await chosen(way, 1, range(1, 3))
    first, lost = await way.enrol(1, key, key="a"), await way.enrol(2, key, key="b")
    done(await way.training.post(f"/v1/classes/{key}/withdrawals", left(1), **way.institution))
    again, lost_again = await way.enrol(1, key, key="a"), await way.enrol(2, key, key="b")
    assert (first.content, lost.content) == (again.content, lost_again.content)
    done(await way.enrol(2, key))


def left(n: int) -> dict[str, str]:
    return {"worker": worker(n), "withdrawn_on": "2026-04-08", "reason": "FOUND_WORK"}


async def test_a_round_gives_seats_in_the_order_of_the_priorities(way: TrainingWay) -> None:
    key = await way.open(capacity=2, priority_until="2099-12-31")
    await way.training.tell(designation(1), designation(2, "MIGRANT"), designation(3, "POOR_HOUSEHOLD"))
    await way.choose([1, 2, 3], key)
    await way.training.catch_up()
    early = await way.enrol(2, key)
    assert (early.status_code, early.json()["code"]) == (409, "priority_period")
    path = f"/v1/classes/{key}/enrolment-rounds"
    results = done(await way.training.post(path, **OFFICE), 200)["results"]
    assert [each["answer"].get("worker", each["answer"].get("code")) for each in results] == [
        worker(3),
        worker(2),
        "seats_given_to_others",
    ]


async def test_a_round_that_is_asked_for_again_gives_the_same_and_the_next_one_what_is_left(way: TrainingWay) -> None:
    """Whoever was stopped in the middle sends the same key."""
    key = await chosen(way, 3, range(1, 3))
    path = f"/v1/classes/{key}/enrolment-rounds"
    await way.training.catch_up()
    first = await way.training.post(path, key="round-1", **OFFICE)
    await way.training.tell(designation(3))
    await way.choose([3], key)
    await way.training.catch_up()
    again = await way.training.post(path, key="round-1", **OFFICE)
    assert (again.status_code, again.content) == (200, first.content)
    (verdict,) = done(await way.training.post(path, key="round-2", **OFFICE), 200)["results"]
    assert (verdict["status"], verdict["answer"]["worker"], verdict["answer"]["seats"]) == (201, worker(3), {key: 3})


async def test_nobody_is_in_two_classes_at_a_time(way: TrainingWay) -> None:
    await way.training.tell(designation(1))
    one, other, later = await way.open(), await way.open(), await way.open(starts=date(2026, 5, 6))
    for key in (one, other, later):
        await way.choose([1], key)
    done(await way.enrol(1, one))
    refused = await way.enrol(1, other)
    assert (refused.status_code, refused.json()["code"]) == (409, "another_class_then")
    done(await way.enrol(1, later))


async def test_a_seat_is_free_again_when_its_worker_has_died(way: TrainingWay) -> None:
    key = await chosen(way, 1, range(1, 3))
    done(await way.enrol(1, key))
    assert (await way.enrol(2, key)).json()["code"] == "class_full"
    await way.training.tell(death(1))
    done(await way.enrol(2, key))


async def test_classes_of_two_ids_are_one_persons(way: TrainingWay) -> None:
    training = way.training
    await training.tell(designation(1), designation(2))
    one, other = await way.open(), await way.open()
    for n, key in ((1, one), (2, other)):
        await way.choose([n], key)
        done(await way.enrol(n, key))
    await training.tell(found_to_be_one(1, 2))
    record = await way.get(f"/v1/workers/{worker(1)}/training")
    assert (len(record["classes"]), set(record["collisions"])) == (2, {one, other})
    third = await way.open(starts=date(2026, 5, 6))
    for n, code in ((2, "worker_stood_for"), (1, None)):
        (verdict,) = await way.choose([n], third)
        assert verdict["answer"].get("code") == code
    await training.tell(found_to_be_one(1, 2, undone=True))
    assert (await way.get(f"/v1/workers/{worker(1)}/training"))["collisions"] == []
