"""Two hundred people go through a province of their own; then everything that it wrote is searched for them."""

import json
from collections.abc import Iterator

import pytest

from tests.canary.leaks import EXPECTED, planted
from tests.canary.life import Life
from tests.canary.needles import Needle, needles, secret_needles
from tests.canary.places import search
from tests.canary.scanner import Hit, Scanner, found
from tests.canary.subjects import subjects
from tests.e2e.province import REGION, Province, province_of

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

PEOPLE = 200
ROTATED = 2
"""Keys that have a second version."""
PLACES = {"dump", "activity", "topic", "process", "page", "file"}


@pytest.fixture(scope="module")
def life() -> Iterator[Life]:
    with province_of("canary", spans="traces") as province:
        lived = Life(province, list(subjects(PEOPLE)))
        lived.live()
        yield lived


def looked_for(life: Life) -> dict[bytes, Needle]:
    """The people, the province's own keys, and, to see that the search is one, what is no secret."""
    return needles(life.people) | secret_needles(keys(life.province)) | controls(life)


def keys(province: Province) -> list[bytes]:
    """Every secret of the services."""
    deployment = province.deployment
    files = [deployment.secrets(service) / name for service in deployment.services for name in service.secrets]
    found = [bytes.fromhex(line) for file in files for line in file.read_text().split()]
    assert len(found) == sum(len(service.secrets) for service in province.deployment.services) + ROTATED
    return found


def controls(life: Life) -> dict[bytes, Needle]:
    """A survey's id is everywhere that facts are."""
    survey = life.surveys[life.people[-1].number]
    return {survey.encode(): Needle("survey", "control"), b"POST /v1/survey-batches": Needle("span", "control")}


def is_for_the_bank(province: Province, hit: Hit) -> bool:
    """Whom it pays and on what account stands in the files to the bank, and nowhere else."""
    return hit.needle.kind in ("name", "account") and str(province.deployment.bank / "to-bank") in hit.place


def test_nothing_that_was_written_betrays_a_person_or_a_key(life: Life, capsys: pytest.CaptureFixture[str]) -> None:
    scanner = Scanner(looked_for(life))
    search(life.province, scanner)
    for text in life.refusals:
        scanner.data("refusal: answer", text)
    for text in life.shown:
        scanner.data("shown: to operators", text)
    leaks = [hit for hit in scanner.hits if hit.needle.form != "control" and not is_for_the_bank(life.province, hit)]
    assert leaks == [], "\n".join(map(str, leaks[:20]))
    told = {hit.needle.kind for hit in scanner.hits if is_for_the_bank(life.province, hit)}
    assert told == {"name", "account"}
    seen = {hit.place for hit in scanner.hits}
    folders = ("/postgres/", "/pg_wal/", "/kafka/", "/traces/")
    assert all(any(folder in place for place in seen) for folder in folders), seen
    assert {place.partition(":")[0] for place in seen} >= {"dump", "topic", "page", "file"}
    assert scanner.seen.keys() == PLACES | {"refusal", "shown"}
    with capsys.disabled():
        amounts = ", ".join(f"{kind} {size / 1e6:.1f} MB" for kind, size in scanner.seen.items())
        print(f"\nsearched for {len(scanner.needles)} forms of {PEOPLE} people's data: {amounts}")


def test_erased_people_are_gone_everywhere(life: Life) -> None:
    """After rotations, a replay and a rebuild. What they were called is searched for with all others'."""
    assert len(life.erased) == 6
    for survey, worker in life.erased.items():
        for path, purpose in ((f"/v1/surveys/{survey}", "SURVEY_REVIEW"), (f"/v1/workers/{worker}", "RIGHTS_REQUEST")):
            office = "reviewer" if purpose == "SURVEY_REVIEW" else "privacy-officer"
            gone = life.post(office, REGION, f"{path}/identity", {"purpose": purpose})
            assert (gone.status_code, gone.json()["code"]) == (410, "personal_data_gone")
    workers, province = list(life.erased.values()), life.province
    keys_database = next(each for each in province.databases() if each.keys)
    left = "select count(*) as n from vault.person_keys where subject = any($1::text[]) and wrapped_key is not null"
    assert province.fetch(keys_database, left, workers)[0]["n"] == 0
    held = "select count(*) as n from log.guards where scope = 'person' and holder = any($1::text[])"
    assert province.fetch("registry", held, workers)[0]["n"] == 0
    indexes = province.fetch("registry", "select data from log.readable where type = 'personal-data-erased'")
    numbers = {number for row in indexes for number in json.loads(row["data"])["numbers"]}
    assert len(numbers) == 6
    again = province.fetch("registry", "select key from log.guards where scope = 'person'")
    assert {row["key"].partition(".")[0] for row in again} == {"2"}
    assert numbers & {row["key"] for row in again} == set()
    listed = province.registry.get(
        "/v1/surveys?region=520000&limit=200", headers=province.headers("reviewer", REGION)
    ).text
    assert not any(worker in listed for worker in workers)


def test_a_planted_leak_of_each_kind_is_found(life: Life) -> None:
    subject = life.people[7 * 3]
    scanner = Scanner(needles([subject]))
    with planted(life.province, subject) as pid:
        search(life.province, scanner, besides=[pid])
    assert EXPECTED - set(found(scanner.hits)) == set()
    files = {hit.place.rpartition("/")[2] for hit in scanner.hits if hit.place.startswith("file")}
    assert {"registry-api.log", "subsidy-worker.log", "core.1", "cache.csv", "access.txt"} <= files
    assert any("/traces/" in hit.place for hit in scanner.hits)
    assert any("/kafka/" in hit.place for hit in scanner.hits)
    assert any("/postgres/" in hit.place for hit in scanner.hits)
