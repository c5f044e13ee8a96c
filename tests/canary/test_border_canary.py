"""People of one province go to work in another; then everything that both wrote, and what lies on the exchange between
them, is searched for them. Who has the host's data without its key instance has nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import httpx
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from lb.exchange import Exchange
from lb.local.blocking import run_apart
from lb.topology import only

from tests.canary.needles import Needle, needles, secret_needles
from tests.canary.places import search, search_exchange
from tests.canary.scanner import Scanner
from tests.canary.subjects import COUNTIES, Subject, subjects
from tests.e2e.guests import Guests
from tests.e2e.province import REGION, Province, provinces_of, until

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

HOST = "440000"
PEOPLE = 8
ERASED = 3
_KEYS = "select subject, wrapped_key, master_version from vault.person_keys where wrapped_key is not null"


@dataclass(slots=True)
class Lives:
    """People who are known at home, and sent to the host. `workers`: by number."""

    home: Province
    host: Province
    people: Sequence[Subject]
    workers: dict[str, str] = field(default_factory=dict)
    keys_of_the_host: dict[str, bytes] = field(default_factory=dict)
    """Before anybody was erased."""

    @property
    def exchange(self) -> Exchange:
        assert self.home.deployment.exchange
        return self.home.deployment.exchange

    @property
    def erased(self) -> list[str]:
        return [self.workers[each.number] for each in self.people[:ERASED]]

    def live(self) -> None:
        """Surveyed, approved, sent; some are erased at home then."""
        for each in self.people:
            self._survey(each)
        self.home.settle()
        run_apart(self._send)
        until(lambda: self._known("record-received") == {*self.workers.values()}, "the host has all records")
        self.keys_of_the_host = self.keys(self.host)
        for worker in self.erased:
            officer = self.home.headers("privacy-officer", COUNTIES[0])
            path = f"/v1/workers/{worker}/erasure"
            answer = self.home.registry.post(path, json={"ground": "PERSON_REQUEST"}, headers=officer)
            assert answer.status_code == 201, answer.text
        until(lambda: self._known("record-copy-erased") == {*self.erased}, "the host has erased what home erased")

    def _survey(self, each: Subject) -> None:
        body, headers = each.survey(), self.home.headers
        recorded = self.home.registry.post("/v1/surveys", json=body, headers=headers("surveyor", each.county))
        assert recorded.status_code == 201, recorded.text
        self.workers[each.number] = recorded.json()["worker"]
        path = f"/v1/surveys/{recorded.json()['survey']}/approval"
        assert self.home.registry.post(path, headers=headers("reviewer", REGION)).status_code == 201

    async def _send(self) -> None:
        async with httpx.AsyncClient() as client:
            await Guests(self.home, self.host, client).confirm([*self.workers.values()])

    def _known(self, kind: str) -> set[str]:
        """Workers of whom the host's registry recorded this."""
        statement = "select data ->> 'worker' as worker from log.readable where type = $1"
        return {row["worker"] for row in self.host.fetch("registry", statement, kind)}

    def keys(self, province: Province) -> dict[str, bytes]:
        """What opens a person's data, from the key instance: subject -> key."""
        file = province.deployment.secrets(province.service("registry")) / "master_key"
        masters = [AESGCM(bytes.fromhex(line)) for line in file.read_text().split()]
        database = next(each for each in province.databases() if each.keys)
        return {
            subject: masters[version - 1].decrypt(
                wrapped[:12], wrapped[12:], f"person-key\0{version}\0{subject}".encode()
            )
            for subject, wrapped, version in province.fetch(database, _KEYS)
        }


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    with provinces_of("canary-border", REGION, HOST, spans="traces", services=only("registry", "placement")) as (
        home,
        host,
    ):
        lived = Lives(home, host, [each for each in subjects(2 * PEOPLE) if each.county == COUNTIES[0]])
        lived.live()
        yield lived


def own_keys(province: Province) -> list[bytes]:
    """Those in files: the services', and the province's private halves."""
    deployment = province.deployment
    folders = [deployment.secrets(service) for service in deployment.services]
    files = [file for folder in folders for file in folder.glob("*_key")] + [
        folder / name for folder in folders for name in ("exchange_signing", "exchange_sealing")
    ]
    return [bytes.fromhex(line) for file in files for line in file.read_text().split()]


def test_neither_province_nor_the_exchange_betrays_who_was_sent(
    lives: Lives, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = [*lives.keys_of_the_host.values(), *lives.keys(lives.home).values()]
    keys += [key for province in (lives.home, lives.host) for key in own_keys(province)]
    known = {worker.encode(): Needle("worker", "control") for worker in lives.workers.values()}
    scanner = Scanner(needles(lives.people) | secret_needles(keys) | known)
    for province in (lives.home, lives.host):
        search(province, scanner)
    search_exchange(lives.exchange, scanner)
    leaks = [hit for hit in scanner.hits if hit.needle.form != "control"]
    assert leaks == [], "\n".join(map(str, leaks[:20]))
    seen = {hit.place for hit in scanner.hits}
    folders = (f"/{HOST}/kafka/", f"/{REGION}/kafka/", f"{lives.exchange.run}/kafka/")
    assert all(any(folder in place for place in seen) for folder in folders), seen
    assert any(place.startswith("topic: exchange.registry.to.440000") for place in seen), seen
    with capsys.disabled():
        amounts = ", ".join(f"{kind} {size / 1e6:.1f} MB" for kind, size in scanner.seen.items())
        print(f"\nsearched for {len(scanner.needles)} forms of {len(lives.people)} people's data: {amounts}")


def test_who_is_erased_at_home_is_erased_at_the_host(lives: Lives) -> None:
    """Its key was there before, and so was what it opens."""
    before, after = lives.keys_of_the_host, lives.keys(lives.host)
    workers = {*lives.workers.values()}
    assert before.keys() >= workers
    assert after.keys() & workers == workers - {*lives.erased}


def test_a_key_of_one_use_is_used_once(lives: Lives) -> None:
    """What was sealed to it cannot be opened again: nobody has its private half any more."""
    database = next(each for each in lives.host.databases() if each.keys)
    one_time = "select wrapped_key from vault.person_keys where subject like '%/%'"
    found = lives.host.fetch(database, one_time)
    assert len(found) == len(lives.people)
    assert [row["wrapped_key"] for row in found if row["wrapped_key"]] == []
