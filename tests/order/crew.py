"""The processes of a run: started, told what to do, watched and ended."""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.order import plan

ROOT: Final = Path(__file__).parents[2]
GRACE: Final = 20.0
"""Seconds that a process has to end."""


@dataclass(slots=True)
class Worker:
    """One process; `expected` once its end is no failure."""

    name: str
    process: asyncio.subprocess.Process
    log: Path
    expected: bool = False

    @property
    def ended(self) -> bool:
        return self.process.returncode is not None

    def tell(self, line: str) -> None:
        if self.process.stdin:
            self.process.stdin.write(f"{line}\n".encode())

    def last_line(self) -> str:
        """What it said last, without PostgreSQL's explanation."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        said = [line for line in lines if not line.startswith("DETAIL")]
        return said[-1] if said else "without a word"


@dataclass(slots=True)
class Crew:
    """All processes of one run; none outlives it."""

    folder: Path
    workers: list[Worker] = field(default_factory=list)

    async def start(
        self, role: str, told: plan.WriterTold | plan.ReaderTold | plan.MemberTold | plan.ProducerTold
    ) -> Worker:
        """Runs `python -m tests.order.<role>`."""
        name = f"{role}-{sum(1 for worker in self.workers if worker.name.startswith(role))}"
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", f"tests.order.{role}", plan.told(told)),
                cwd=ROOT,
                env={**os.environ, "LB_ENV": "test"},
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
            )
        self.workers.append(Worker(name, process, log))
        return self.workers[-1]

    async def finish(self, *workers: Worker) -> None:
        """Waits for the end that these find by themselves."""
        for worker in workers:
            worker.expected = await worker.process.wait() == 0

    async def leave(self, worker: Worker) -> None:
        """Ends a member as a roll-out does."""
        if worker.ended:
            return
        worker.expected = True
        if worker.process.stdin:
            worker.process.stdin.close()
        try:
            await asyncio.wait_for(worker.process.wait(), GRACE)
        except TimeoutError:
            await self.kill(worker)

    async def kill(self, worker: Worker) -> None:
        if not worker.ended:
            worker.expected = True
            worker.process.kill()
            await worker.process.wait()

    def failures(self) -> list[str]:
        """Processes that ended though nobody wished it, and errors that callers of the door met."""
        died = [f"{w.name} died: {w.last_line()}" for w in self.workers if w.ended and not w.expected]
        refused = [
            f"{w.name} met {w.last_line()}"
            for w in self.workers
            if w.name.startswith("writer") and w.expected and w.log.stat().st_size
        ]
        return died + refused

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        for worker in self.workers:
            await self.kill(worker)
