"""Which versions of the index key are in use, and which one new numbers are recorded under.

One stream for the whole service. Recording a survey reads it, and its version is checked at the append: so whoever
records after a rotation has begun knows of it, and no number is looked for under too few keys.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias, assert_never

from eventcore import Decider, Rejected, Seen
from eventcore.decider import Undecided

NUMBERS: Final = "numbers"
"""Key of the one stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationBegun:
    """From now on numbers are recorded under this version; older ones are still looked under."""

    type: ClassVar[str] = "index-rotation-begun"
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRetired:
    """No number is under this version any more, and none will be: its key may go."""

    type: ClassVar[str] = "index-version-retired"
    version: int


RotationEvent: TypeAlias = RotationBegun | VersionRetired


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRotation:
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireVersion:
    version: int
    left: int
    """Numbers that were still under it when this was asked. Once a newer version is written, none is added."""


RotationCommand: TypeAlias = BeginRotation | RetireVersion


class RotationUnderWay(Rejected):
    """The rotation before this one has to end first."""

    code = "index_rotation_under_way"


class VersionInUse(Rejected):
    """Numbers are still under this version."""

    code = "index_version_in_use"


class IndexKeyMissing(Undecided):
    """This process does not have a key of the index that is in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """`written` is one of `versions`, the newest."""

    written: int = 1
    versions: frozenset[int] = frozenset({1})


def decide(command: RotationCommand, state: InUse, seen: Seen) -> Sequence[RotationEvent]:
    match command:
        case BeginRotation(version=version):
            if version == state.written:
                return []
            if len(state.versions) > 1 or version < state.written:
                raise RotationUnderWay
            return [RotationBegun(version=version)]
        case RetireVersion(version=version, left=left):
            if version not in state.versions:
                return []
            if version == state.written or left:
                raise VersionInUse
            return [VersionRetired(version=version)]
        case _:
            assert_never(command)


def evolve(state: InUse, event: RotationEvent) -> InUse:
    match event:
        case RotationBegun(version=version):
            return InUse(written=version, versions=state.versions | {version})
        case VersionRetired(version=version):
            return InUse(written=state.written, versions=state.versions - {version})
        case _:
            assert_never(event)


ROTATION: Final[Decider[RotationCommand, RotationEvent, InUse]] = Decider(
    category="rotation", initial=InUse(), decide=decide, evolve=evolve, events=RotationEvent
)


def version_of(index: str) -> int:
    """`2.…` is of version 2."""
    return int(index.partition(".")[0])


def indexes_in_use(state: InUse, indexes: Iterable[str]) -> Sequence[str]:
    """A number's indexes under the versions in use, the one that is written first. IndexKeyMissing where the process
    that made them does not know one of the keys."""
    known: Mapping[int, str] = {version_of(each): each for each in indexes}
    if not state.versions <= known.keys():
        raise IndexKeyMissing
    return [known[version] for version in sorted(state.versions, reverse=True)]
