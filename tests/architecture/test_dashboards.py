"""What dashboards and alarms ask for is measured, every process is asked, and alarms lead to a page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from eventcore import metrics
from lb.compose import published
from lb.topology import PROVINCES, SERVICES
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).parents[2]
GRAFANA = ROOT / "deploy" / "grafana"
BOARDS = sorted((GRAFANA / "dashboards").glob("*.json"))
CHINESE, ENGLISH = re.compile("[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2,}")
OF_PROMETHEUS = {"up", "job", "instance", "le"}
"""What it adds to everything that it asks for."""
WORDS = {
    *("by", "rate", "sum", "max", "topk", "histogram_quantile", "min_over_time"),
    *("http_response_status_code", "http_request_method", "http_route", "command", "outcome", "reader", "region"),
}


def board(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def settings(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((GRAFANA / name).read_text(encoding="utf-8"))
    return found


def rules() -> list[dict[str, Any]]:
    (group,) = settings("alarms.yaml")["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in rules())
    for path in BOARDS:
        yield from (target["expr"] for panel in board(path)["panels"] for target in panel["targets"])


def measured() -> set[str]:
    """Names as Prometheus stores them."""
    found = set()
    for family in text_string_to_metric_families(metrics.exposition()[0].decode()):
        parts = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("_total",)}.get(family.type, ("",))
        found |= {family.name + part for part in parts}
    return found


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_everything_that_is_asked_for_is_measured(expression: str) -> None:
    asked = set(re.findall(r"[a-z_]{2,}", re.sub(r'"[^"]*"|\[[^]]*\]', "", expression)))
    assert asked - OF_PROMETHEUS - WORDS <= measured()
    assert asked & (measured() | OF_PROMETHEUS)


def test_every_process_of_every_service_is_asked() -> None:
    asked = {
        job["job_name"]: job["static_configs"][0]["targets"] for job in settings("prometheus.yaml")["scrape_configs"]
    }
    assert asked == {
        each.name: [f"{region}-{each.name}:{published(region)[each.api_port]}" for region in PROVINCES]
        for each in SERVICES
    }


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_a_board_is_told_apart_and_speaks_both_languages(path: Path) -> None:
    shown = board(path)
    assert shown["uid"] == f"labourbridge-{path.stem}"
    assert len({panel["id"] for panel in shown["panels"]}) == len(shown["panels"]) > 0
    texts = [shown[key] for key in ("title", "description")]
    texts += [panel[key] for panel in shown["panels"] for key in ("title", "description")]
    assert [text for text in texts if not (CHINESE.search(text) and ENGLISH.search(text))] == []
    (source,) = settings("sources.yaml")["datasources"]
    assert {panel["datasource"]["uid"] for panel in shown["panels"]} == {source["uid"]}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alarm_leads_to_what_to_do(rule: dict[str, Any]) -> None:
    assert (ROOT / "docs" / "runbooks" / rule["annotations"]["runbook"]).exists()
    assert CHINESE.search(rule["annotations"]["summary"])
    by = re.search(r"by \(([a-z, ]+)\)", rule["expr"])
    labels = set(by.group(1).split(", ")) if by else OF_PROMETHEUS
    assert set(re.findall(r"\$labels\.([a-z]+)", rule["annotations"]["summary"])) <= labels


def test_compose_provides_what_the_settings_name() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    mounts = dict(volume.split(":")[:2] for name in ("prometheus", "grafana") for volume in services[name]["volumes"])
    inside = {path: ROOT / name for name, path in mounts.items() if name.startswith("./")}
    assert all(path.exists() for path in inside.values())
    assert services["prometheus"]["command"][0] == f"--config.file={mounts['./deploy/grafana']}/prometheus.yaml"
    (provider,) = settings("boards.yaml")["providers"]
    assert inside[provider["options"]["path"]] == GRAFANA / "dashboards"
    assert settings("sources.yaml")["datasources"][0]["url"] == "http://prometheus:9090"
    assert services["prometheus"]["ports"][0].endswith(":9090")
