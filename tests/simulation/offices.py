"""Offices of subsidies in two provinces: certificates are heard of, claims decided, orders paid or not, by chance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from contracts.certification import CertificateIssuedV1, CertificateRevokedV1
from eventcore.facts import Fact, Meta
from rule_packs import text_of
from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import DecideClaim
from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import InsuranceNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.handlers.handler import HANDLER, SignCommitment, handler_key
from subsidy.claims.state import Opened, kind_of
from subsidy.money.funds.commands import AllocateMoney
from subsidy.money.funds.fund import FUND
from subsidy.money.payments.commands import RecordRecovery
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account
from subsidy.packs.pack import digest
from subsidy.packs.reading import read_rules
from subsidy.packs.rule_pack import RULE_PACK, PublishPack

from tests.simulation.node import all_streams
from tests.simulation.people import COUNTIES, OTHER, OWN, People
from tests.simulation.tills import Tills

INSURANCE: Final = "UNEMPLOYMENT_INSURANCE"
WELDER: Final = "2022/6-18-02-04"
WELDER_BEFORE: Final = "1999/6-04-02-05"
WHO: Final = "hu"
BODY: Final = "91520502MA6DLL0013"
PACK: Final = "520000-skill-upgrade"


@dataclass(slots=True, eq=False, repr=False)
class Offices:
    """What is paid once for an occupation and level, asked for wherever the worker was certified."""

    people: People
    issued: dict[str, list[CertificateIssuedV1]] = field(default_factory=lambda: {OWN: [], OTHER: []})
    references: int = 0
    tills: Tills = field(init=False)

    def __post_init__(self) -> None:
        self.tills = Tills(self.people)

    def settle_in(self) -> None:
        """Rules are published, money is there, a handler has signed; everybody is insured."""
        for region in (OWN, OTHER):
            self._do(region, RULE_PACK, PACK.replace(OWN, region), self._pack(region))
            money = AllocateMoney(
                fund=INSURANCE, amount=10**9, document="7", official="fu", organisation="o", today=self._today
            )
            self._do(region, FUND, INSURANCE, money)
            self._do(region, HANDLER, handler_key(WHO), self._commitment())
            for worker in self.people.workers:
                self._do(region, DOSSIER, worker, Note(self._insurance(worker)))
        self.people.rest(1)

    def act(self) -> None:
        """Somebody does something."""
        self._chance.one(ACTS)(self)

    def certify(self) -> None:
        """A worker gets the certificate, at home or where the job is, under the old or the new occupation."""
        region = self._chance.one((OWN, OTHER))
        worker = self._chance.one(self.people.workers)
        event = CertificateIssuedV1(
            certificate=f"c-{region}-{worker}-{len(self.issued[region])}",
            worker=worker,
            kind="SKILL_LEVEL",
            occupation=self._chance.one((WELDER, WELDER_BEFORE)),
            level="5",
            issued_on=self._today,
            region=COUNTIES[region][0],
            assessment="a1",
            body=BODY,
            training_class=None,
            standard_fee=28_000,
            charged_fee=8_000,
        )
        self.issued[region].append(event)
        self._tell(region, event, 1)

    def revoke(self) -> None:
        region = self._chance.one((OWN, OTHER))
        if not self.issued[region] or self._chance.happens(0.5):
            return
        event = self._chance.one(self.issued[region])
        revoked = CertificateRevokedV1(
            certificate=event.certificate,
            worker=event.worker,
            kind=event.kind,
            occupation=event.occupation,
            level=event.level,
            corrects=f"certificate-{event.certificate}/1",
            revoked_on=event.issued_on,
            reason="FALSE_SCORES",
            organisation="hrss",
        )
        self._tell(region, revoked, 2)

    def decide(self) -> None:
        for region, key, claim in self._some("claim", Opened):
            command = DecideClaim(
                worker=claim.opened.worker,
                kind=kind_of(claim.opened.kind),
                region=claim.region,
                today=self._today,
                handler=WHO,
                handler_key=handler_key(WHO),
                organisation="hrss",
            )
            self._do(region, CLAIM, key, command)

    def pay(self) -> None:
        """Proposed, approved, written and answered: what is due then, each a while after the other."""
        for step in (self.tills.answer, self.tills.write, self.tills.approve, self.tills.propose):
            step()

    def send_back(self) -> None:
        self.tills.send_back()

    def recover(self) -> None:
        """Who owes money back brings it."""
        for region, key, account in self._some("payment", Account):
            if account.owed_back:
                self.references += 1
                command = RecordRecovery(
                    amount=account.owed_back,
                    document=f"receipt-{self.references}",
                    received_on=self._today,
                    official="fu",
                    today=self._today,
                )
                self._do(region, PAYMENT, key, command)

    @property
    def _chance(self) -> Any:
        return self.people.world.chance

    @property
    def _today(self) -> date:
        return self.people.today

    def _some(self, category: str, kind: type) -> Iterator[tuple[str, str, Any]]:
        """One of the streams of any province that are in this state."""
        region = self._chance.one((OWN, OTHER))
        streams = all_streams(self.people.world.node(region, "subsidy"), category)
        found = [(key, state) for key, state in streams if isinstance(state, kind)]
        if found:
            key, state = self._chance.one(found)
            yield region, key, state

    def _do(self, region: str, decider: Any, key: str, command: Any) -> None:
        self.people.do(region, "subsidy", decider, key, command)

    def _tell(self, region: str, event: Any, version: int) -> None:
        """As certification of that province says it."""
        world = self.people.world
        stream = f"certificate-{event.certificate}"
        fact = Fact(
            event=event,
            id=f"{stream}/{version}/{event.type}",
            stream=stream,
            version=version,
            position=0,
            occurred_at=world.now,
            recorded_at=world.now,
            meta=Meta(),
            source=f"/cn/{region}/certification",
        )
        world.node(region, "subsidy").log.take_in(fact, world.now)

    def _pack(self, region: str) -> PublishPack:
        rules = read_rules(text_of(PACK).replace(OWN, region))
        canonical = rules.canonical()
        return PublishPack(
            name=rules.name,
            text=canonical,
            digest=digest(canonical),
            region=rules.region,
            kind=rules.kind,
            valid_from=rules.valid_from,
            valid_to=rules.valid_to,
            officer="ru",
            organisation="hrss",
            today=self._today,
        )

    def _commitment(self) -> SignCommitment:
        return SignCommitment(
            handler=WHO,
            signed_on=self._today,
            valid_to=self._today.replace(year=self._today.year + 1),
            document="17",
            supervisor="su",
            organisation="hrss",
            today=self._today,
        )

    def _insurance(self, worker: str) -> InsuranceNoted:
        return InsuranceNoted(
            worker=worker,
            insured=True,
            valid_from=date(2025, 1, 1),
            valid_to=None,
            noted_on=self._today,
            official="cai",
            organisation="hrss",
            document="1",
            said=Said(fact="", order=1),
            concerns=(),
        )


ACTS: Final[tuple[Callable[[Offices], None], ...]] = (
    Offices.certify, Offices.decide, Offices.decide, Offices.decide, Offices.pay, Offices.pay, Offices.pay,
    Offices.revoke, Offices.recover, Offices.send_back,
)  # fmt: skip
"""What is done, as often as it stands here."""
