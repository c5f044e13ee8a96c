"""For each POST what would be accepted; at the registry, about workers, surveys and households that are its own."""

from datetime import timedelta
from typing import Any, Final

from lb.sample.residents import account_of

from tests.conformance.conftest import Known
from tests.conformance.preparing import CITY, COUNTY, EVIDENCE, PLAN, PROVINCE, RECEIVERS, Ground, platform_message
from tests.conformance.routes import Request, Route
from tests.e2e.province import today

SURVEYORS: Final = ("surveyor",)
PROVINCIAL: Final = ("/v1/own-snapshots", "/v1/match-runs")
"""About the whole province, so only for its own office."""
EXPORTED_TO: Final = "poverty-alleviation-development"
PLATFORM: Final = "rural-poor-employment-platform"

Body = dict[str, Any] | None


def acceptable(route: Route, known: Known, turn: int) -> Request:
    """KeyError for a route that nobody has given a body yet. Each turn is about others."""
    if route.service != "registry":
        return known.requests[turn][route.service, route.path]
    ground = known.grounds[turn][route.path]
    body = (
        _of_surveys(ground)
        | _of_workers(ground)
        | _of_people(ground)
        | _of_households()
        | _of_systems(ground)
        | _of_other_provinces(ground)
    )[route.path]
    return Request(
        route=route,
        places=_places(route, ground),
        body=body,
        region=_region(route),
        **_exceptions(route, ground, turn),
    )


def _region(route: Route) -> str:
    if route.path in PROVINCIAL:
        return PROVINCE
    return COUNTY if route.office in SURVEYORS else CITY


def _places(route: Route, ground: Ground) -> dict[str, str]:
    source = PLATFORM if route.path.endswith("/surveys") else EXPORTED_TO
    found = {
        "survey": ground.waiting,
        "worker": ground.worker,
        "other": ground.other,
        "household": ground.household,
        "trainee_list": ground.trainee_list,
        "conflict": ground.conflict,
        "source": source,
    }
    return {name: value for name, value in found.items() if f"{{{name}}}" in route.path}


def _exceptions(route: Route, ground: Ground, turn: int) -> dict[str, Any]:
    """Where a route answers otherwise than all the others, for a reason."""
    found: dict[str, dict[str, Any]] = {
        # only the person may ask, whoever that is
        "/v1/workers/{worker}/file": {"subject": ground.worker, "nobody": (403, "file_not_yours")},
        # nobody learns who is known in another region; searches are counted by person
        "/v1/worker-searches": {"subject": f"registrar-{turn}", "elsewhere": (404, "worker_not_found")},
        # another person than who recorded it
        "/v1/workers/{worker}/death-withdrawal": {"subject": "zhang"},
        # nor whether there is such a worker
        "/v1/workers/{worker}/number-checks": {"nobody": None},
        "/v1/sources/{source}/surveys": {"lenient": True, "malformed": "source_message_malformed"},
        # nobody is handed over, and there is no province to ask
        "/v1/stewardship/{worker}/taking-back": {"refused": "stewardship_at_home"},
        "/v1/identity-asks": {"refused": "identity_not_to_be_asked"},
    }
    words = {"strange": (404, "not_found")} if "{source}" in route.path else {}
    return words | found.get(route.path, {})


def _of_surveys(ground: Ground) -> dict[str, Body]:
    return {
        "/v1/surveys": ground.stranger.survey(),
        "/v1/survey-batches": {"surveys": [ground.stranger.survey()]},
        "/v1/surveys/{survey}/approval": None,
        "/v1/surveys/{survey}/rejection": {"reason": "NO_EVIDENCE"},
        "/v1/surveys/{survey}/invalidation": {"reason": "OTHER_DATA"},
        "/v1/review-batches": {"reviews": [{"survey": ground.waiting, "decision": "approve"}]},
        "/v1/surveys/{survey}/identity": {"purpose": "SURVEY_REVIEW"},
        "/v1/surveys/{survey}/form": {"purpose": "SURVEY_FORM"},
    }


_BATCHES: Final = {"group": "groups", "wish": "wishes", "eligibility": "eligibility", "designation": "designation"}
"""What is done to many workers, by the route that does it to one."""


