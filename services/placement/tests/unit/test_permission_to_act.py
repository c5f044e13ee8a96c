"""Whether this province acts for a worker: under one epoch, and yielded when nothing is going on any more."""

from typing import Final

import pytest
from eventcore import Seen, fold
from eventcore.testing import given
from placement.transfers.permission.events import ActingBegun, ActingEnding, HolderNoted, StewardshipYielded
from placement.transfers.permission.permission import (
    OPEN_TRANSFER,
    PERMISSION,
    BeginActing,
    EndActing,
    NoteHolder,
    NoteStopped,
    NotSteward,
    require_steward,
)
from transfer_samples import TRANSFER, WORKER

IN_TRANSFER: Final = Seen({}, {(OPEN_TRANSFER, WORKER): TRANSFER})


def begun(epoch: int) -> ActingBegun:
    return ActingBegun(worker=WORKER, epoch=epoch)


def yielded(epoch: int) -> StewardshipYielded:
    return StewardshipYielded(worker=WORKER, epoch=epoch)


def end(epoch: int) -> EndActing:
    return EndActing(worker=WORKER, epoch=epoch)


ENDING: Final = ActingEnding(worker=WORKER, epoch=1, transfer=TRANSFER)


def test_acting_begins_with_a_newer_epoch_only() -> None:
    given(PERMISSION).when(BeginActing(worker=WORKER, epoch=1)).then(begun(1))
    given(PERMISSION, begun(3)).when(BeginActing(worker=WORKER, epoch=3)).then()
    given(PERMISSION, begun(3)).when(BeginActing(worker=WORKER, epoch=2)).then()
    given(PERMISSION, begun(1), yielded(1)).when(BeginActing(worker=WORKER, epoch=1)).then()
    given(PERMISSION, begun(1), yielded(1)).when(BeginActing(worker=WORKER, epoch=3)).then(begun(3))


def test_where_nothing_goes_on_it_is_yielded_at_once() -> None:
    given(PERMISSION, begun(1)).when(end(1)).then(yielded(1))
    given(PERMISSION, begun(1), yielded(1)).when(end(1)).then()


def test_what_never_began_here_is_yielded_all_the_same() -> None:
    given(PERMISSION).when(end(2)).then(yielded(2))
    given(PERMISSION, yielded(2)).when(BeginActing(worker=WORKER, epoch=2)).then()


def test_a_yield_for_an_older_epoch_is_nothing() -> None:
    given(PERMISSION, begun(3)).when(end(2)).then()


def test_what_is_going_on_is_stopped_before_it_is_yielded() -> None:
    given(PERMISSION, begun(1)).having_seen(IN_TRANSFER).when(end(1)).then(ENDING)
    given(PERMISSION, begun(1), ENDING).having_seen(IN_TRANSFER).when(end(1)).then()
    given(PERMISSION, begun(1), ENDING).when(NoteStopped(worker=WORKER, transfer="another")).then()
    given(PERMISSION, begun(1), ENDING).when(NoteStopped(worker=WORKER, transfer=TRANSFER)).then(yielded(1))


def test_a_transfer_that_ends_by_itself_yields_nothing() -> None:
    given(PERMISSION, begun(1)).when(NoteStopped(worker=WORKER, transfer=TRANSFER)).then()


def test_nothing_begins_while_it_ends() -> None:
    for history in ((), (begun(1), ENDING), (begun(1), yielded(1))):
        with pytest.raises(NotSteward):
            require_steward(fold(PERMISSION, history))
    assert require_steward(fold(PERMISSION, (begun(1),))) == 1


def test_who_is_responsible_is_known_by_the_newest_epoch() -> None:
    noted = HolderNoted(worker=WORKER, epoch=2, region="440000")
    given(PERMISSION, begun(1)).when(NoteHolder(worker=WORKER, epoch=2, region="440000")).then(noted)
    given(PERMISSION, noted).when(NoteHolder(worker=WORKER, epoch=1, region="520000")).then()
    with pytest.raises(NotSteward) as refused:
        require_steward(fold(PERMISSION, (begun(1), noted, yielded(1))))
    assert refused.value.members() == {"steward": "440000"}
