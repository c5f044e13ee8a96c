"""Subsidy's rules and claims: what each of their routes would accept, about claims of its own."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from tests.conformance.offices import Service, Who
from tests.conformance.preparing import CITY, COUNTY, EVIDENCE, PROVINCE
from tests.conformance.routes import Request
from tests.e2e.province import today

HANDLER: Final = Who(office="handler")
SUPERVISOR: Final = Who(office="supervisor")
RULES: Final = Who(office="rule-officer", region=PROVINCE)
LATER: Final = today() + timedelta(days=30)
MOST: Final = 500
CLAIMS: Final = 6
"""Claims of a turn that are not decided yet."""


class Claims:
    """The province's rules, and the city's handler who decides by them."""

    def __init__(self, service: Service) -> None:
        self._service = service
        root = service.province.deployment.project.root / "services" / "subsidy" / "packs"
        self._packs = {path.stem: path.read_text("utf-8") for path in root.glob(f"{PROVINCE}-*.yaml")}
        for text in self._packs.values():
            self._do("/v1/rule-packs", {"text": text}, **RULES)
        self._handler = service.province.bearer("handler", CITY).subject
        self._do(f"/v1/handlers/{self._handler}/commitments", self.commitment(), **SUPERVISOR)

    def _do(self, path: str, body: Any = None, **who: Any) -> Any:
        return self._service.do(path, body, **who)

    def commitment(self) -> dict[str, str]:
        until = today() + timedelta(days=300)
        return {"signed_on": str(today()), "valid_to": str(until), "document": EVIDENCE}

    def ready(self, kind: str) -> dict[str, str]:
        """Worker -> claim of the county that may be decided."""
        page = self._service.get(f"/v1/claims?region={COUNTY}&kind={kind}&state=READY&limit={MOST}", **HANDLER)
        return {each["worker"]: each["claim"] for each in page["claims"]}

    def decide(self, claims: list[str]) -> None:
        self._do("/v1/decision-batches", {"claims": claims}, **HANDLER)

    def held(self, claim: str) -> str:
        self._do(f"/v1/claims/{claim}/hold", {"reason": "CHECK_IDENTITY"}, **HANDLER)
        return claim

    def appealed(self, claim: str) -> str:
        self._do(f"/v1/claims/{claim}/appeal", self._appeal(), office="clerk")
        return claim

    def _appeal(self) -> dict[str, str]:
        return {"ground": "FACT_WRONG", "document": EVIDENCE}

    def next_pack(self, valid_from: date) -> str:
        """The version of a published pack that follows on a day."""
        text = self._packs[f"{PROVINCE}-skill-upgrade"]
        return text.replace("valid_from: 2025-01-01", f"valid_from: {valid_from}").replace("100000", "110000")

    def places(self) -> dict[str, list[Any]]:
        return {"name": list(self._packs), "version": [1], "handler": [self._handler]}

    def requests(self, claims: list[str], worker: str, turn: int) -> Iterator[Request]:
        """`CLAIMS` that may be decided; a worker who is known."""
        yield from self._of_packs(turn)
        yield from self._of_claims(claims)
        yield from self._of_handlers(turn)
        yield from self._of_dossiers(worker)
        yield from self._of_risks()

    def _of_packs(self, turn: int) -> Iterator[Request]:
        ask = self._service.asker()
        text = self.next_pack(LATER + timedelta(days=turn))
        tried = {"text": self._packs[f"{PROVINCE}-training"], "from": str(today()), "to": str(LATER)}
        yield ask("/v1/rule-packs", {"text": text}, region=PROVINCE, texts={"text": "rule_pack_invalid"})
        yield ask("/v1/pack-simulations", tried, region=PROVINCE)

    def _of_claims(self, claims: list[str]) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/claims/{claim}"
        decided, together, stopped, held, refused, appealed = claims
        self.decide([refused, appealed])
        looked_at = {"outcome": "REJECTED", "document": EVIDENCE}
        yield ask(f"{path}/decision", None, decided)
        yield ask("/v1/decision-batches", {"claims": [together]})
        yield ask(f"{path}/hold", {"reason": "CHECK_IDENTITY"}, stopped)
        yield ask(f"{path}/evidence", {"input": "ticket", "value": 48_000, "document": EVIDENCE}, stopped)
        yield ask(f"{path}/hold-end", {"document": EVIDENCE}, self.held(held))
        yield ask(f"{path}/appeal", self._appeal(), refused, office="clerk")
        yield ask(f"{path}/appeal-decision", looked_at, self.appealed(appealed))

    def _of_handlers(self, turn: int) -> Iterator[Request]:
        """A handler is whoever a token may speak of: any text."""
        ask, path = self._service.asker(), "/v1/handlers/{handler}"
        anybody: dict[str, Any] = {"strange": None, "nobody": None}
        briefing = {"attended_on": str(today()), "document": EVIDENCE}
        yield ask(f"{path}/commitments", self.commitment(), f"handler-{turn}", **anybody)
        yield ask(f"{path}/briefings", briefing, f"handler-{turn}", **anybody)

    def _of_dossiers(self, worker: str) -> Iterator[Request]:
        ask, path, day = self._service.asker(), "/v1/workers/{worker}", str(today())
        helped = {"kind": "CHARITY_GRANT", "giver": "某基金会", "received_on": day, "amount": 100, "document": EVIDENCE}
        yield ask(f"{path}/insurance", {"insured": True, "valid_from": day, "document": EVIDENCE}, worker)
        yield ask(f"{path}/help", helped, worker)

    def _of_risks(self) -> Iterator[Request]:
        ask = self._service.asker()
        risk = {"region": COUNTY, "kind": "DATA", "about": "claim-1", "due_on": str(LATER)}
        raised = str(self._do("/v1/risks", risk, **SUPERVISOR)["risk"])
        yield ask("/v1/risks", risk)
        yield ask("/v1/risks/{risk}/outcome", {"document": EVIDENCE}, raised)
