"""Versions of a rule pack: published before they hold, and never changed."""

from dataclasses import replace
from datetime import date

from eventcore import Seen
from eventcore.testing import given
from rule_packs import facts, shipped
from subsidy.packs.engine import Assessed, assess, stored
from subsidy.packs.events import PackPublished
from subsidy.packs.pack import Rules, digest
from subsidy.packs.publishing import publish
from subsidy.packs.refusals import PackBackdated
from subsidy.packs.rule_pack import (
    RULE_PACK,
    PublishPack,
    RulePack,
    first_on,
    names_for,
    pack_on,
    version_of,
)

TODAY = date(2026, 3, 2)
WIDER = Seen(states={("rule-pack", "520100-living"): RulePack(), ("rule-pack", "520000-living"): RulePack()})


def living(rate: int = 4_000, *, since: date = date(2025, 1, 1), until: date | None = None, region: str = "") -> Rules:
    rules = shipped("520000-living").rules
    allowance = rules.amount[1].model_copy(update={"rate": rate})
    changes = {"amount": (rules.amount[0], allowance), "valid_from": since, "valid_to": until}
    name = {"name": f"{region}-living", "region": region} if region else {}
    return rules.model_copy(update={**changes, **name})


def command(rules: Rules, today: date = TODAY) -> PublishPack:
    text = rules.canonical()
    return PublishPack(
        name=rules.name,
        text=text,
        digest=digest(text),
        region=rules.region,
        kind=rules.kind,
        valid_from=rules.valid_from,
        valid_to=rules.valid_to,
        officer="yang",
        organisation="hr-520000",
        today=today,
    )


def event(rules: Rules, version: int = 1, published_on: date = TODAY) -> PackPublished:
    text = rules.canonical()
    return PackPublished(
        name=rules.name,
        version=version,
        text=text,
        digest=digest(text),
        region=rules.region,
        kind=rules.kind,
        valid_from=rules.valid_from,
        valid_to=rules.valid_to,
        published_on=published_on,
        officer="yang",
        organisation="hr-520000",
    )


def test_the_first_version_may_hold_from_a_day_in_the_past() -> None:
    given(RULE_PACK).when(command(living())).then(event(living()))


def test_the_same_rules_again_are_nothing_to_do() -> None:
    given(RULE_PACK, event(living())).when(command(living())).then()


def test_another_version_is_published_before_its_first_day() -> None:
    later = living(5_000, since=date(2026, 3, 3))
    given(RULE_PACK, event(living())).when(command(later)).then(event(later, 2))
    for since in (TODAY, date(2025, 6, 1)):
        given(RULE_PACK, event(living())).when(command(living(5_000, since=since))).rejected(PackBackdated)


def test_a_county_pack_does_not_take_past_days_from_the_pack_of_the_province() -> None:
    county = living(region="520123")
    given(RULE_PACK).having_seen(WIDER).when(command(county)).then(event(county))
    decided = replace(
        WIDER, states={**WIDER.states, ("rule-pack", "520000-living"): RulePack(versions=(event(living()),))}
    )
    given(RULE_PACK).having_seen(decided).when(command(county)).rejected(PackBackdated)
    later = living(region="520123", since=date(2026, 4, 1))
    given(RULE_PACK).having_seen(decided).when(command(later)).then(event(later))


def on(day: date, *versions: PackPublished) -> int | None:
    found = pack_on(RulePack(versions=versions), day)
    return None if found is None else found.version


def test_a_version_ends_the_one_before_and_holds_to_before_its_last_day() -> None:
    first, second = event(living()), event(living(5_000, since=date(2026, 7, 1), until=date(2027, 1, 1)), 2)
    assert on(date(2024, 12, 31), first, second) is None
    assert on(date(2025, 1, 1), first, second) == 1
    assert on(date(2026, 6, 30), first, second) == 1
    assert on(date(2026, 7, 1), first, second) == 2
    assert on(date(2026, 12, 31), first, second) == 2
    assert on(date(2027, 1, 1), first, second) is None


def test_a_version_that_never_held_is_replaced_by_one_that_begins_earlier() -> None:
    future, sooner = event(living(5_000, since=date(2027, 1, 1)), 2), event(living(6_000, since=date(2026, 9, 1)), 3)
    assert on(date(2026, 8, 31), event(living()), future, sooner) == 1
    assert on(date(2026, 9, 1), event(living()), future, sooner) == 3
    assert on(date(2027, 1, 1), event(living()), future, sooner) == 3


def test_the_nearest_pack_decides() -> None:
    assert names_for("LIVING", "520123") == ("520123-living", "520100-living", "520000-living")
    assert names_for("SKILL_UPGRADE", "520000") == ("520000-skill-upgrade",)
    county = event(living(9_000, region="520123", since=date(2026, 4, 1)))
    states = [RulePack(versions=(county,)), RulePack(), RulePack(versions=(event(living()),))]
    for day, name in ((date(2026, 3, 31), "520000-living"), (date(2026, 4, 1), "520123-living")):
        found = first_on(states, day)
        assert found
        assert found.rules.name == name
    assert first_on([RulePack()], TODAY) is None


def test_an_earlier_decision_is_computed_again_by_the_version_that_it_names() -> None:
    before = RulePack(versions=(event(living()),))
    after = RulePack(versions=(event(living()), event(living(9_000, since=date(2026, 4, 1)), 2)))
    pack = pack_on(before, TODAY)
    assert pack
    found = assess(pack, facts(groups=("MONITORED",), completed=True, attended_days=20))
    assert isinstance(found, Assessed)
    name, _, version = found.explanation.pack.rpartition("@")
    again = version_of(after, int(version))
    assert name == "520000-living"
    assert again
    assert assess(again, stored(found.explanation.inputs)) == found
    assert version_of(after, 3) is None
    assert version_of(after, 0) is None


def test_what_is_published_names_the_version_and_the_digest_of_its_text() -> None:
    told = publish(event(living(until=date(2027, 1, 1))))
    assert (told.pack, told.region, told.kind) == ("520000-living@1", "520000", "LIVING")
    assert told.digest == digest(living(until=date(2027, 1, 1)).canonical())
    assert told.valid_to == date(2027, 1, 1)
