"""What the bank does with what comes: pays, answers, takes back, tells what it did."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from bank.book import Book, Movement, Order, Outgoing
from bank.mishaps import Damage, Fate, Mishaps
from bank.model import (
    CAME_BACK,
    EXECUTED,
    NOT_EXECUTED,
    NOT_KNOWN,
    Answer,
    Detail,
    Document,
    Inquiry,
    Payment,
    Refused,
    document,
    fund_of,
)

_ACCOUNT: Final = re.compile(r"[0-9](?:-?[0-9]){7,31}")
_UNKNOWN: Final = "ORDER_UNKNOWN"
LATE: Final = 5.0
"""Seconds by which a late file comes later than the others."""
MOST_TRIES: Final = 5
"""So often the same lines are sent to a province that puts them aside; then somebody must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The rules, over a book. `today` is the calendar day; `now` seconds since 1970."""

    book: Book
    mishaps: Mishaps
    today: Callable[[], str]
    now: Callable[[], float]
    delay: float = 0.0

    def take(self, found: Document, ending: str, data: bytes) -> str:
        """Do what a whole file of the province says, once, and answer it. What became of it, in words.

        Refused: its id came before with other bytes.
        """
        file, digest = found.header.file, hashlib.sha256(data).hexdigest()
        with self.book.transaction():
            match self.book.received(file):
                case None:
                    self.book.receive(file, digest, found.header.day)
                    self._answer(found, ending)
                    return "taken"
                case (known, _) if known != digest:
                    raise Refused("already_taken")
                case (_, False):
                    return "taken before a stop"
                case _:
                    self._post_again(self.book.answer_to(file))
                    return "answered again"

    def look_back(self, taken: set[str], quarantined: set[str]) -> list[str]:
        """What the province did with our files: what it put aside is sent again under the next number, but not for
        ever. The ids of those that are given up."""
        given_up: list[str] = []
        if not self.book.underway() & (taken | quarantined):
            return given_up
        with self.book.transaction():
            for out in self.book.outgoing("sent"):
                if out.file in taken:
                    self.book.mark(out.file, "copy" if out.damage is Damage.DOUBLED else "taken")
                elif out.file in quarantined:
                    self.book.mark(out.file, "refused")
                    if out.tries < MOST_TRIES:
                        self._post_again(out, tries=out.tries + 1)
                    else:
                        given_up.append(out.file)
        return given_up

    def reverse(self, share: float, ending: str) -> str | None:
        """Such a share of the executed orders comes back that the province knows of. The file's id, None for none."""
        with self.book.transaction():
            went = [each for each in self.book.reversible() if self.mishaps.draw("reverse", each.payment) < share]
            if not went:
                return None
            for each in went:
                self.book.move(each.payment, -each.amount, self._day())
            back = [found for each in went if (found := self.book.movement(each.payment, back=True))]
            return self._post("REV", map(_line, back), ending)

    def close_session(self, ending: str) -> str:
        """A statement of what the province knows and no statement had. The file's id."""
        with self.book.transaction():
            moved = self.book.unstated()
            file = self._post("STM", (_line(each, fund=each.fund) for each in moved), ending)
            self.book.state(file, moved)
            return file

    def _answer(self, asked: Document, ending: str) -> None:
        file = asked.header.file
        payments = [each for each in asked.details if isinstance(each, Payment)]
        lines = [self._pay(each, fund_of(file)) for each in payments]
        lines += [self._tell(each) for each in asked.details if isinstance(each, Inquiry)]
        if self.mishaps.shuffled:
            lines.sort(key=lambda line: self.mishaps.draw("line", file, line.payment))
        if file.startswith("PAY-"):
            self._post("RET", lines, ending, answers=file, damage=self.mishaps.of_file(file, self.book.returns()))
        else:
            self._post("ANS", lines, ending, answers=file)

    def _pay(self, wanted: Payment, fund: str) -> Answer:
        payee = hashlib.sha256(wanted.account.encode()).hexdigest()
        known = self.book.order(wanted.payment)
        if known is None:
            known = self._open(wanted, payee, fund)
            self.book.enter(known)
            if known.executed:
                self.book.move(known.payment, known.amount, self._day())
        elif known.reason != _UNKNOWN and (known.amount, known.payee) != (wanted.amount, payee):
            return Answer(payment=wanted.payment, amount=wanted.amount, status=NOT_EXECUTED, reason="ID_REUSED")
        return self._status(known, wanted.amount)

    def _open(self, wanted: Payment, payee: str, fund: str) -> Order:
        wrong = _wrong(wanted)
        fate = Fate.NONE if wrong else self.mishaps.of_order(wanted.payment)
        planted = {Fate.REFUSED: self.mishaps.reason(wanted.payment), Fate.LATE_NOT_EXECUTED: "NOT_EXECUTED"}
        reason = wrong or planted.get(fate, "")
        return Order(
            payment=wanted.payment, amount=wanted.amount, payee=payee, fund=fund, executed=not reason, reason=reason,
            silent=fate in (Fate.LATE_EXECUTED, Fate.LATE_NOT_EXECUTED), planted=fate,
        )  # fmt: skip

    def _tell(self, asked: Inquiry) -> Answer:
        """Asking settles: from now on it is executed or not, for good."""
        order = self.book.order(asked.payment)
        if order is None:
            order = Order(
                payment=asked.payment, amount=asked.amount, payee="", fund="", executed=False, reason=_UNKNOWN
            )
            self.book.enter(order)
        if order.silent:
            self.book.break_silence(order.payment)
        return self._status(replace(order, silent=False), order.amount)

    def _status(self, order: Order, amount: int) -> Answer:
        if order.silent:
            return Answer(payment=order.payment, amount=amount, status=NOT_KNOWN, reason="TIMED_OUT")
        if order.executed and (went := self.book.movement(order.payment)):
            return _line(went)
        return Answer(payment=order.payment, amount=amount, status=NOT_EXECUTED, reason=order.reason)

    def _post_again(self, out: Outgoing, *, tries: int = 1) -> None:
        """The same lines, whole, under the next number."""
        lines = [line for line in out.document.details if isinstance(line, Answer)]
        self._post(out.file[:3], lines, out.ending, answers=out.document.header.answers, tries=tries)

    def _post(
        self,
        kind: str,
        lines: Iterable[Answer],
        ending: str,
        *,
        answers: str = "",
        damage: Damage = Damage.NONE,
        tries: int = 1,
    ) -> str:
        day = self._day()
        file = self.book.next_id(kind, answers=answers, day=day)
        whole = document(file, answers=answers, day=day, details=lines)
        late = LATE if damage is Damage.LATE else 0.0
        out = Outgoing(
            document=whole, ending=ending, damage=damage, due=self.now() + self.delay + late,
            tries=tries, state="lost" if damage is Damage.LOST else "due",
        )  # fmt: skip
        self.book.post(out, () if kind == "STM" else self._movements(whole.details))
        return file

    def _movements(self, lines: Iterable[Detail]) -> list[Movement]:
        """What these lines tell of."""
        told = (line for line in lines if isinstance(line, Answer) and line.status in (EXECUTED, CAME_BACK))
        found = (self.book.movement(line.payment, back=line.status == CAME_BACK) for line in told)
        return [each for each in found if each]

    def _day(self) -> str:
        """The calendar's day, or a later one of the province, whose clock may be set forward in tests."""
        return max(self.today(), self.book.latest_day())


def _wrong(wanted: Payment) -> str:
    """Why nobody could pay this, empty where one can."""
    if not _ACCOUNT.fullmatch(wanted.account):
        return "ACCOUNT_UNKNOWN"
    return "" if any(letter.isalpha() for letter in wanted.name) else "NAME_DIFFERS"


def _line(moved: Movement, fund: str = "") -> Answer:
    back = moved.amount < 0
    return Answer(
        payment=moved.payment, amount=moved.amount, status=CAME_BACK if back else EXECUTED,
        reason="RETURNED_BY_BANK" if back else "", reference=moved.reference, fund=fund,
    )  # fmt: skip
