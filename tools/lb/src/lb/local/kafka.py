"""A real Kafka broker of one node: formatted once, started, stopped, killed, wiped."""

import base64
import hashlib
import shutil
import signal
import ssl
import tempfile
import uuid
from pathlib import Path
from string import Template

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from lb.local.child import Child, Launch
from lb.local.downloads import Tell, cached, tell_stderr
from lb.local.jars import find_jars
from lb.local.java import Java, find_java
from lb.local.ports import HOST, free_ports, is_listening
from lb.local.programs import ran
from lb.paths import Project
from lb.problems import Problem, remedy, telling

KAFKA_ARCHIVES = "Kafka (46 archives, 44 MB)"
_JVM = ("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto")
_LOGGING = ("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ")  # fmt: skip


class KafkaServer:
    """One broker and controller in one JVM on 127.0.0.1; everything it writes lies in `folder`."""

    protocol = "PLAINTEXT"
    """What it speaks to its clients."""

    def __init__(
        self, project: Project, folder: Path, *, port: int, controller_port: int, log: Path, tell: Tell = tell_stderr
    ) -> None:
        self.folder, self.port, self.controller_port, self.log = folder, port, controller_port, log
        self._project, self._tell = project, tell
        self._child: Child | None = None

    @property
    def bootstrap(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def prepare(self) -> Launch:
        """Fetch what is missing, format a folder that holds no data, write the settings."""
        java = find_java(self._project, tell=self._tell)
        jars = find_jars(self._project, "kafka", what=KAFKA_ARCHIVES, tell=self._tell)
        archive = class_archive(self._project, java, jars, tell=self._tell)
        return self._launch(java, jars, (f"-XX:SharedArchiveFile={archive}",))

    def start(self, *, timeout: float = 90.0) -> None:
        """Return once an administrator's call is answered."""
        self._child = Child(self.prepare())
        self._child.wait_ready(self.answers, timeout=timeout)

    async def answers(self) -> bool:
        return await answers(self.bootstrap)

    def stop(self, *, grace: float = 30.0) -> None:
        if self._child:
            self._child.stop(grace=grace)
            self._child = None

    def kill(self) -> None:
        """SIGKILL of the broker."""
        if self._child:
            self._child.kill()
            self._child = None

    def send(self, number: signal.Signals) -> None:
        """A signal such as SIGSTOP or SIGCONT to the running broker."""
        if self._child:
            self._child.send(number)

    def wipe(self) -> None:
        """Remove all data of the stopped broker; the next start makes a new, empty cluster."""
        if self._child:
            raise Problem("A running Kafka cannot be wiped.", do="Stop it first.")
        shutil.rmtree(self.folder / "data", ignore_errors=True)

    def record_classes(self, java: Java, jars: Path, archive: Path) -> None:
        """Run once from start to clean end, while the JVM writes the classes it loaded to `archive`."""
        self._child = Child(self._launch(java, jars, (f"-XX:ArchiveClassesAtExit={archive}",)))
        self._child.wait_ready(self.answers, timeout=90)
        self.stop(grace=60)

    def _launch(self, java: Java, jars: Path, extra: tuple[str, ...]) -> Launch:
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = self._write_settings()
        if not (self.folder / "data" / "meta.properties").exists():
            self._format(java, jars, settings)
        argv = (str(java.program), *_JVM, *extra, *self._properties(), "-cp", f"{jars}/*", "kafka.Kafka", str(settings))
        return Launch(name="Kafka", argv=argv, cwd=self.folder, log=self.log)

    def _properties(self) -> tuple[str, ...]:
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        return (*_LOGGING, f"-Djava.io.tmpdir={temporary}")

    def _write_settings(self) -> Path:
        template = Template((self._project.deploy / "kafka" / "server.properties").read_text())
        settings = self.folder / "server.properties"
        settings.write_text(
            template.substitute(
                port=self.port,
                controller_port=self.controller_port,
                data=self.folder / "data",
                protocol=self.protocol,
                security=self._security(),
            )
        )
        return settings

    def _security(self) -> str:
        """Settings of the protocol."""
        return ""

    def _format(self, java: Java, jars: Path, settings: Path) -> None:
        cluster = "-"
        while cluster.startswith("-"):  # the tool would take it for an option
            cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        command = [str(java.program), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *self._properties(),
                   "-XX:-UsePerfData", "-cp", f"{jars}/*", "kafka.tools.StorageTool",
                   "format", "-t", cluster, "-c", str(settings)]  # fmt: skip
        done = ran(command, timeout=120)
        if done.returncode != 0:
            output = done.stdout + done.stderr
            do = remedy(output, otherwise="Mend that, then try again.")
            raise Problem(f"Kafka could not format {self.folder / 'data'}: {telling(output)}.", do=do)


async def answers(bootstrap: str, *, tls: ssl.SSLContext | None = None) -> bool:
    """Whether a broker answers an administrator's call, not only whether its port is open."""
    if not is_listening(bootstrap):  # the client would log an error for every try
        return False
    client = AIOKafkaAdminClient(
        bootstrap_servers=bootstrap, request_timeout_ms=3000, ssl_context=tls,
        security_protocol="SSL" if tls else "PLAINTEXT",
    )  # fmt: skip
    try:
        await client.start()
        await client.list_topics()
    except (KafkaError, OSError, TimeoutError):
        return False
    finally:
        await client.close()
    return True


def class_archive(project: Project, java: Java, jars: Path, *, tell: Tell) -> Path:
    """The classes of a started Kafka as the JVM keeps them: a start takes 2 s with it, 4 s without."""
    digest = hashlib.sha256(f"{java.version}\n{java.program}\n{jars}".encode()).hexdigest()[:12]

    def record(folder: Path) -> None:
        if java.bundled:  # its runtime comes without the base archive that every other one builds on
            base = [str(java.program), "-Xshare:dump", "-XX:+UseSerialGC"]
            ran(base, timeout=120).check_returncode()
        port, controller_port = free_ports(2)
        with tempfile.TemporaryDirectory(dir=project.cache, prefix="kafka-first-start-") as scratch:
            first = KafkaServer(
                project, Path(scratch), port=port, controller_port=controller_port, log=folder / "first-start.log"
            )
            first.record_classes(java, jars, folder / "classes.jsa")

    entry = project.cache / f"kafka-classes-{digest}"
    return cached(entry, record, what="Kafka's start image", tell=tell) / "classes.jsa"
