"""The Kafka that provinces share, on one machine: like their own, with TLS on both sides by a certificate authority of
its own. The certificate says which province somebody is, and access control what that one may do."""

from collections.abc import Sequence
from pathlib import Path
from string import Template

from lb.local import certificates
from lb.local.blocking import run_apart
from lb.local.child import Launch
from lb.local.downloads import Tell, tell_stderr
from lb.local.exchange_rights import lay
from lb.local.kafka import KafkaServer, answers
from lb.paths import Project


class ExchangeServer(KafkaServer):
    """A broker that speaks nothing but TLS, and to nobody whom it does not know."""

    protocol = "SSL"

    def __init__(
        self,
        project: Project,
        folder: Path,
        *,
        port: int,
        controller_port: int,
        log: Path,
        provinces: Sequence[str],
        services: Sequence[str],
        tell: Tell = tell_stderr,
    ) -> None:
        super().__init__(project, folder, port=port, controller_port=controller_port, log=log, tell=tell)
        self.provinces, self.services = provinces, services

    @property
    def ca(self) -> Path:
        """Who vouches for it; made by `prepare`."""
        return self.folder / "ca.pem"

    def prepare(self) -> Launch:
        """Certificates beside what every broker needs."""
        certificates.provide(self.folder)
        return super().prepare()

    def start(self, *, timeout: float = 90.0) -> None:
        """Return once every province may do what it may."""
        super().start(timeout=timeout)
        self.admit()

    def admit(self) -> None:
        """Topics and rights of the provinces, on a broker that answers."""
        tls = certificates.operating(self.folder)
        run_apart(lambda: lay(self.bootstrap, tls, self.provinces, self.services))

    async def answers(self) -> bool:
        return await answers(self.bootstrap, tls=certificates.operating(self.folder))

    def _security(self) -> str:
        template = self._project.deploy / "kafka" / "exchange.properties"
        return Template(template.read_text()).substitute(folder=self.folder, operator=certificates.OPERATOR)
