"""What a service is: its parts in one table, from which every command of `python -m <service>` is wired."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.decider import Decider
from eventcore.exchange.outbound import OUTBOUND
from eventcore.facts import Fact
from eventcore.published import Dialect, Packed, Publishing, packed
from eventcore.readers import Alarm, Pages, Policy, View
from eventcore.settings import Settings
from eventcore.store import Store

BESIDE: Final = (Codec(OUTBOUND.events),)
"""Streams that the runtime keeps in every log."""


def _nothing_public(_: Any) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service's deciders, readers and public language. `topics` and `follows` are names without the region."""

    name: str
    dialect: Dialect
    migrations: Path
    deciders: Sequence[Decider[Any, Any, Any]] = ()
    policies: Sequence[Policy] = ()
    views: Sequence[View[Any]] = ()
    alarms: Sequence[Alarm] = ()
    publish: Publishing = _nothing_public
    topics: Sequence[str] = ()
    """What it publishes to, e.g. `registry.survey.1`."""
    follows: Sequence[str] = ()
    """What it takes in, e.g. `registry.survey.1`."""
    codecs: Sequence[Codec] = field(default=())
    addressees: Callable[[Any], Sequence[str]] | None = None
    """Provinces that a public event is sent to through the exchange; None: this service speaks to its own only."""
    crossing: Sequence[Decider[Any, Any, Any]] = ()
    """Kinds of streams of which something is sent to them; all where none is named. The rest is not even decoded."""

    def record(self, fact: Fact[Any], region: str, incarnation: str) -> Packed | None:
        """The public event of a fact as Kafka carries it; None where it stays at home."""
        event = self.publish(fact)
        if event is None:
            return None
        return packed(self.dialect, fact, event, region=region, service=self.name, incarnation=incarnation)

    def all_codecs(self) -> tuple[Codec, ...]:
        """Codecs of all kinds of own streams."""
        return tuple(self.codecs) or tuple(Codec(decider.events) for decider in self.deciders)

    def specs(self, region: str) -> list[TopicSpec]:
        """Declared topics of this service in a region."""
        return [TopicSpec(name=f"{region}.{topic}") for topic in self.topics]

    def followed(self, region: str) -> list[str]:
        """Topics that the inbox takes in."""
        return [f"{region}.{topic}" for topic in self.follows]

    def pages(self, pool: Pool, own: Sequence[Codec], foreign: Sequence[str], size: int = 500) -> Pages:
        """Reads the log for a reader that wants these kinds."""
        known = {kind for codec in (*self.all_codecs(), *BESIDE) for kind in codec.types()}
        return Pages(pool, own, self.dialect if foreign else None, foreign, size, known)

    def pages_of(self, pool: Pool, reader: View[Any] | Policy, size: int = 500) -> Pages:
        """Reads the log for a view or a policy."""
        return self.pages(pool, reader.own, reader.foreign, size)

    def view(self, name: str) -> View[Any]:
        """A view by its table name, with or without the fingerprint. KeyError where there is none."""
        for view in self.views:
            if name in (view.name, view.name.rpartition("_")[0]):
                return view
        raise KeyError(name)


def broker_settings(settings: Settings, service: str, role: str) -> BrokerSettings:
    """How this process speaks to Kafka; in production every acknowledgement is of two replicas at least."""
    production = settings.production
    return BrokerSettings(
        bootstrap=settings.kafka_bootstrap,
        client_id=f"{settings.region}-{service}-{role}",
        replication=3 if production else 1,
        min_insync_replicas=2 if production else 1,
    )


StoreMaker = Callable[[Pool], Store]
"""Services with a vault make their store themselves."""
