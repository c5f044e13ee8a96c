"""Decisions computed again from what is stored of them, by the very version of the rules that each names: nothing may
come out otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import Pages, queries
from eventcore.store import Store
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import Cursor
from fastapi import APIRouter
from pydantic import BaseModel

from subsidy.claims.claim import CLAIM
from subsidy.claims.endings import again
from subsidy.claims.events import ClaimAdjusted, ClaimDecided
from subsidy.packs.pack import Pack
from subsidy.packs.rule_pack import RULE_PACK, RulePack, version_of

Decided = ClaimDecided | ClaimAdjusted
PAGE: Final = 1_000
"""Events of the log that are looked at in one request."""


class Replay(BaseModel):
    """How many decisions of the page were computed again, which came out otherwise, and the cursor of the next page
    where there is one. 核定复算结果。"""

    decisions: int
    differing: list[str]
    next: str | None


@dataclass(frozen=True, slots=True)
class Rules:
    """Rule packs by the name that decisions give."""

    packs: Mapping[str, RulePack]

    def of(self, ref: str) -> Pack | None:
        name, _, version = ref.partition("@")
        return version_of(self.packs[name], int(version))


async def rules_of(store: Store, decisions: Iterable[Decided]) -> Rules:
    """Every rule pack that one of them names."""
    names = {each.explanation.pack.partition("@")[0] for each in decisions}
    found = await store.states(RULE_PACK, sorted(names))
    return Rules({name: packs for name, (packs, _) in found.items()})


def comes_out(decided: Decided, pack: Pack | None) -> bool:
    """Whether outcome, amount and the whole explanation come out again."""
    assessed = again(pack, decided.explanation) if pack else None
    return assessed is not None and (assessed.outcome, assessed.amount, assessed.explanation) == (
        decided.outcome,
        decided.amount,
        decided.explanation,
    )


async def replayed(store: Store, facts: Sequence[Fact[Any]]) -> tuple[int, list[str]]:
    """Of these facts, how many are decisions, and the ids of those that come out otherwise."""
    decisions = [fact for fact in facts if isinstance(fact.event, Decided)]
    rules = await rules_of(store, (fact.event for fact in decisions))
    differing = [fact.id for fact in decisions if not comes_out(fact.event, rules.of(fact.event.explanation.pack))]
    return len(decisions), differing


def routes(store: Store) -> APIRouter:
    """The route, with pages of the log."""
    found, pages = router(), Pages(store.pool, (Codec(CLAIM.events),), size=PAGE)

    @found.get("/v1/replays", tags=["operations"])
    async def replay(
        request: ApiRequest,
        cursor: Cursor = "",
    ) -> Replay:
        """Computes decisions again, in the order of the log, each by its own version of the rules (R-SUB-28).
        核定复算。"""
        after = request.after(cursor, tuple[int])[0] if cursor else 0
        with queries.reading():
            page = await pages.after(after)
        facts = [each for each in page.facts if isinstance(each, Fact)]
        unread = [each.stream for each in page.facts if not isinstance(each, Fact)]
        decisions, differing = await replayed(request.web.store, facts)
        following = request.cursor(page.last) if page.last > after else None
        return Replay(decisions=decisions, differing=differing + unread, next=following)

    return found
