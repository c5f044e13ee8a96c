"""What the subjects go through: everything that may be done with a person's data, and much that may not."""

import asyncio
import os
import secrets
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from typing import Final

import asyncpg
import httpx
from aiokafka import AIOKafkaProducer
from lb.local.blocking import run_apart
from lb.units import State, read_state

from tests.canary.nonsense import POISON, nonsense
from tests.canary.subjects import COUNTIES, Subject
from tests.e2e.province import REGION, Province, until
from tests.e2e.yuan import trainee, walk

BATCH: Final = 60
LEARN: Final = 4


@dataclass(slots=True)
class Life:
    """What it has left behind: the subjects' surveys and workers, refusals, and what operators were shown."""

    province: Province
    people: Sequence[Subject]
    surveys: dict[str, str] = field(default_factory=dict)
    """Number -> survey."""
    erased: dict[str, str] = field(default_factory=dict)
    """Survey -> the worker whom nobody knows any more."""
    earned: list[str] = field(default_factory=list)
    """Workers who were paid."""
    refusals: list[bytes] = field(default_factory=list)
    shown: list[bytes] = field(default_factory=list)

    def live(self) -> None:
        """All of it, in order."""
        self.record()
        self.review()
        self.identify()
        self.correct()
        self.earn()
        self.meet_refusals()
        self.send_nonsense()
        self.lose_connections()
        self.restart()
        self.erase()
        self.rotate()
        self.operate()
        self.receive_poison()
        self.province.read_up()

    def of(self, county: str) -> list[Subject]:
        return [subject for subject in self.people if subject.county == county]

    def post(self, office: str, region: str, path: str, body: object = None, key: str = "") -> httpx.Response:
        return self.province.registry.post(path, json=body, headers=self.province.headers(office, region, key))

    def odd(self, method: str, path: str, headers: dict[str, str], **json: object) -> httpx.Response:
        """A request to the registry whose headers are no ASCII."""
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        return self.province.registry.request(method, path, headers=raw, **json)  # type: ignore[arg-type]

    def refused(self, answer: httpx.Response, *statuses: int) -> None:
        """Keeps the answer: not a word of the request may be in it."""
        assert answer.status_code in statuses, (answer.status_code, answer.content)
        self.refusals.append(repr(answer.headers.raw).encode() + b"\n" + answer.content)

    def record(self) -> None:
        """In batches, some twice; the last of each county alone."""
        for county in COUNTIES:
            *many, last = self.of(county)
            for at in range(0, len(many), BATCH):
                batch = many[at : at + BATCH]
                body = {"surveys": [subject.survey() for subject in batch]}
                answers = [self.post("surveyor", county, "/v1/survey-batches", body, f"b-{county}-{at}") for _ in "12"]
                assert answers[0].content == answers[1].content
                for subject, result in zip(batch, answers[0].json()["results"], strict=True):
                    assert result["status"] == 201, result
                    self.surveys[subject.number] = result["answer"]["survey"]
            self.surveys[last.number] = self.post("surveyor", county, "/v1/surveys", last.survey()).json()["survey"]

    def review(self) -> None:
        for county in COUNTIES:
            reviews = [
                {"survey": self.surveys[subject.number], "decision": "approve"}
                if n % 4
                else {"survey": self.surveys[subject.number], "decision": "reject", "reason": "INACCURATE"}
                for n, subject in enumerate(self.of(county))
            ]
            answer = self.post("reviewer", county, "/v1/review-batches", {"reviews": reviews})
            assert {result["status"] for result in answer.json()["results"]} == {201}

    def identify(self) -> None:
        """For both purposes; a number is never shown whole."""
        for subject, purpose in zip(self.people[:40], cycle(["SURVEY_REVIEW", "SURVEY_AGAIN"])):
            path = f"/v1/surveys/{self.surveys[subject.number]}/identity"
            shown = self.post("reviewer", subject.county, path, {"purpose": purpose})
            assert (shown.status_code, shown.json()["name"]) == (201, subject.name)
            assert subject.number not in shown.text

    def correct(self) -> None:
        """Wrong data is invalidated and surveyed again, and a known number is surveyed a second time."""
        for subject in self.people[10:20]:
            survey = self.surveys[subject.number]
            void = self.post("reviewer", REGION, f"/v1/surveys/{survey}/invalidation", {"reason": "OTHER_DATA"})
            assert void.status_code == 201, void.text
            for body in (subject.survey(corrects=survey), subject.survey(phone=None)):
                assert self.post("surveyor", subject.county, "/v1/surveys", body).status_code == 201

    def earn(self) -> None:
        """Some learn, are certified and paid, and for one of them a certificate falls; the account is not recorded
        without its owner, and not under another name of a field."""
        self.province.settle()
        county = COUNTIES[0]
        subjects = [each for n, each in enumerate(self.of(county)) if n % 4 and not each.employed][-LEARN:]
        trainees = [trainee(self.province, each.number, self.worker(each), each.account, county) for each in subjects]
        self.earned = [each.worker for each in trainees]
        run_apart(lambda: walk(self.province, trainees, {}))
        for subject in subjects:
            for body in ({"account": subject.account}, {"document": subject.account}, {subject.account: subject.name}):
                self.refused(self.post("clerk", county, f"/v1/workers/{self.worker(subject)}/bank-account", body), 422)

    def worker(self, subject: Subject) -> str:
        reader = self.province.headers("reviewer", subject.county)
        survey = self.province.registry.get(f"/v1/surveys/{self.surveys[subject.number]}", headers=reader)
        return str(survey.json()["worker"])

    def meet_refusals(self) -> None:
        """Of the rules: their answers are stored."""
        for subject in self.people[20:30]:
            for other in (
                {"surveyed_on": "2999-01-01"},
                {"household_region": subject.county, "surveyed_on": "1980-01-01", "groups": []},
                {"corrects": self.surveys[subject.number]},
            ):
                self.refused(self.post("surveyor", subject.county, "/v1/surveys", subject.survey(**other)), 409)
            path = f"/v1/surveys/{self.surveys[subject.number]}/rejection"
            self.refused(self.post("reviewer", subject.county, path, {"reason": "NO_EVIDENCE"}), 409, 200)

    def send_nonsense(self) -> None:
        """Personal data where none belong, in every part of a request."""
        for subject in self.people[30:40]:
            for body in nonsense(subject):
                answer = self.province.registry.post(
                    "/v1/surveys", content=body,
                    headers=self.province.headers("surveyor", subject.county) | {"Content-Type": "application/json"},
                )  # fmt: skip
                self.refused(answer, 400, 413, 422)
            for text in subject.secrets.values():
                self._misplace(subject, text)

    def _misplace(self, subject: Subject, text: str) -> None:
        reader = self.province.headers("reviewer", subject.county)
        registry, reporting = self.province.registry, self.province.reporting
        self.refused(registry.get(f"/v1/surveys/{text}", headers=reader), 422, 404)
        self.refused(registry.get(f"/{text}", headers=reader), 404)
        self.refused(registry.get("/v1/surveys", params={"region": text}, headers=reader), 422)
        self.refused(registry.get("/v1/surveys", params={text: "1", "region": subject.county}, headers=reader), 400)
        self.refused(
            registry.get("/v1/surveys", params={"region": subject.county, "cursor": text}, headers=reader), 400
        )
        self.refused(reporting.get(f"/v1/workers/{text}/journey", headers=reader), 404, 422)
        page = {"region": subject.county, "wait_for": f"survey-{text}/1/x", "wait_seconds": "0"}
        self.refused(reporting.get("/v1/funnel", params=page, headers=reader), 503)
        self.refused(self.odd("GET", "/v1/surveys", {"Authorization": f"Bearer {text}"}), 401)
        said = dict.fromkeys(("If-Match", "User-Agent", "Accept-Language", "traceparent", "baggage"), text)
        self.refused(self.odd("POST", "/v1/surveys", reader | said, json={}), 403, 400)
        path = f"/v1/surveys/{self.surveys[subject.number]}/identity"
        self.refused(self.post("reviewer", subject.county, path, {"purpose": text}), 422)

    def lose_connections(self) -> None:
        """The databases drop every connection of the registry while a batch is under way; it is sent until it is
        answered."""
        subject = self.people[0]
        body = {"surveys": [each.survey() for each in self.of(subject.county)]}
        with ThreadPoolExecutor(1) as pool:
            for n in range(3):
                sending = pool.submit(self._persist, subject.county, body, f"lost-{n}")
                for keys in (False, True):
                    run_apart(partial(drop_connections, self.province.deployment.postgres(keys=keys).dsn))
                assert sending.result(timeout=60) == 200

    def _persist(self, county: str, body: object, key: str) -> int:
        return until(lambda: self._status(county, body, key), "the batch is answered")

    def _status(self, county: str, body: object, key: str) -> int:
        """0 where it has to be sent again."""
        try:
            answer = self.post("surveyor", county, "/v1/survey-batches", body, key)
        except httpx.TransportError:
            return 0
        if answer.status_code == 503 or any(each["status"] == 503 for each in answer.json()["results"]):
            self.refusals.append(answer.content)
            return 0
        return answer.status_code

    def restart(self) -> None:
        """A service ends as it should, and is started again."""
        for name in ("registry-api", "registry-worker"):
            before = self._process(name)
            os.kill(before, signal.SIGTERM)
            until(partial(self._is_anew, name, before), f"{name} is there again")

    def _is_anew(self, name: str, before: int) -> bool:
        return self._process(name) not in (before, 0)

    def _process(self, name: str) -> int:
        state = read_state(self.province.deployment.run)
        unit = state.units[name] if state else None
        return unit.process.pid if unit and unit.process and unit.state is State.READY else 0

    def erase(self) -> None:
        """Some are erased, one of them is surveyed again; then it is looked whether the key is destroyed."""
        for subject in self.people[50:56]:
            survey = self.surveys[subject.number]
            reader = self.province.headers("reviewer", subject.county)
            worker = self.province.registry.get(f"/v1/surveys/{survey}", headers=reader).json()["worker"]
            path = f"/v1/workers/{worker}/erasure"
            answer = self.post("privacy-officer", subject.county, path, {"ground": "PERSON_REQUEST"})
            assert answer.status_code == 201, answer.text
            self.refusals.append(answer.content)
            self.erased[survey] = worker
        for worker in self.erased.values():
            until(partial(self._is_destroyed, worker), f"the key of {worker} is destroyed")
        again = self.people[50]
        assert self.post("surveyor", again.county, "/v1/surveys", again.survey()).status_code == 201

    def _is_destroyed(self, worker: str) -> bool:
        path, by = f"/v1/workers/{worker}/privacy", self.province.headers("privacy-officer", REGION)
        return bool(self.province.registry.get(path, headers=by).json()["key_destroyed"])

    def rotate(self) -> None:
        """Both keys of the vault, while it serves."""
        for name in ("master_key", "index_key"):
            with (self.province.deployment.secrets(self.province.service("registry")) / name).open("a") as file:
                file.write(f"\n{secrets.token_hex(32)}\n")
        for command in ("rewrap", "reindex", "status"):
            self._operate("registry", "keys", command)
        self.post("surveyor", self.people[60].county, "/v1/surveys", self.people[60].survey()).raise_for_status()

    def operate(self) -> None:
        """What operators do where all is well, and what they are shown of it."""
        for service, *command in (
            ("registry", "verify"),
            ("registry", "replay"),
            ("registry", "rebuild", "pending"),
            ("registry", "rebuild", "persons"),
            ("reporting", "rebuild", "steps"),
            ("reporting", "rebuild", "journey"),
            ("reporting", "verify"),
        ):
            self._operate(service, *command)

    def receive_poison(self) -> None:
        """A message that cannot be read parks its stream, one without a name is kept apart; a retry changes nothing,
        and a view that needs it cannot be built anew."""
        bootstrap = self.province.deployment.kafka().bootstrap
        run_apart(lambda: send(bootstrap, f"{REGION}.registry.survey.1", b"survey-poison", b'{"worker": 1}', POISON))
        run_apart(lambda: send(bootstrap, f"{REGION}.registry.survey.1", b"survey-nameless", b"{}", ()))
        until(lambda: self._parked(1), "the stream is parked in both views")
        until(lambda: self.province.fetch("reporting", "select from log.unreadable"), "the other is kept apart")
        self._operate("reporting", "parked")
        self._operate("reporting", "parked", "--retry", "all")
        until(lambda: self._parked(2), "it was tried again and is parked again")
        self._operate("reporting", "rebuild", "journey", fails=True)

    def _parked(self, attempts: int) -> bool:
        parked = self.province.fetch("reporting", "select attempts from log.parked where not retry_asked")
        return [row["attempts"] >= attempts for row in parked] == [True, True]

    def _operate(self, service: str, *command: str, fails: bool = False) -> None:
        done = self.province.run(service, *command)
        self.shown.append(f"{done.stdout}\n{done.stderr}".encode())
        assert bool(done.returncode) is fails, done.stdout + done.stderr


async def drop_connections(address: str) -> None:
    """Ends every connection that a service has to this server."""
    connection = await asyncpg.connect(address, timeout=10)
    try:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'registry%_app'"
        )
    finally:
        await connection.close(timeout=10)


async def send(bootstrap: str, topic: str, key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]]) -> None:
    """A message of nobody's."""
    async with asyncio.timeout(30), AIOKafkaProducer(bootstrap_servers=bootstrap) as producer:
        await producer.send_and_wait(topic, value, key, headers=list(headers))
