"""Two hundred people go through a province of their own; then everything that it wrote is searched for them."""

from collections.abc import Iterator

import pytest

from tests.canary.leaks import EXPECTED, planted
from tests.canary.life import Life
from tests.canary.needles import Needle, needles, secret_needles
from tests.canary.places import search
from tests.canary.scanner import Scanner, found
from tests.canary.subjects import subjects
from tests.e2e.province import Province, province_of

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

PEOPLE = 200
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
    folders = [province.deployment.secrets(service) for service in province.deployment.services]
    found = [bytes.fromhex(file.read_text()) for folder in folders for file in folder.iterdir()]
    assert len(found) == sum(len(service.secrets) for service in province.deployment.services)
    return found


def controls(life: Life) -> dict[bytes, Needle]:
    """A survey's id is everywhere that facts are."""
    survey = life.surveys[life.people[-1].number]
    return {survey.encode(): Needle("survey", "control"), b"POST /v1/survey-batches": Needle("span", "control")}


def test_nothing_that_was_written_betrays_a_person_or_a_key(life: Life, capsys: pytest.CaptureFixture[str]) -> None:
    scanner = Scanner(looked_for(life))
    search(life.province, scanner)
    for text in life.refusals:
        scanner.data("refusal: answer", text)
    for text in life.shown:
        scanner.data("shown: to operators", text)
    leaks = [hit for hit in scanner.hits if hit.needle.form != "control"]
    assert leaks == [], "\n".join(map(str, leaks[:20]))
    seen = {hit.place for hit in scanner.hits}
    folders = ("/postgres/", "/pg_wal/", "/kafka/", "/traces/")
    assert all(any(folder in place for place in seen) for folder in folders), seen
    assert {place.partition(":")[0] for place in seen} >= {"dump", "topic", "page", "file"}
    assert scanner.seen.keys() == PLACES | {"refusal", "shown"}
    with capsys.disabled():
        amounts = ", ".join(f"{kind} {size / 1e6:.1f} MB" for kind, size in scanner.seen.items())
        print(f"\nsearched for {len(scanner.needles)} forms of {PEOPLE} people's data: {amounts}")


def test_a_planted_leak_of_each_kind_is_found(life: Life) -> None:
    subject = life.people[7 * 3]
    scanner = Scanner(needles([subject]))
    with planted(life.province, subject) as pid:
        search(life.province, scanner, besides=[pid])
    assert EXPECTED - set(found(scanner.hits)) == set()
    files = {hit.place.rpartition("/")[2] for hit in scanner.hits if hit.place.startswith("file")}
    assert {"registry-api.log", "core.1", "cache.csv", "access.txt"} <= files
    assert any("/traces/" in hit.place for hit in scanner.hits)
    assert any("/kafka/" in hit.place for hit in scanner.hits)
    assert any("/postgres/" in hit.place for hit in scanner.hits)
