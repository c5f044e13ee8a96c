"""The inbox's side: a group member under a lease, and beside it the checks that the cluster is still the same."""

import asyncio
import logging
from collections.abc import Set
from contextlib import suppress

from eventcore import metrics
from eventcore.broker.member import Member, Role
from eventcore.broker.messages import Alarm, AlarmKind, BrokerLost, LeaseLost, Offsets, Partition, TopicTruncated
from eventcore.broker.topics import Snapshot, compare, snapshot

_log = logging.getLogger(__name__)


class Intake(Role):
    """Takes in the topics that are named, as one member of a group; those that are not there yet join by themselves."""

    _cluster: str | None = None
    _absent: Set[Partition] = frozenset()

    async def run(self) -> None:
        """Reads until it is cancelled. Raises `MemberTaken`, and whatever unknown error the receiver raises."""
        while True:
            held = await self.lease.acquire()
            with suppress(LeaseLost):
                while True:
                    await self._session(Member(self, held))
            _log.warning("the lease of member %s is lost", held)
            self.watchdog.observe({}, {})

    def healthy(self) -> bool:
        """False when messages wait and nothing was committed for `Limits.stall` seconds."""
        return self.watchdog.healthy()

    async def _session(self, member: Member) -> None:
        """The life of one consumer: until it must be made anew or the lease is lost."""
        tasks = [asyncio.ensure_future(part) for part in (member.run(), self._inspect(member), self._guard())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except TopicTruncated as found:
            kind: AlarmKind = "topic_truncated" if found.topic else "cluster_changed"
            self.alarm(Alarm(kind=kind, topic=found.topic, partition=found.partition, detail=found.detail))
            self.start_over = True
        except BrokerLost as lost:
            _log.info("another consumer is needed: %s", lost)
            await member.back_off()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _guard(self) -> None:
        while True:
            if not self.lease.held():
                raise LeaseLost
            await asyncio.sleep(0.1)

    async def _inspect(self, member: Member) -> None:
        """Compares the cluster with what is remembered. Runs beside the reading, which may hang in its client."""
        while True:
            try:
                await self._look(member)
            except BrokerLost as lost:
                _log.debug("not checked: %s", lost)
                self.watchdog.excuse()
            await asyncio.sleep(self.limits.check_every)

    async def _look(self, member: Member) -> None:
        remembered, assigned = member.committed, member.assigned()
        known = {partition: at for partition, at in remembered.items() if partition in assigned}
        seen = await snapshot(self.settings, assigned, self.group)
        there = {p: min(end, seen.committed.get(p, 0)) for p, end in seen.ends.items()}
        if remembered is not member.committed:  # it went back while the cluster was asked
            known = {}
        sure = there.keys() - self._newly_absent(seen, known)
        before, self._cluster = self._cluster, seen.cluster
        compare(seen, before, there, {p: at for p, at in known.items() if p in sure})
        metrics.inbox(sum(seen.ends.values()) - sum(there.values()))
        self.watchdog.observe(seen.committed, {p: seen.ends[p] for p in there.keys() - self.refused.keys()})

    def _newly_absent(self, seen: Snapshot, known: Offsets) -> Set[Partition]:
        """A broker that has just started may not have read the group's offsets yet: absent counts the second time."""
        absent = {partition for partition in known if partition not in seen.committed}
        before, self._absent = self._absent, absent
        return absent - before
