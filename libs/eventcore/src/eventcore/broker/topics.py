"""Topics: created from a declared list, and what the cluster says of them now.

Every call opens its own connection, so that the answer is the present cluster's and not a client's memory.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import NoError, TopicAlreadyExistsError, for_code

from eventcore.broker.clients import asking
from eventcore.broker.messages import BrokerLost, Offsets, Partition, TopicDiffers, TopicTruncated
from eventcore.broker.settings import BrokerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSpec:
    name: str
    partitions: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A cluster at one moment. A partition that does not exist, or has no committed offset, is absent."""

    cluster: str
    ends: Offsets
    committed: Offsets


def compare(seen: Snapshot, cluster: str | None, there: Offsets, known: Offsets) -> None:
    """TopicTruncated where it is not the cluster of before, or less is there than what is known of a partition."""
    if cluster not in (None, seen.cluster):
        raise TopicTruncated(None, None, f"{cluster} is now {seen.cluster}")
    for partition, offset in known.items():
        if there.get(partition, 0) < offset:
            raise TopicTruncated(*partition, f"known up to {offset}, the cluster has {there.get(partition)}")


async def ensure(settings: BrokerSettings, specs: Collection[TopicSpec]) -> None:
    """Creates those that are missing and waits for their leaders. Raises `TopicDiffers`, `BrokerLost`."""
    configs = {"retention.ms": "-1", "min.insync.replicas": str(settings.min_insync_replicas)}
    async with asking(AIOKafkaAdminClient, settings) as admin:
        found = await _describe(admin)
        missing = [spec for spec in specs if spec.name not in found]
        if missing:
            replicas = settings.replication
            await _create(admin, [NewTopic(s.name, s.partitions, replicas, topic_configs=configs) for s in missing])
        while not all(found.get(spec.name) for spec in specs):
            await asyncio.sleep(0.05)
            found = await _describe(admin)
    for spec in specs:
        if found[spec.name] != spec.partitions:
            raise TopicDiffers(f"{spec.name} has {found[spec.name]} partitions, declared are {spec.partitions}")


async def snapshot(settings: BrokerSettings, partitions: Collection[Partition], group: str | None = None) -> Snapshot:
    """Of these partitions, and of what a group has committed of them. Raises `BrokerLost`."""
    async with asking(AIOKafkaAdminClient, settings) as admin:
        cluster = str((await admin.describe_cluster())["cluster_id"])
        found = await _describe(admin)
        there = [TopicPartition(*p) for p in partitions if p[1] < found.get(p[0], 0)]
        stored = await admin.list_consumer_group_offsets(group, partitions=there) if group and there else {}
    committed = {tuple(p): at.offset for p, at in stored.items() if at.offset >= 0}
    return Snapshot(cluster=cluster, ends=await ends(settings, there) if there else {}, committed=committed)


async def ends(settings: BrokerSettings, partitions: Collection[Partition]) -> Offsets:
    """The offset after the last message. All partitions must exist. Raises `BrokerLost`."""
    async with asking(AIOKafkaConsumer, settings) as reader:
        offsets = await reader.end_offsets([TopicPartition(*p) for p in partitions])
        return {tuple(p): offset for p, offset in offsets.items()}


async def _describe(admin: Any) -> dict[str, int]:
    """Name to number of partitions; 0 while one of them has no leader."""
    return {
        str(topic["topic"]): len(topic["partitions"]) if all(p["leader"] >= 0 for p in topic["partitions"]) else 0
        for topic in await admin.describe_topics()
        if topic["error_code"] == 0
    }


async def _create(admin: Any, topics: list[Any]) -> None:
    try:
        response = await admin.create_topics(topics)
    except AttributeError as error:  # what the client raises while it knows of no controller
        raise BrokerLost("the cluster has no controller yet") from error
    for name, code, *message in response.topic_errors:
        if for_code(code) not in (NoError, TopicAlreadyExistsError):
            raise for_code(code)(f"{name}: {message}")
