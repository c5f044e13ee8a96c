"""The door in plain Python: one command after another on dictionaries. What the real one must agree with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from eventcore.call import Entry, GuardStep, Status, Submission


@dataclass
class DoorModel:
    """State of a log that only this model's caller writes."""

    streams: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)
    commands: dict[str, tuple[bytes, int, bytes, int]] = field(default_factory=dict)
    guards: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    postings: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    timers: dict[tuple[str, str], object] = field(default_factory=dict)
    checkpoints: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def call(self, submissions: Sequence[Submission]) -> list[tuple[list[Status], int | None]]:
        """Statuses of each submission's commands, and its checkpoint."""
        lost = {s.move.reader for s in submissions if s.move and self.checkpoints.get(s.move.reader) != s.move.expected}
        answers: list[tuple[list[Status], int | None]] = []
        for submission in submissions:
            reader = submission.move.reader if submission.move else None
            statuses = [Status.READER_LOST if reader in lost else self.command(entry) for entry in submission.entries]
            answers.append((statuses, self._advance(submission, statuses) if reader not in lost else None))
        return answers

    def command(self, entry: Entry) -> Status:
        """One command, against everything that those before it left."""
        if entry.id in self.commands:
            same = self.commands[entry.id][0] == entry.fingerprint
            return Status.KNOWN if same else Status.KNOWN_OTHERWISE
        if entry.events and self.version(entry.stream) != entry.expected:
            return Status.STALE
        if any(self.version(stream) != version for stream, version in entry.reads):
            return Status.STALE
        if any(self._barred(step) for step in entry.guards):
            return Status.GUARDED
        self._effects(entry)
        version = entry.expected + len(entry.events)
        self.commands[entry.id] = (entry.fingerprint, int(entry.outcome), entry.answer, version)
        return Status.TOOK_EFFECT

    def version(self, stream: str) -> int:
        return len(self.streams.get(stream, ()))

    def _barred(self, step: GuardStep) -> bool:
        holder = self.guards.get((step.scope, step.key), (None, ""))[0]
        return (step.mode == 1 and holder not in (None, step.want)) or (step.mode == 2 and holder != step.want)

    def _effects(self, entry: Entry) -> None:
        for n, event in enumerate(entry.events, 1):
            self.streams.setdefault(entry.stream, []).append((event.type, event.data))
            self.order.append(f"{entry.stream}/{entry.expected + n}")
        for step in entry.guards:
            if step.op == 2:
                self.guards.pop((step.scope, step.key), None)
            elif step.op == 1 and step.final is not None:
                held = self.guards.get((step.scope, step.key))
                if held is None or held[0] != step.final:
                    self.guards[step.scope, step.key] = (step.final, f"{entry.stream}/{entry.expected + step.event}")
        for posting in entry.postings:
            posted = f"{entry.stream}/{entry.expected + posting.event}"
            n = 1 + sum(1 for other, _ in self.postings if other == posted)
            self.postings[posted, n] = (posting.account, posting.amount)
        if entry.fired and self.timers.get((entry.fired.stream, entry.fired.name)) == entry.fired.due_at:
            del self.timers[entry.fired.stream, entry.fired.name]
        for timer in entry.timers:
            self.timers.pop((entry.stream, timer.name), None)
            if timer.due_at is not None:
                self.timers[entry.stream, timer.name] = timer.due_at

    def _advance(self, submission: Submission, statuses: Iterable[Status]) -> int | None:
        if submission.move is None:
            return None
        dropped = [
            entry.fact - 1
            for entry, status in zip(submission.entries, statuses, strict=True)
            if status in (Status.STALE, Status.GUARDED)
        ]
        reached = max(min([submission.move.goal, *dropped]), submission.move.expected)
        self.checkpoints[submission.move.reader] = reached
        return reached
