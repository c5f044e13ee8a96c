"""Whoever asks why is told in sentences, Chinese and English, and learns what is late."""

from dataclasses import replace
from datetime import date, timedelta

from claim_facts import Life
from claim_world import TODAY, World
from rule_packs import shipped, text_of
from subsidy.claims.endings import again
from subsidy.claims.events import ClaimReady
from subsidy.claims.explaining import explained
from subsidy.claims.state import Opened
from subsidy.claims.wording import NONE, worded
from subsidy.packs.pack import Pack

WANG = Life()


def living(*, decided: bool) -> tuple[World, Opened]:
    world = World()
    world.publish(text_of("520000-living"))
    world.commit()
    world.tell(WANG.completed(), WANG.registered())
    if decided:
        assert world.decide(WANG.claim("LIVING"))
    return world, world.claims()[WANG.claim("LIVING")]


def told(claim: Opened, pack: Pack | None, day: date = TODAY) -> tuple[str, str]:
    sentences = list(explained(claim, pack, day))
    return "\n".join(each.zh for each in sentences), "\n".join(each.en for each in sentences)


def test_what_is_late_says_by_how_many_days() -> None:
    _, claim = living(decided=False)
    standing = claim.standing
    assert isinstance(standing, ClaimReady)
    assert standing.due_on == standing.since + timedelta(days=15)
    zh, en = told(claim, None, standing.due_on)
    assert "超期" not in zh
    zh, en = told(claim, None, standing.due_on + timedelta(days=3))
    assert "已超期 3 天" in zh
    assert "Overdue by 3 days." in en


def test_who_waits_is_told_for_what_and_that_it_is_no_refusal() -> None:
    world = World()
    world.publish(text_of("520000-training"))
    world.tell(WANG.issued(), WANG.registered())
    zh, en = told(world.claims()[WANG.claim("TRAINING")], None, TODAY + timedelta(days=2))
    assert "（2 天），缺：培训合格、培训机构。不因缺材料而不予补贴。" in zh
    assert "(2 days) for: the training was completed, institution that trained." in en


def test_an_amount_is_told_with_its_rule_its_facts_and_its_arithmetic() -> None:
    _, claim = living(decided=True)
    zh, en = told(claim, shipped("520000-living"))
    assert "补贴 800.00元，由就业补助资金支付给本人。" in zh
    assert "CNY 800.00, from the Employment subsidy fund, to the worker." in en
    assert "520000-living@1" in zh
    assert WANG.completed().id in en
    assert "= 80000" in zh


def test_what_was_looked_at_is_told_in_words_and_not_in_codes() -> None:
    _, claim = living(decided=True)
    zh, en = told(claim, shipped("520000-living"))
    assert "培训合格：是；" in zh
    assert "the training was completed: yes;" in en
    groups = ("groups", ",".join(WANG.groups))
    assert f"当日所属群体：{worded(*groups).zh}；" in zh
    assert not any(code in zh.partition("当日所属群体：")[2].partition("；")[0] for code in WANG.groups)


def test_every_kind_of_value_has_words() -> None:
    assert (worded("employment_form", "FLEXIBLE").zh, worded("certificate_holds", "false").en) == ("灵活就业", "no")
    assert worded("groups", "") == worded("employment_form", "NONE") == NONE
    assert worded("region", "520526").zh.endswith("（520526）")
    assert worded("months_outside", "3+").zh == "3+"
    assert worded("training_category", "SOMETHING").en == "SOMETHING"
    assert worded("training_mode", "DIRECTED").zh == "定向培训"


def test_a_correction_is_told_with_its_cause() -> None:
    world, _ = living(decided=True)
    world.tell(WANG.attended(17))
    zh, en = told(world.claims()[WANG.claim("LIVING")], shipped("520000-living"))
    assert f"因事实 {WANG.attended(17).id} 变化" in zh
    assert "应退 120.00元" in zh
    assert "CNY 120.00 owed back, as far as it was paid." in en


def test_a_refusal_is_told_in_the_words_of_the_rule() -> None:
    world = World()
    world.publish(text_of("520000-living"))
    world.commit()
    stranger = WANG.but(groups=("RURAL_TRANSFERRED",))
    world.tell(stranger.completed(), stranger.registered())
    assert world.decide(stranger.claim("LIVING"))
    zh, _ = told(world.claims()[stranger.claim("LIVING")], shipped("520000-living"))
    assert "不予补贴" in zh
    assert "脱贫劳动力、防止返贫监测对象" in zh


def test_a_decision_computed_again_from_fewer_facts_does_not_come_out() -> None:
    _, claim = living(decided=True)
    assert claim.decision is not None
    explanation = claim.decision.made.explanation
    found = again(shipped("520000-living"), explanation)
    assert found is not None
    assert found.explanation == explanation
    assert again(shipped("520000-living"), replace(explanation, inputs=explanation.inputs[1:])) is None
