"""What operators, an orchestrator and programmers of other systems see of a province that is well."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from lb.topology import SERVICES

from tests.e2e.province import REGION, Province
from tests.e2e.sent import Sent

AT_ONCE = 2
CHINESE, SENTENCE = re.compile("[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]+ [a-z]+")
NAMES = [service.name for service in SERVICES]
pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


@pytest.mark.parametrize("service", NAMES)
def test_operations_show_every_reader_at_the_end_and_nothing_parked(
    province: Province, sent: Sent, service: str
) -> None:
    province.settle()
    answer = province.clients[service].get("/v1/operations", headers=province.headers("operator", REGION))
    assert answer.status_code == 200
    shown = answer.json()
    readers = {reader["reader"] for reader in shown["readers"]}
    views = {reader.rpartition("_")[0] for reader in readers if reader.startswith("view/")}
    sources = province.deployment.project.root / "services" / service / "src" / service
    policies = {f"policy/{path.stem}" for path in sources.rglob("when_*.py")}
    expected = {
        "registry": {"relay", "imports", "view/pending", "view/imports"},
        "reporting": {"view/steps", "view/homes", "view/links", "view/money", "view/journey"},
    }
    assert expected.get(service, set()) | policies <= readers | views
    assert {reader["lag_events"] for reader in shown["readers"]} == {0}
    assert shown["parked"] == shown["frozen_sources"] == shown["unreadable"] == []


@pytest.mark.parametrize("command", ["api", "worker"])
@pytest.mark.parametrize("service", NAMES)
def test_every_process_is_alive_ready_and_counts(province: Province, sent: Sent, service: str, command: str) -> None:
    address = province.deployment.url(province.service(service), command)
    for probe in ("livez", "readyz"):
        answer = httpx.get(f"{address}/{probe}", timeout=10)
        assert (answer.status_code, answer.json()["ok"]) == (200, True), answer.text
    metrics = httpx.get(f"{address}/metrics", timeout=10)
    assert metrics.status_code == 200
    counted = {"api": "http_server_request_duration_seconds", "worker": "eventcore_reader_lag_events"}
    assert counted[command] in metrics.text


@pytest.mark.parametrize("service", NAMES)
def test_every_operation_says_what_it_does_in_both_languages(province: Province, service: str) -> None:
    document = province.clients[service].get("/openapi.json").json()
    said = {"the service": document["info"]["description"]} | {
        f"{method} {path}": operation.get("description", "")
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    assert len(said) > 10
    assert [label for label, text in said.items() if not (CHINESE.search(text) and SENTENCE.search(text))] == []


def test_the_log_agrees_with_itself(province: Province, sent: Sent) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        verified = pool.map(lambda service: province.run(service, "verify"), NAMES)
        for service, done in zip(NAMES, verified, strict=True):
            assert done.returncode == 0, done.stdout + done.stderr
            assert f"{service}: the log agrees with itself" in done.stdout
