"""The inbox's side: a group member under a lease, and beside it the checks that the cluster is still the same."""

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Literal

from eventcore.broker import points
from eventcore.broker.member import Member, Memory, Receive, Wiring
from eventcore.broker.messages import Alarm, BrokerLost, Lease, LeaseLost, Partition, TopicTruncated
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import Snapshot, Topics
from eventcore.broker.watchdog import Watchdog

_log = logging.getLogger(__name__)


class Intake:
    """Takes in the topics that are named or match, as one member of a group; new topics join by themselves."""

    def __init__(
        self,
        settings: BrokerSettings,
        *,
        group: str,
        topics: Collection[str] | re.Pattern[str],
        receive: Receive,
        lease: Lease,
        alarm: Callable[[Alarm], None],
        hit: points.Hit = points.no_point,
    ) -> None:
        # A pattern even for given names: waiting for a named topic that is not there yet would hold up all others.
        pattern = topics.pattern if isinstance(topics, re.Pattern) else "|".join(map(re.escape, sorted(topics)))
        self._wiring = Wiring(
            settings=settings,
            group=group,
            pattern=rf"(?:{pattern})\Z",
            receive=receive,
            held=lease.held,
            alarm=alarm,
            hit=hit,
        )
        self._lease = lease
        self._topics = Topics(settings)
        self._watchdog = Watchdog(settings.limits.stall)
        self._memory = Memory(watchdog=self._watchdog)
        self._cluster: str | None = None
        self._absent: set[Partition] = set()

    async def run(self) -> None:
        """Reads until it is cancelled. Raises `MemberTaken`, and whatever unknown error the receiver raises."""
        while True:
            held = await self._lease.acquire()
            with suppress(LeaseLost):
                while True:
                    await self._session(Member(self._wiring, self._memory, held))
            _log.warning("the lease of member %s is lost", held)
            self._watchdog.observe({}, {})

    def healthy(self) -> bool:
        """False when messages wait and nothing was committed for `Limits.stall` seconds."""
        return self._watchdog.healthy()

    def lag(self) -> Mapping[Partition, int]:
        """Messages not yet stored, for each partition of this member at the last check."""
        return self._watchdog.lag()

    def refused(self) -> Mapping[Partition, str]:
        """Partitions that stand still, and the source that was refused."""
        return {partition: source for partition, (source, _) in self._memory.refused.items()}

    async def _session(self, member: Member) -> None:
        """The life of one consumer: until it must be made anew or the lease is lost."""
        tasks = [asyncio.ensure_future(part) for part in (member.run(), self._inspect(member), self._guard())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except TopicTruncated as found:
            kind: Literal["topic_truncated", "cluster_changed"] = (
                "topic_truncated" if found.topic else "cluster_changed"
            )
            self._wiring.alarm(Alarm(kind=kind, topic=found.topic, partition=found.partition, detail=found.detail))
            self._memory.start_over = True
        except BrokerLost as lost:
            _log.info("another consumer is needed: %s", lost)
            await member.back_off()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _guard(self) -> None:
        while True:
            if not self._lease.held():
                raise LeaseLost
            await asyncio.sleep(0.1)

    async def _inspect(self, member: Member) -> None:
        """Compares the cluster with what is remembered. Runs beside the reading, which may hang in its client."""
        while True:
            try:
                await self._look(member)
            except BrokerLost as lost:
                _log.debug("not checked: %s", lost)
                self._watchdog.excuse()
            await asyncio.sleep(self._wiring.limits.check_every)

    async def _look(self, member: Member) -> None:
        remembered, assigned = member.committed, member.assigned()
        known = {partition: at for partition, at in remembered.items() if partition in assigned}
        snapshot = await self._topics.snapshot(assigned, self._wiring.group)
        self._compare_cluster(snapshot)
        if remembered is member.committed:  # else it went back while the cluster was asked
            doubtful = self._newly_absent(snapshot, known)
            _compare_offsets(snapshot, {p: at for p, at in known.items() if p not in doubtful})
        watched = {p: end for p, end in snapshot.ends.items() if p not in self._memory.refused}
        self._watchdog.observe(snapshot.committed, watched)

    def _newly_absent(self, snapshot: Snapshot, known: Mapping[Partition, int]) -> set[Partition]:
        """A broker that has just started may not have read the group's offsets yet: absent counts the second time."""
        absent = {partition for partition in known if partition not in snapshot.committed}
        before, self._absent = self._absent, absent
        return absent - before

    def _compare_cluster(self, snapshot: Snapshot) -> None:
        before, self._cluster = self._cluster, snapshot.cluster
        if before not in (None, snapshot.cluster):
            raise TopicTruncated(None, None, f"{before} is now {snapshot.cluster}")


def _compare_offsets(snapshot: Snapshot, known: Mapping[Partition, int]) -> None:
    for partition in known.keys() & snapshot.ends.keys():
        there = min(snapshot.ends[partition], snapshot.committed.get(partition, 0))
        if there < known[partition]:
            raise TopicTruncated(*partition, f"consumed up to {known[partition]}, the cluster knows {there}")
