"""What a class is, before a command is carried out on it."""

from datetime import date

from eventcore.store import Order, Store, Task
from eventcore.web import ApiRequest, CommandRequest

from training.classes import seats
from training.classes.commands import CloseClass
from training.classes.events import ClassFiled
from training.classes.state import Closed, Declined, Filed, Open, Unknown
from training.classes.training_class import CLASS
from training.lookup import require_office


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Filed | Declined | Open | Closed, int]:
    """The class, which is there, and is the caller's own or lies in the caller's region. Problem."""
    found, version = await request.web.store.state(CLASS, key)
    if isinstance(found, Unknown):
        raise request.not_there()
    require_office(request, found.filed.terms.institution, found.filed.terms.region)
    return found, version


async def free_seats(store: Store, filed: ClassFiled) -> list[int]:
    """Those that nobody has just now: a hint, and no promise."""
    probe = CloseClass(
        training_class=filed.training_class,
        capacity=filed.capacity,
        closed_on=date.min,
        tests=(),
        by="",
        organisation="",
        today=date.min,
    )
    desk = await store.desk([Task(CLASS, filed.training_class, probe, Order(id=""))], fresh=False)
    held = {key for (_, key), holder in desk.holders.items() if holder is not None}
    return [n for n in seats.numbers(filed.capacity) if seats.place(filed.training_class, n) not in held]