def _of_workers(ground: Ground) -> dict[str, Body]:
    soon = str(today() + timedelta(days=30))
    found: dict[str, Body] = {
        "groups": {"group": "HARD_TO_EMPLOY", "valid_from": "2026-01-01", "evidence": EVIDENCE},
        "group-ends": {"group": ground.person.groups[0], "valid_to": "2025-01-01", "evidence": EVIDENCE},
        "wishes": {"wishes": ["JOB"], "evidence": EVIDENCE},
        "eligibility": {"able_to_work": True},
        "designation": {"plan": PLAN, "evidence": EVIDENCE},
        "designation-end": {"reason": "WITHDRAWN"},
        "attention": {"reason": "LOST_JOB", "until": soon},
        "attention-end": None,
        "death": {"died_on": str(today()), "evidence": EVIDENCE},
        "death-withdrawal": {"evidence": EVIDENCE},
    }
    return (
        {f"/v1/workers/{{worker}}/{name}": body for name, body in found.items()}
        | {
            "/v1/trainee-lists": {
                "region": COUNTY,
                "plan": PLAN,
                "trainees": [ground.worker],
                "receivers": list(RECEIVERS),
            },
            "/v1/trainee-lists/{trainee_list}/receipt": None,
        }
        | {
            f"/v1/{name}-batches": {"items": [{"worker": ground.worker, **(found[of] or {})}]}
            for name, of in _BATCHES.items()
        }
        | _of_accounts(ground)
    )


def _of_accounts(ground: Ground) -> dict[str, Body]:
    account = {"account": account_of(820_000_000), "bank": "中国农业银行", "holder_name": "王某", "evidence": EVIDENCE}
    return {
        "/v1/workers/{worker}/bank-account": account,
        "/v1/bank-account-batches": {"accounts": [{"worker": ground.worker, **account}]},
        "/v1/payee-disclosures": {"purpose": "SUBSIDY_PAYMENT", "reference": "PAY-1", "workers": [ground.worker]},
        "/v1/workers/{worker}/number-checks": {
            "last_four": ground.person.number[-4:],
            "purpose": "CERTIFICATE_VERIFICATION",
            "reference": "certificate-1",
        },
    }


def _of_people(ground: Ground) -> dict[str, Body]:
    return {
        "/v1/workers/{worker}/identity": {"purpose": "SURVEY_REVIEW"},
        "/v1/workers/{worker}/file": None,
        "/v1/local-worker-requests": {"region": CITY, "groups": ["MONITORED"]},
        "/v1/workers/{worker}/restriction": {"ground": "PERSON_REQUEST"},
        "/v1/workers/{worker}/restriction-end": None,
        "/v1/workers/{worker}/erasure": {"ground": "PERSON_REQUEST"},
        "/v1/workers/{worker}/duplicates": {
            "other": ground.other,
            "verdict": "SAME",
            "reason": "NUMBER_CORRECTED",
            "evidence": [EVIDENCE],
        },
        "/v1/workers/{worker}/duplicates/{other}/settlement": {"outcome": "BOTH_TRUE"},
        "/v1/worker-searches": {
            "known": {"by": "number", "number": ground.person.number},
            "purpose": "JOB_SERVICE",
        },
    }


def _of_other_provinces(ground: Ground) -> dict[str, Body]:
    return {
        "/v1/stewardship/{worker}/recall": None,
        "/v1/stewardship/{worker}/taking-back": {"order": EVIDENCE},
        "/v1/identity-asks": {"number": ground.person.number, "region": COUNTY},
    }


def _of_households() -> dict[str, Body]:
    """Member 1 is the head, 2 the spouse, 3 a child."""
    day = str(today())
    found: dict[str, Body] = {
        "": {"region": COUNTY, "evidence": EVIDENCE},
        "/{household}/region": {"region": "520502", "moved_on": day, "evidence": EVIDENCE},
        "/{household}/members": {"relation": "CHILD", "age_group": "UNDER_16", "joined_on": "2015-06-01"},
        "/{household}/member-removals": {"member": 3, "left_on": day, "reason": "MOVED"},
        "/{household}/head": {"member": 2, "relation_of_before": "SPOUSE", "named_on": day},
        "/{household}/surveys": {"surveyed_on": day, "members": [{"member": 3, "situation": "AT_SCHOOL"}]},
        "/{household}/status": {"status": "POVERTY_LIFTED", "valid_from": "2021-01-01", "evidence": EVIDENCE},
    }
    return {f"/v1/households{path}": body for path, body in found.items()}


def _of_systems(ground: Ground) -> dict[str, Body]:
    return {
        "/v1/sources/{source}/exports": {"surveys": [ground.approved]},
        "/v1/sources/{source}/surveys": platform_message(ground.stranger),
        "/v1/own-snapshots": None,
        "/v1/match-runs": {"comparison": "three-systems", "snapshots": dict(ground.snapshots)},
        "/v1/match-conflicts/{conflict}/decision": {
            "right": "NONE",
            "follow_up": "NOTHING",
            "reason": "VISITED",
        },
    }
