"""Where the money leaves: orders in batches that another person approves, files to the bank, and what it answers. The
rules are the service's own; the bank keeps only its word."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from subsidy.money.bank.bank_file import BANK_FILE, SendFile, Sent, TakeFile
from subsidy.money.bank.bank_file import Unknown as NoFile
from subsidy.money.bank.events import Answer, FileSent, SentOrder
from subsidy.money.batches.batch import IN_BATCH, PAYMENT_BATCH, RELEASED, Proposed
from subsidy.money.batches.commands import ApproveBatch, ProposeBatch
from subsidy.money.batches.events import Line
from subsidy.money.payments.commands import OrderPayment
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account

from tests.simulation.node import Node, all_streams
from tests.simulation.people import OTHER, OWN, People

FUND: Final = "UNEMPLOYMENT_INSURANCE"


@dataclass(slots=True, eq=False, repr=False)
class Tills:
    """Both provinces' offices of money, and their banks."""

    people: People
    papers: int = 0

    def propose(self) -> None:
        """Everything that is due, in one batch."""
        region, node = self._somewhere()
        if lines := tuple(_due(node)):
            batch = self._paper("b")
            command = ProposeBatch(batch=batch, fund=FUND, lines=lines, official="fu", **self._signed)
            self._do(region, PAYMENT_BATCH, batch, command)

    def approve(self) -> None:
        region, node = self._somewhere()
        for key, batch in _batches(node):
            if not batch.approved_by:
                command = ApproveBatch(batch=key, fund=FUND, hash=batch.hash, official="re", **self._signed)
                self._do(region, PAYMENT_BATCH, key, command)

    def write(self) -> None:
        """A file for what the fund released: orders that are withdrawn meanwhile do not go out with it."""
        region, node = self._somewhere()
        for key, batch in _batches(node):
            file = node.log.guards.get((RELEASED, key))
            if file is None or not isinstance(node.log.state(BANK_FILE, file), NoFile):
                continue
            for line in batch.lines:
                order = OrderPayment(payment=line.payment, batch=key, file=file, today=self.people.today)
                self._do(region, PAYMENT, line.claim, order)
            goes = [line for line in batch.lines if _goes_out(node, line, file)]
            if goes:
                self._do(region, BANK_FILE, file, SendFile(sent=self._sent(file, batch, goes)))

    def answer(self) -> None:
        """The bank has paid, or not; it says so once or twice."""
        region, node = self._somewhere()
        for file, sent in list(all_streams(node, "bank-file")):
            if isinstance(sent, Sent) and any(_is_open(node, each, file) for each in sent.orders):
                lines = tuple(self._line(each) for each in sent.orders)
                self._take(region, f"RET-{file}", "RET", lines, answers=file)

    def send_back(self) -> None:
        """Of one payment, what has not come back yet."""
        region, node = self._somewhere()
        for key, account in list(all_streams(node, "payment")):
            last = account.executed[-1] if isinstance(account, Account) and account.executed else None
            if last and last.amount > last.sent_back and self.people.world.chance.happens(0.2):
                amount = last.sent_back - last.amount
                line = Answer(
                    payment=last.payment, claim=key, amount=amount, status="R", reason="ACCOUNT_CLOSED",
                    reference=self._paper("r"), fund="",
                )  # fmt: skip
                self._take(region, self._paper("REV-"), "REV", (line,), executed={last.payment: last.amount})

    @property
    def _signed(self) -> dict[str, Any]:
        return {"organisation": "o", "today": self.people.today}

    def _paper(self, kind: str) -> str:
        self.papers += 1
        return f"{kind}{self.papers}"

    def _somewhere(self) -> tuple[str, Node]:
        region = self.people.world.chance.one((OWN, OTHER))
        return region, self.people.world.node(region, "subsidy")

    def _do(self, region: str, decider: Any, key: str, command: Any) -> None:
        self.people.do(region, "subsidy", decider, key, command)

    def _sent(self, file: str, batch: Proposed, lines: list[Line]) -> FileSent:
        total = sum(each.amount for each in lines)
        return FileSent(
            file=file,
            kind="PAY",
            batch=batch.batch,
            fund=FUND,
            day=self.people.today,
            count=len(lines),
            sum=total,
            digest=file,
            left_out=batch.amount - total,
            orders=tuple(
                SentOrder(payment=each.payment, claim=each.claim, region=each.region, amount=each.amount)
                for each in lines
            ),
        )

    def _line(self, order: SentOrder) -> Answer:
        status: Literal["S", "F"] = self.people.world.chance.one(("S", "S", "S", "F"))
        return Answer(
            payment=order.payment,
            claim=order.claim,
            amount=order.amount,
            status=status,
            reason="" if status == "S" else "ACCOUNT_CLOSED",
            reference=self._paper("r"),
            fund="",
        )

    def _take(
        self,
        region: str,
        file: str,
        kind: Any,
        lines: tuple[Answer, ...],
        answers: str = "",
        executed: dict[str, int] | None = None,
    ) -> None:
        command = TakeFile(
            file=file,
            kind=kind,
            answers=answers,
            day=self.people.today,
            sum=sum(each.amount for each in lines),
            digest=file,
            whole=file,
            lines=lines,
            executed=executed or {},
            today=self.people.today,
        )
        self._do(region, BANK_FILE, file, command)


def _due(node: Node) -> Iterator[Line]:
    for key, account in all_streams(node, "payment"):
        order = account.open if isinstance(account, Account) else None
        if order and order.stage == "due" and (IN_BATCH, order.payment) not in node.log.guards:
            yield Line(
                payment=order.payment,
                claim=key,
                kind=account.kind,
                region=account.region,
                amount=order.amount,
                payee=order.payee,
                handlers=account.handlers,
            )


def _batches(node: Node) -> list[tuple[str, Proposed]]:
    return [(key, batch) for key, batch in all_streams(node, "payment-batch") if isinstance(batch, Proposed)]


def _goes_out(node: Node, line: Line, file: str) -> bool:
    account = node.log.state(PAYMENT, line.claim)
    order = account.open if isinstance(account, Account) else None
    return order is not None and (order.payment, order.file) == (line.payment, file)


def _is_open(node: Node, order: SentOrder, file: str) -> bool:
    account = node.log.state(PAYMENT, order.claim)
    return isinstance(account, Account) and account.open is not None and account.open.file == file
