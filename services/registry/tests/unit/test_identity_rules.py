"""Who is who: what is asked once, who may answer, and whose number it is."""

from dataclasses import replace
from typing import Any

import pytest
from eventcore import Release, Seen, Take
from eventcore.decider import Undecided, fold
from eventcore.testing import given
from registry.identity import refusals
from registry.identity.answering import ANSWER, AnswerIdentity
from registry.identity.asking import ASK, AskIdentity, LearnIdentity
from registry.identity.events import IdentityAnswered, IdentityAsked, IdentityLearnt
from registry.indexes.guards import ASKED, IDENTITY, MINTED
from registry.indexes.rotation import NUMBERS, ROTATION
from registry.responsibility import ELSEWHERE, NotSteward
from registry.surveys.refusals import NumberOfAnotherProvince
from registry.surveys.survey import PERSON, SURVEY
from survey_samples import INDEX, ONE_INDEX, RECORD, RECORDED

HOME, HOST = "520000", "440000"
QUESTION = AskIdentity(ask="a1", owner=HOME, indexes=("1.i",), question="c2VhbGVk")
ASKED_IT = IdentityAsked(ask="a1", owner=HOME, number_index="1.i", question="c2VhbGVk", to=(HOME,))
ANSWERED = LearnIdentity(ask="a1", worker="w1", home="440306", by=HOME, province=HOST)
LEARNT = IdentityLearnt(ask="a1", worker="w1", home="440306", number_index="1.i", steward=None)


def test_the_owner_of_a_number_is_asked_once() -> None:
    given(ASK).when(QUESTION).then(ASKED_IT)
    given(ASK, ASKED_IT).when(QUESTION).then()
    with pytest.raises(Undecided):
        ASK.decide(QUESTION, ASK.initial, Seen(holders={(ASKED, "1.i"): "a0"}))


def test_only_the_owner_answers_and_only_who_was_asked() -> None:
    given(ASK, ASKED_IT).when(ANSWERED).then(LEARNT)
    given(ASK, ASKED_IT, LEARNT).when(ANSWERED).then()
    given(ASK, ASKED_IT).when(replace(ANSWERED, by="330000")).rejected(refusals.NotTheOwner)
    given(ASK).when(ANSWERED).rejected(refusals.NotAskedHere)


def test_who_is_at_home_elsewhere_is_surveyed_there() -> None:
    elsewhere = replace(LEARNT, home="520526", steward=HOME)
    given(ASK, ASKED_IT).when(replace(ANSWERED, home="520526")).then(elsewhere)
    effects = [*ASK.effects(fold(ASK, [ASKED_IT]), elsewhere)]
    assert Take(IDENTITY, "1.i", holder="w1") in effects
    assert effects[-2:] == [Release(ELSEWHERE, "w1"), Take(ELSEWHERE, "w1", holder=HOME)]


ASKED_FOR = AnswerIdentity(
    ask="a1",
    asker=HOST,
    number="520599189003070024",
    indexes=("1.i",),
    holder=None,
    new_worker="w-new",
    home="440306",
    province=HOME,
)
TOLD: dict[str, Any] = {"ask": "a1", "asker": HOST, "home": "440306", "number_index": "1.i", "to": (HOST,)}
MADE = IdentityAnswered(**TOLD, worker="w-new", minted=True, steward=HOST, number="520599189003070024")
ROTATING = {(ROTATION.category, NUMBERS): ROTATION.initial}


def test_who_is_not_known_gets_an_id_where_the_number_belongs() -> None:
    given(ANSWER).having_seen(Seen(ROTATING)).when(ASKED_FOR).then(MADE)
    given(ANSWER, MADE).having_seen(Seen(ROTATING)).when(ASKED_FOR).then()
    assert [*ANSWER.effects(None, MADE)] == [
        Take(PERSON, "1.i", holder="w-new"),
        Take(MINTED, "w-new", holder="440000-a1"),
        Take(ELSEWHERE, "w-new", holder=HOST),
    ]


def test_who_is_known_keeps_the_id_and_nothing_is_taken() -> None:
    seen = Seen(ROTATING, {(PERSON, "1.i"): "w1"})
    known = replace(MADE, worker="w1", minted=False, steward=None, number=None, home="520526")
    given(ANSWER).having_seen(seen).when(replace(ASKED_FOR, holder="w1", home="520526")).then(known)
    assert [*ANSWER.effects(None, known)] == []
    with pytest.raises(Undecided):
        ANSWER.decide(ASKED_FOR, None, seen)


def test_nobody_answers_for_numbers_of_others() -> None:
    foreign = replace(ASKED_FOR, number="330599189003070029")
    given(ANSWER).having_seen(Seen(ROTATING)).when(foreign).rejected(refusals.NumberNotOurs)


FOREIGN = replace(RECORD, number="330599189003070029")


def test_nobody_gets_an_id_here_whose_number_is_another_provinces() -> None:
    given(SURVEY).having_seen(ONE_INDEX).when(FOREIGN).rejected(NumberOfAnotherProvince)
    answered = Seen(INDEX, {(IDENTITY, "1.h"): "w7"})
    found = replace(RECORDED, number=FOREIGN.number, worker="w7")
    given(SURVEY).having_seen(answered).when(FOREIGN).then(found)


def test_who_is_at_home_elsewhere_is_not_surveyed_here() -> None:
    elsewhere = Seen(INDEX, {(IDENTITY, "1.h"): "w7", (ELSEWHERE, "w7"): "330000"})
    given(SURVEY).having_seen(elsewhere).when(FOREIGN).rejected(NotSteward)
    handed_over = Seen(INDEX, {(PERSON, "1.h"): "w1", (ELSEWHERE, "w1"): HOST})
    given(SURVEY).having_seen(handed_over).when(RECORD).rejected(NotSteward)
