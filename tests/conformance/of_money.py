"""Subsidy's money: what each of its routes would accept, about orders, batches and funds of its own."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from lb.sample.residents import account_of

from tests.conformance.counting import quiet
from tests.conformance.of_training import new_institution
from tests.conformance.offices import Service, Who
from tests.conformance.preparing import EVIDENCE, PROVINCE
from tests.conformance.routes import Request
from tests.e2e.province import today

TREASURER: Final = Who(office="fund-officer", region=PROVINCE)
SECOND: Final = Who(office="fund-officer", region=PROVINCE, subject="zhang")
RELEASER: Final = Who(office="releaser", region=PROVINCE)
FUND: Final = "EMPLOYMENT_SUBSIDY"
TO_FREEZE: Final = "REEMPLOYMENT_TRAINING"
TO_EXPLAIN: Final = "LOCAL_MATCHING"
TO_UNFREEZE: Final = ("CENTRAL_POVERTY_RELIEF", "EMPLOYEE_EDUCATION")
"""One for each turn: once it is unfrozen it pays again."""
MONEY: Final = 1_000_000_000
DUE: Final = 5
"""Orders of a turn that are due."""
_CODE: Final = {"nobody": (422, "request_invalid")}


class Money:
    """The province's treasury."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._batches: list[str] = []
        self._payees: list[str] = []
        self._do(f"/v1/funds/{FUND}/allocations", {"amount": MONEY, "document": EVIDENCE}, **TREASURER)

    def _do(self, path: str, body: Any = None, **who: Any) -> Any:
        return self._service.do(path, body, **who)

    def account(self, n: int) -> dict[str, str]:
        return {"name": "毕节某单位", "account": account_of(n), "bank": "中国农业银行", "document": EVIDENCE}

    def recorded(self, payee: str, n: int) -> str:
        """An organisation whose account waits to be confirmed."""
        self._do(f"/v1/payees/{payee}/account", self.account(n), **TREASURER)
        return payee

    def paid_to(self, payee: str, n: int) -> None:
        """From now on."""
        self._payees.append(self.recorded(payee, n))
        self._do(f"/v1/payees/{payee}/confirmation", {"account": account_of(n)}, **SECOND)

    def orders(self, claims: Sequence[str]) -> list[str]:
        """The order of each claim."""
        pages = [self._service.get(f"/v1/claims/{claim}/payments", **TREASURER) for claim in claims]
        return [page["orders"][-1]["payment"] for page in pages]

    def proposed(self, *orders: str) -> Any:
        return self._do("/v1/payment-batches", {"fund": FUND, "payments": list(orders)}, **TREASURER)

    def pay(self, orders: Sequence[str]) -> None:
        """Returns when the bank has answered."""
        batch = self.proposed(*orders)
        self._batches.append(batch["batch"])
        self._do(f"/v1/payment-batches/{batch['batch']}/approvals", {"hash": batch["hash"]}, **RELEASER)
        quiet(self._service.province)

    def frozen(self, fund: str, document: str) -> None:
        self._do(f"/v1/funds/{fund}/freeze", {"reason": "核查中", "document": document}, **TREASURER)

    def places(self) -> dict[str, list[Any]]:
        """The day before has been reconciled."""
        day = str(today() - timedelta(days=1))
        self._do("/v1/reconciliations", {"day": day}, **TREASURER)
        return {"batch": self._batches, "payee": self._payees, "day": [day]}

    def requests(self, orders: Sequence[str], left_out: Sequence[str], owed_back: str, turn: int) -> Iterator[Request]:
        """`DUE` orders, two claims whose payee has no account, and one that was paid too much."""
        yield from self._of_funds(turn)
        yield from self._of_batches(orders)
        yield from self._of_payments(left_out, owed_back)
        yield from self._of_payees(turn)
        yield self._service.asker()("/v1/reconciliations", {"day": str(today())}, region=PROVINCE)

    def _of_funds(self, turn: int) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/funds/{fund}"
        item, fund = f"冻结〔2026〕{turn}号", TO_UNFREEZE[turn]
        for frozen in (TO_EXPLAIN, fund):
            self.frozen(frozen, item)
        explained = {"item": item, "document": EVIDENCE}
        self._do(f"{path.format(fund=fund)}/explanations", explained, **TREASURER)
        money, why = {"amount": MONEY, "document": EVIDENCE}, {"reason": "核查中", "document": item}
        yield ask(f"{path}/allocations", money, TO_FREEZE, region=PROVINCE, **_CODE)
        yield ask(f"{path}/freeze", why, TO_FREEZE, region=PROVINCE, **_CODE)
        yield ask(f"{path}/explanations", explained, TO_EXPLAIN, region=PROVINCE, **_CODE)
        yield ask(f"{path}/unfreeze", None, fund, region=PROVINCE, subject="zhang", **_CODE)

    def _of_batches(self, orders: Sequence[str]) -> Iterator[Request]:
        ask, path = self._service.asker(), "/v1/payment-batches/{batch}"
        nobody: dict[str, Any] = {"region": PROVINCE, "nobody": (409, "batch_unknown")}
        due, first, second, cancelled, approved = orders
        edited, over, good = (self.proposed(*each)["batch"] for each in ((first, second), (cancelled,), (approved,)))
        hash = self._service.get(path.format(batch=good), **TREASURER)["hash"]
        why = "账户待核实"
        yield ask("/v1/payment-batches", {"fund": FUND, "payments": [due]}, region=PROVINCE)
        yield ask(f"{path}/removals", {"payments": [first], "reason": why}, edited, **nobody)
        yield ask(f"{path}/cancellation", {"reason": why}, over, **nobody)
        yield ask(f"{path}/approvals", {"hash": hash}, good, **nobody)

    def _of_payments(self, left_out: Sequence[str], owed_back: str) -> Iterator[Request]:
        ask, (one, other) = self._service.asker(), left_out
        back = {"amount": 100, "document": EVIDENCE, "received_on": str(today())}
        yield ask("/v1/claims/{claim}/payment-renewal", {"ground": "账户已更正"}, one)
        yield ask("/v1/payment-renewal-batches", {"claims": [other], "ground": "账户已更正"})
        yield ask("/v1/claims/{claim}/recoveries", back, owed_back)

    def _of_payees(self, turn: int) -> Iterator[Request]:
        ask, path, n = self._service.asker(), "/v1/payees/{payee}", 800_000_000 + turn
        confirmed = self.recorded(new_institution(), n)
        own: dict[str, Any] = {"region": PROVINCE, **_CODE}
        yield ask(f"{path}/account", self.account(n), new_institution(), **own)
        yield ask(f"{path}/confirmation", {"account": account_of(n)}, confirmed, **own, subject="zhang")
