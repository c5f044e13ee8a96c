"""Spot checks over HTTP: drawn of who got a seat, by the committee of the county."""

from datetime import timedelta
from typing import Any

import pytest
from eventcore.clock import CLOCK, legal_day
from served import Served
from training_way import COUNTY, OFFICE, TrainingWay, designation, done, worker

EXPERT: dict[str, Any] = {"office": "expert", "who": "expert-1", "organisation": "experts"}


async def test_a_committee_draws_of_who_got_a_seat(training: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    way = TrainingWay(training)
    await way.prepare()
    await training.tell(designation(1))
    key = await way.open()
    await way.choose([1], key)
    done(await way.enrol(1, key))
    await training.catch_up()
    body = {"region": COUNTY, "members": ["expert-1", "expert-2", "expert-3"], "evidence": "黔人社〔2026〕8号"}
    path = f"/v1/inspections/{done(await training.post('/v1/inspections', body, **OFFICE))['inspection']}"
    today = legal_day(CLOCK)
    sample = {"since": "2026-01-01", "until": today.isoformat(), "seed": "7", "size": 5}
    refused = await training.post(f"{path}/samples", sample, **EXPERT)
    assert (refused.status_code, refused.json()["code"]) == (409, "sample_days_not_over")
    before = {**sample, "until": (today - timedelta(days=1)).isoformat()}
    nobody = await training.post(f"{path}/samples", before, **EXPERT)
    assert (nobody.status_code, nobody.json()["code"]) == (409, "sample_population_empty")
    monkeypatch.setattr(CLOCK, "offset", timedelta(days=1))
    done(await training.post(f"{path}/samples", sample, **EXPERT))
    finding = {
        "sample": 1,
        "training_class": key,
        "worker": worker(1),
        "step": "TRAINING",
        "kind": "HOURS_FALSE",
        "evidence": "抽查〔2026〕1号",
    }
    stranger = await training.post(f"{path}/findings", finding, **{**EXPERT, "who": "expert-9"})
    assert (stranger.status_code, stranger.json()["code"]) == (409, "committee_member_required")
    done(await training.post(f"{path}/findings", finding, **EXPERT))
    resolution = {"finding": 1, "outcome": "CORRECTED", "evidence": "整改〔2026〕1号"}
    done(await training.post(f"{path}/resolutions", resolution, **OFFICE))
    evaluation = {"sample": 1, "verdict": "DEFICIENT", "evidence": "评估〔2026〕1号"}
    done(await training.post(f"{path}/evaluations", evaluation, **EXPERT))
    shown = await way.get(path)
    assert shown["samples"][0]["drawn"] == [f"{key}/{worker(1)}"]
    assert [(each["findings"], each["unresolved"]) for each in shown["evaluations"]] == [(1, 0)]
