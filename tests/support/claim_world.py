"""The rules of claims without a database: facts come in, policies answer until nothing follows any more."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
from eventcore import Fact, Meta, Post, Read, Rejected, Release, Seen, Take
from eventcore.decider import Decider
from eventcore.readers import Policy
from msgspec.structs import replace
from published import Published
from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import DecideClaim
from subsidy.claims.handlers.handler import HANDLER, SignCommitment, handler_key
from subsidy.claims.state import Opened, kind_of
from subsidy.claims.wiring import POLICIES
from subsidy.packs.pack import digest
from subsidy.packs.reading import read_rules
from subsidy.packs.rule_pack import RULE_PACK, PublishPack

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
WITHOUT_SHARING = [each for each in POLICIES if "link_is_noted" not in each.name and "two_ids" not in each.name]
"""As it was before ids of one person told each other anything."""


@dataclass
class World:
    """Streams, guards and postings of a province, as its log would hold them."""

    region: str = "520000"
    policies: Sequence[Policy] = POLICIES
    accounts: Counter[str] = field(default_factory=Counter)
    states: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    guards: dict[tuple[str, str], str] = field(default_factory=dict)
    facts: list[Fact[Any]] = field(default_factory=list)
    waiting: deque[Fact[Any]] = field(default_factory=deque)

    def publish(self, text: str) -> None:
        """A rule pack, as it is written."""
        rules = read_rules(text)
        canonical = rules.canonical()
        command = PublishPack(
            name=rules.name,
            text=canonical,
            digest=digest(canonical),
            region=rules.region,
            kind=rules.kind,
            valid_from=rules.valid_from,
            valid_to=rules.valid_to,
            officer="ru",
            organisation="guizhou-hrss",
            today=TODAY,
        )
        self.do(RULE_PACK, rules.name, command)
        self.settle()

    def tell(self, *published: Published, said_in: str = "") -> None:
        """Another service's facts, or another province's; a policy knows the ids that it has answered."""
        known = {fact.id for fact in self.facts}
        for each in published:
            if each.id not in known:
                fact = replace(each.fact(len(self.facts) + 1, said_in or self.region), recorded_at=NOW)
                self.facts.append(fact)
                self.waiting.append(fact)
                known.add(each.id)
        self.settle()

    def settle(self) -> None:
        while self.waiting:
            fact = self.waiting.popleft()
            for policy in self.policies:
                if fact.source and fact.event.type not in policy.foreign:
                    continue
                if not fact.source and not any(fact.event.type in codec.types() for codec in policy.own):
                    continue
                for do in policy.react(fact):
                    self.do(do.decider, do.key, do.command)

    def do(self, decider: Decider[Any, Any, Any], key: str, command: Any) -> None:
        """A command. Raises what the rules refuse; of a policy they refuse nothing here."""
        stream = decider.stream(key)
        before = self.states.get(stream, decider.initial)
        events = decider.decide(command, before, self._seen(decider.reads(command)))
        posted = 0
        for event in events:
            effects = list(decider.effects(before, event))
            posted += sum(each.amount for each in effects if isinstance(each, Post))
            for effect in effects:
                self._apply(effect)
            before = decider.evolve(before, event)
            self._append(stream, event)
        assert posted == 0
        self.states[stream] = before

    def _seen(self, reads: Iterable[Read]) -> Seen:
        asked = list(reads)
        states = {
            (read.decider.category, read.key): self.states.get(read.decider.stream(read.key), read.decider.initial)
            for read in asked
            if read.decider
        }
        holders = {read.guard: self.guards[read.guard] for read in asked if read.guard and read.guard in self.guards}
        return Seen(states, holders)

    def _apply(self, effect: object) -> None:
        match effect:
            case Post(account, amount):
                self.accounts[account] += amount
            case Take(scope, key, holder):
                assert self.guards.setdefault((scope, key), holder) == holder, "two hold one guard"
            case Release(scope, key):
                del self.guards[scope, key]
            case _:
                pass

    def _append(self, stream: str, event: Any) -> None:
        assert msgspec.json.encode(event), "it can be stored"
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        fact = Fact(
            event=event,
            id=f"{stream}/{version}",
            stream=stream,
            version=version,
            position=len(self.facts) + 1,
            occurred_at=NOW,
            recorded_at=NOW,
            meta=Meta(),
        )
        self.facts.append(fact)
        self.waiting.append(fact)

    def commit(self, handler: str = "hu") -> None:
        """The handler may decide."""
        signed = SignCommitment(
            handler=handler,
            signed_on=TODAY,
            valid_to=TODAY.replace(year=TODAY.year + 1),
            document="廉承 2026-17",
            supervisor="su",
            organisation="guizhou-hrss",
            today=TODAY,
        )
        self.do(HANDLER, handler_key(handler), signed)
        self.settle()

    def claims(self) -> dict[str, Opened]:
        """All claims by their ids."""
        return {
            stream.removeprefix("claim-"): state
            for stream, state in sorted(self.states.items())
            if isinstance(state, Opened)
        }

    def decide_all(self) -> None:
        """What is ready is decided, in the order of ids; the rest waits."""
        for key in self.claims():
            self.decide(key)

    def decide(self, claim: str, handler: str = "hu") -> bool:
        """Whether it could be decided."""
        found = self.claims()[claim]
        command = DecideClaim(
            worker=found.opened.worker,
            kind=kind_of(found.opened.kind),
            region=found.region,
            today=TODAY,
            handler=handler,
            handler_key=handler_key(handler),
            organisation="guizhou-hrss",
        )
        try:
            self.do(CLAIM, claim, command)
        except Rejected:
            return False
        self.settle()
        return True
