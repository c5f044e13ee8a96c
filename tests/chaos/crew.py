"""The processes of the services: started, armed with failpoints in turn, killed, stopped for a while, started again."""

import asyncio
import math
import os
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lb.deployment import Deployment
from lb.local.child import Child, Launch, last_line
from lb.local.ports import HOST

from tests.chaos.plan import CHANCE, Plan

ROOT: Final = Path(__file__).parents[2]
_LENT: Final = ("PATH", "HOME", "USER", "LANG", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "LB_CACHE")
_AGAIN: Final = 0.3
"""Seconds before a process that ended by itself is started again."""


def by_failpoints(point: str) -> Mapping[str, str]:
    """What kills a process of a service at the point."""
    return {"LB_FAILPOINTS": f"{point}:kill@{CHANCE}"}


@dataclass(slots=True, kw_only=True)
class Member:
    """One place in the crew, held by one process after another."""

    name: str
    role: str
    """Service and command: who has the same takes turns at the points."""
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    port: int = 0
    arming: Callable[[str], Mapping[str, str]] = by_failpoints
    serves: bytes = b"Application startup complete"
    """What it writes into its log once it got as far as to serve."""
    child: Child | None = None
    armed: str = ""
    serving_since: float = math.inf
    log_from: int = 0
    """Where its log begins in the file that all its predecessors wrote too."""
    wished: bool = False
    """Whether its death is ours."""
    paused: bool = False
    rests_until: float = 0.0

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


@dataclass(slots=True)
class Crew:
    """All members. `watch` starts again whoever died, until it is cancelled."""

    folder: Path
    members: dict[str, Member]
    roles: Mapping[str, Sequence[str]]
    """Where processes of each role have to be killed."""
    remember: Callable[[int | None], None]
    """So that nobody outlives a supervisor that was killed itself."""
    stuck: float = 6.0
    """Seconds of serving after which an armed process that was not given the lead gets it: who leads is killed."""
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
            argv=member.argv,
            cwd=ROOT,
            log=log,
            environment=_lent() | {**member.environment, **(member.arming(member.armed) if member.armed else {})},
        )
        member.child, member.serving_since, member.wished = Child(launch), math.inf, False
        self.remember(member.child.pid)

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
        return [f"{role} {point}" for role, points in self.roles.items() for point in points
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
        if member.child and member.serving_since == math.inf and self._served(member):
            member.serving_since = now
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
            return member.serves in log.read()

    def _hand_back(self, member: Member) -> None:
        if member.armed:
            self.points[member.role].appendleft(member.armed)
            member.armed = ""

    def _unstick(self) -> None:
        """Of two workers one leads; where it is not armed, the other never passes its point."""
        now = time.monotonic()
        for role in self.roles:
            crew = [member for member in self.members.values() if member.role == role]
            armed = [member for member in crew if member.armed and not member.paused]
            if len(crew) > 1 and armed and all(now - member.serving_since > self.stuck for member in crew):
                self.kill(min(crew, key=lambda member: (bool(member.armed), member.serving_since)))

    def end(self) -> None:
        for member in self.members.values():
            with suppress(ProcessLookupError):
                if member.child:
                    member.child.kill()


def _lent() -> dict[str, str]:
    return {name: os.environ[name] for name in _LENT if name in os.environ}


def member_of(deployment: Deployment, name: str, service: str, command: str, offset: int = 0) -> Member:
    """A process of a service, at the region's port of this offset."""
    found = next(each for each in deployment.services if each.name == service)
    port = deployment.ports[offset] if offset else 0
    ours = {"LB_ENV": "test", "LB_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    return Member(
        name=name,
        role=f"{service} {command}",
        argv=(sys.executable, "-m", service, command),
        environment=deployment.environment(found, command) | ours,
        port=port,
    )


def crew_of(deployment: Deployment, folder: Path, plan: Plan, remember: Callable[[int | None], None]) -> Crew:
    """Two API and two worker processes of the registry, one of each of reporting; none runs yet."""
    members = [
        member_of(deployment, "api-1", "registry", "api", 30),
        member_of(deployment, "api-2", "registry", "api", 32),
        member_of(deployment, "worker-1", "registry", "worker", 31),
        member_of(deployment, "worker-2", "registry", "worker", 33),
        member_of(deployment, "reporting-1", "reporting", "worker", 41),
        member_of(deployment, "reporting-api", "reporting", "api", 40),
    ]
    return assembled(folder, members, plan, remember)


def assembled(folder: Path, members: Iterable[Member], plan: Plan, remember: Callable[[int | None], None]) -> Crew:
    """A crew, its points in the order of the plan."""
    points = {role: deque(plan.points(role, refilled=False)) for role in plan.roles}
    return Crew(folder, {each.name: each for each in members}, plan.roles, remember, points=points)


def migrate(crew: Crew, deployment: Deployment) -> None:
    """`python -m <service> migrate`, all at the same time."""
    running = []
    for service in deployment.services:
        member = member_of(deployment, f"{service.name}-migrate", service.name, "migrate")
        crew.start(member)
        running.append(member)
    for member in running:
        code = member.child.stop(with_signal=signal.SIGCONT, grace=60) if member.child else 0  # ends by itself
        if code:
            raise RuntimeError(f"{member.name}: {last_line(crew.folder / f'{member.name}.log')}")
