"""A region asks for the basic data of workers who are in it now (R-REG-41, R-ADD-08): first who they are, then for each
a receipt with their owner, then the data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from eventcore import Decider, Seen


def _all_surveyed(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "found": [{**each, "record": None} for each in shape["found"]]}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWorker:
    """Somebody whom the request found, and the survey that says where they work; of a guest whose newest survey does
    not say so, the record that another province sent."""

    worker: str
    survey: str | None
    record: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalWorkersAsked:
    """Storage format: names and fields are for ever."""

    type: ClassVar[str] = "local-workers-asked"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _all_surveyed}
    region: str
    groups: tuple[str, ...]
    found: tuple[AskedWorker, ...]
    reader: str
    organisation: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForLocalWorkers:
    region: str
    groups: tuple[str, ...]
    found: tuple[AskedWorker, ...]
    reader: str
    organisation: str
    office: str


def decide(command: AskForLocalWorkers, asked: bool, seen: Seen) -> Sequence[LocalWorkersAsked]:
    if asked:
        return []
    return [
        LocalWorkersAsked(
            region=command.region,
            groups=command.groups,
            found=command.found,
            reader=command.reader,
            organisation=command.organisation,
            office=command.office,
        )
    ]


def evolve(asked: bool, event: LocalWorkersAsked) -> bool:
    return True


LOCAL_REQUEST: Final[Decider[AskForLocalWorkers, LocalWorkersAsked, bool]] = Decider(
    category="localrequest", initial=False, decide=decide, evolve=evolve, events=LocalWorkersAsked
)
