"""The parts of a service's exchange, wired from its settings. Nothing runs yet."""

import ssl
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from eventcore.broker.consumer import Intake
from eventcore.broker.messages import Alarm, Lease
from eventcore.broker.producer import Publisher
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec
from eventcore.clock import SystemClock
from eventcore.codec import Codec
from eventcore.exchange.courier import Courier
from eventcore.exchange.directory import Directory, DirectoryUnusable
from eventcore.exchange.keys import SIGNING, Ring
from eventcore.exchange.pairs import Border
from eventcore.exchange.receiving import Receiver, topic_to
from eventcore.exchange.signing import sign_for
from eventcore.readers.lease import Leases
from eventcore.readers.tail import Tail
from eventcore.service import Service, broker_settings
from eventcore.settings import Refused, Settings
from eventcore.store import Store

Part: TypeAlias = tuple[str, Callable[[], Coroutine[Any, Any, None]]]


def takes_part(service: Service, settings: Settings) -> bool:
    """Whether the service speaks to other provinces here."""
    return bool(service.addressees and settings.exchange_bootstrap and settings.peers)


def directory_of(settings: Settings) -> Directory | None:
    """The provinces' keys; None where this province stands alone. Refused."""
    if settings.exchange_directory is None:
        return None
    try:
        return Directory(settings.exchange_directory)
    except DirectoryUnusable as unusable:
        raise Refused(str(unusable)) from None


def border_of(service: Service, settings: Settings, store: Store) -> Border:
    """What all parts share. Refused."""
    directory = directory_of(settings)
    if directory is None or settings.secrets_dir is None or service.addressees is None:
        raise Refused("the exchange needs LB_EXCHANGE_DIRECTORY and LB_SECRETS_DIR")
    return Border(
        store=store,
        region=settings.region,
        service=service.name,
        peers=settings.peers,
        directory=directory,
        ring=Ring(settings.secrets_dir / SIGNING, settings.region, directory),
        dialect=service.dialect,
        publish=service.publish,
        addressees=service.addressees,
        clock=SystemClock().now,
    )


def parts_of(
    service: Service,
    settings: Settings,
    store: Store,
    leases: Leases,
    tail: Tail,
    lease: Lease,
    alarm: Callable[[Alarm], None],
) -> tuple[list[Part], Intake]:
    """A reader for each pair, one courier for all, and the intake."""
    border, broker = border_of(service, settings, store), exchange_broker(service, settings, "exchange")
    codecs = [Codec(decider.events) for decider in service.crossing] or service.all_codecs()
    pages = service.pages(store.pool, codecs, ())
    receiver = Receiver(border, store.appended)
    intake = Intake(
        broker,
        group=f"{settings.region}.{service.name}.exchange",
        topics=[topic_to(service.name, settings.region)],
        receive=receiver.receive,
        lease=lease,
        alarm=alarm,
    )
    signing = [(f"exchange {peer}", partial(sign_for, border, peer, pages, leases, tail)) for peer in border.peers]
    courier = partial(_carry, border, broker, topics_of(service, settings), leases)
    return [*signing, ("exchange courier", courier), ("exchange inbox", intake.run)], intake


async def _carry(border: Border, broker: BrokerSettings, topics: list[TopicSpec], leases: Leases) -> None:
    publisher = Publisher(broker, topics)
    try:
        await Courier(border, publisher.publish).run(leases)
    finally:
        await publisher.close()


def topics_of(service: Service, settings: Settings) -> list[TopicSpec]:
    """Where the service is written to, and where it writes to."""
    return [TopicSpec(name=topic_to(service.name, region)) for region in (settings.region, *settings.peers)]


def exchange_broker(service: Service, settings: Settings, role: str) -> BrokerSettings:
    """How this process speaks to the exchange."""
    own = broker_settings(settings, service.name, role)
    return replace(own, bootstrap=settings.exchange_bootstrap, tls=_tls(settings))


def _tls(settings: Settings) -> ssl.SSLContext | None:
    """Whom we trust, and who we are. Refused."""
    if settings.exchange_ca is None:
        return None
    try:
        context = ssl.create_default_context(cafile=settings.exchange_ca)
        if settings.exchange_certificate:
            context.load_cert_chain(settings.exchange_certificate, settings.exchange_key)
    except OSError as error:
        raise Refused(f"LB_EXCHANGE_CA, LB_EXCHANGE_CERTIFICATE or LB_EXCHANGE_KEY cannot be used: {error}") from None
    return context
