"""The processes of the services: started, armed with failpoints in turn, killed, stopped for a while, started again."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lb.deployment import Deployment
from lb.local.child import Child, Launch, last_line
from lb.local.ports import HOST
from lb.topology import Service

from tests.chaos.plan import CHANCE, POINTS, Plan

ROOT: Final = Path(__file__).parents[2]
_LENT: Final = ("PATH", "HOME", "USER", "LANG", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "LB_CACHE")
_SERVES: Final = b"Application startup complete"
_AGAIN: Final = 0.3
"""Seconds before a process that ended by itself is started again."""
_STUCK: Final = 8.0
"""Seconds after which an armed process that was not given the lead gets it: the one that leads is killed."""


@dataclass(slots=True, kw_only=True)
class Member:
    """One place in the crew, held by one process after another."""

    name: str
    service: Service
    command: str
    port: int
    child: Child | None = None
    armed: str = ""
    began: float = 0.0
    log_from: int = 0
    """Where its log begins in the file that all its predecessors wrote too."""
    wished: bool = False
    """Whether its death is ours."""
    paused: bool = False
    rests_until: float = 0.0

    @property
    def role(self) -> str:
        return f"{self.service.name} {self.command}"

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


@dataclass(slots=True)
class Crew:
    """All members. `watch` starts again whoever died, until it is cancelled."""

    deployment: Deployment
    folder: Path
    members: dict[str, Member]
    remember: Callable[[int | None], None]
    """So that nobody outlives a supervisor that was killed itself."""
    points: dict[str, deque[str]] = field(default_factory=dict)
    """Those that nobody was armed with yet, by role."""
    fired: "Counter[tuple[str, str]]" = field(default_factory=Counter)
    """Role and point -> processes killed there."""
    kills: "Counter[str]" = field(default_factory=Counter)
    ended: list[str] = field(default_factory=list)
    """Processes that could not start, and their last words: a server was away."""
    failed: list[str] = field(default_factory=list)
    """Processes that ended by themselves while they served."""

    def start(self, member: Member) -> None:
        points = self.points.get(member.role)
        member.armed = points.popleft() if points else ""
        log = self._log(member)
        member.log_from = log.stat().st_size if log.exists() else 0
        launch = Launch(
            name=member.name,
            argv=(sys.executable, "-m", member.service.name, member.command),
            cwd=ROOT,
            log=log,
            environment=self._environment(member),
        )
        member.child, member.began, member.wished = Child(launch), time.monotonic(), False
        self.remember(member.child.pid)

    def _environment(self, member: Member) -> dict[str, str]:
        lent = {name: os.environ[name] for name in _LENT if name in os.environ}
        ours = {"LB_ENV": "test", "LB_PORT": str(member.port), "PYTHONUNBUFFERED": "1"}
        if member.armed:
            ours["LB_FAILPOINTS"] = f"{member.armed}:kill@{CHANCE}"
        return lent | self.deployment.environment(member.service, member.command) | ours

    def arm(self, role: str, points: Iterable[str]) -> None:
        """Who is started next in this role is armed with the first of them, and so on."""
        self.points[role].extend(points)
        for member in self.members.values():
            if member.role == role and not member.armed and self.points[role]:
                self.kill(member)
                return

    def kill(self, member: Member) -> None:
        """SIGKILL by the seed."""
        if member.child and member.child.is_running():
            self._hand_back(member)
            self.kills[member.name] += 1
            member.wished, member.paused = True, False
            member.child.kill()

    def pause(self, member: Member, *, paused: bool) -> None:
        if member.child and member.child.is_running():
            member.child.send(signal.SIGSTOP if paused else signal.SIGCONT)
            member.paused = paused

    def disarm(self) -> None:
        """Nobody is killed any more; who is armed is replaced."""
        for queue in self.points.values():
            queue.clear()
        for member in self.members.values():
            self.pause(member, paused=False)
            if member.armed and member.child:
                member.armed, member.wished = "", True
                member.child.kill()

    def died(self, member: Member) -> bool:
        """Whether a point or the seed killed this member before."""
        return bool(self.kills[member.name]) or any(role == member.role for role, _ in self.fired)

    def missing(self) -> list[str]:
        """Points that killed nobody yet."""
        return [f"{role} {point}" for role, points in POINTS.items() for point in points
                if not self.fired[role, point]]  # fmt: skip

    async def watch(self) -> None:
        while True:
            for member in self.members.values():
                self._look_after(member)
            self._unstick()
            await asyncio.sleep(0.03)

    def _look_after(self, member: Member) -> None:
        now = time.monotonic()
        if member.child and not member.child.is_running():
            self._bury(member, now)
        if member.child is None and now >= member.rests_until:
            self.start(member)

    def _bury(self, member: Member, now: float) -> None:
        code = member.child.stop() if member.child else 0
        if member.wished:
            pass
        elif code == -signal.SIGKILL and member.armed:
            self.fired[member.role, member.armed] += 1
        else:
            self._hand_back(member)
            where = self.failed if self._served(member) else self.ended
            where.append(f"{member.name} ended with {code}: {last_line(self._log(member))}")
            member.rests_until = now + _AGAIN
        member.child, member.paused = None, False

    def _log(self, member: Member) -> Path:
        return self.folder / f"{member.name}.log"

    def _served(self, member: Member) -> bool:
        """Whether this process got as far as to serve."""
        with self._log(member).open("rb") as log:
            log.seek(member.log_from)
            return _SERVES in log.read()

    def _hand_back(self, member: Member) -> None:
        if member.armed:
            self.points[member.role].appendleft(member.armed)
            member.armed = ""

    def _unstick(self) -> None:
        """Of two workers one leads; where it is not armed, the other never passes its point."""
        now = time.monotonic()
        for role in POINTS:
            crew = [member for member in self.members.values() if member.role == role]
            armed = [member for member in crew if member.armed and not member.paused]
            if len(crew) > 1 and armed and all(now - member.began > _STUCK for member in crew):
                self.kill(min(crew, key=lambda member: (bool(member.armed), member.began)))

    def end(self) -> None:
        for member in self.members.values():
            with suppress(ProcessLookupError):
                if member.child:
                    member.child.kill()


def crew_of(deployment: Deployment, folder: Path, plan: Plan, remember: Callable[[int | None], None]) -> Crew:
    """Two API and two worker processes of the registry, one of each of reporting; none runs yet."""
    registry, reporting = deployment.services
    places = (
        ("api-1", registry, "api", 30),
        ("api-2", registry, "api", 32),
        ("worker-1", registry, "worker", 31),
        ("worker-2", registry, "worker", 33),
        ("reporting-1", reporting, "worker", 41),
        ("reporting-api", reporting, "api", 40),
    )
    members = {
        name: Member(name=name, service=service, command=command, port=deployment.ports[offset])
        for name, service, command, offset in places
    }
    points = {role: deque(plan.points(role, refilled=False)) for role in POINTS}
    return Crew(deployment, folder, members, remember, points)


def migrate(crew: Crew, services: Iterable[Service]) -> None:
    """`python -m <service> migrate`, all at the same time."""
    running = []
    for service in services:
        member = Member(name=f"{service.name}-migrate", service=service, command="migrate", port=0)
        crew.start(member)
        running.append(member)
    for member in running:
        code = member.child.stop(with_signal=signal.SIGCONT, grace=60) if member.child else 0  # ends by itself
        if code:
            raise RuntimeError(f"{member.name}: {last_line(crew.folder / f'{member.name}.log')}")
