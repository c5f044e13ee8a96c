"""Zipkin: the page on which a trace is looked at. It keeps traces in memory only."""

import ssl
from pathlib import Path

import httpx

from lb.local.child import Child, Launch
from lb.local.downloads import Tell, tell_stderr
from lb.local.jars import find_jars
from lb.local.java import find_java
from lb.local.ports import HOST
from lb.paths import Project

ZIPKIN_ARCHIVE = "Zipkin, the trace viewer (135 MB)"


class ZipkinServer:
    """One viewer on 127.0.0.1."""

    def __init__(self, project: Project, folder: Path, *, port: int, log: Path, tell: Tell = tell_stderr) -> None:
        self.folder, self.port, self.log = folder, port, log
        self._project, self._tell = project, tell
        self._child: Child | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def prepare(self) -> Launch:
        java = find_java(self._project, tell=self._tell)
        jars = find_jars(self._project, "zipkin", what=ZIPKIN_ARCHIVE, tell=self._tell)
        (jar,) = jars.glob("*.jar")
        temporary = self.folder / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        argv = (str(java.program), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                f"-Djava.io.tmpdir={temporary}", "-jar", str(jar),
                f"--armeria.ports[0].ip={HOST}", f"--armeria.ports[0].port={self.port}",
                "--armeria.ports[0].protocols[0]=http", "--logging.level.root=WARN")  # fmt: skip
        return Launch(name="Zipkin", argv=argv, cwd=self.folder, log=self.log)

    def start(self, *, timeout: float = 120.0) -> None:
        self._child = Child(self.prepare())
        self._child.wait_ready(self.answers, timeout=timeout)

    async def answers(self) -> bool:
        return await answers(f"{self.url}/health")

    def stop(self, *, grace: float = 20.0) -> None:
        if self._child:
            self._child.stop(grace=grace)
            self._child = None


async def answers(url: str) -> bool:
    """Whether a GET is answered with success."""
    try:
        # Trusts nobody: nothing here speaks TLS, and certificates take longer to read than a local server to answer.
        nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        async with httpx.AsyncClient(timeout=2, trust_env=False, verify=nobody) as client:
            return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False
