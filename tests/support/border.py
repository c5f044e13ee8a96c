"""Two provinces that decide claims, and what each says to the other: in order, when it is brought over."""

from collections import deque
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from claim_facts import Life, said
from claim_world import NOW, TODAY, World
from contracts.addressed import addressees
from contracts.certification import CertificateIssuedV1
from contracts.stewardship import StewardshipHeldV1
from published import Published
from rule_packs import text_of
from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import InsuranceNoted
from subsidy.claims.dossier.parts import Said
from subsidy.publishing import published

HOME: Final = "520000"
HOST: Final = "440000"
WORKPLACE: Final = "440306"


@dataclass
class Border:
    """`home` and `host`, with what is on its way to each."""

    home: World = field(default_factory=lambda: province(HOME))
    host: World = field(default_factory=lambda: province(HOST))
    on_its_way: dict[str, deque[Published]] = field(default_factory=lambda: {HOME: deque(), HOST: deque()})
    _told: dict[str, int] = field(default_factory=lambda: {HOME: 0, HOST: 0})

    def world(self, region: str) -> World:
        return self.home if region == HOME else self.host

    def send(self) -> None:
        """What was said since, to those whom it is addressed to."""
        for region in (HOME, HOST):
            facts = self.world(region).facts
            for fact in facts[self._told[region] :]:
                event = None if fact.source else published(fact.event)
                for to in addressees(event) if event else ():
                    assert event is not None
                    self.on_its_way[to].append(Published(event=event, stream=fact.stream, version=fact.version, at=NOW))
            self._told[region] = len(facts)

    def bring(self, to: str) -> bool:
        """The next message to that province. Whether there was one."""
        self.send()
        if not self.on_its_way[to]:
            return False
        self.world(to).tell(self.on_its_way[to].popleft(), said_in=HOST if to == HOME else HOME)
        return True

    def settle(self) -> None:
        while self.bring(HOME) or self.bring(HOST):
            pass


def province(region: str) -> World:
    """A province with the rules of skill upgrade, and a handler who may decide."""
    found = World(region=region)
    found.publish(text_of("520000-skill-upgrade").replace("520000", region))
    found.commit()
    return found


def insured(found: World, worker: str) -> None:
    """The office of the place compared with the insurance."""
    noted = InsuranceNoted(
        worker=worker,
        insured=True,
        valid_from=date(2025, 1, 1),
        valid_to=None,
        noted_on=TODAY,
        official="cai",
        organisation="hrss",
        document="失保 2026-1",
        said=Said(fact="", order=1),
        concerns=(),
    )
    found.do(DOSSIER, worker, Note(noted))
    found.settle()


def a_guest(life: Life) -> Published:
    """The host's registry acts for the worker, who is at home elsewhere."""
    held = StewardshipHeldV1(to=(HOME,), worker=life.worker, home=HOME, organisation="gd-hrss", epoch=2)
    return said(held, f"tenure-{life.worker}", 2, 1)


def certified_at_the_host(life: Life) -> Published:
    """The certificate was issued where the work is."""
    issued: Any = life.issued()
    event: CertificateIssuedV1 = issued.event
    told = event.model_copy(update={"region": WORKPLACE, "training_class": None})
    return said(told, issued.stream, issued.version, 1)
