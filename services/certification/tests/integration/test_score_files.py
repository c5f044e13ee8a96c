"""Results files of exam systems, as they write them."""

from uuid import uuid4

import httpx
import pytest
from assessing import BODY, Assessing, done
from served import Served, token_of

SOURCE = {"source": "exam-2026-0518.csv"}


@pytest.fixture
async def at_work(certification: Served) -> Assessing:
    assessing = Assessing(certification)
    await assessing.body_stands()
    return assessing


async def sent(at_work: Assessing, assessment: str, data: bytes, kind: str = "text/csv") -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4()), "Content-Type": kind}
    headers |= token_of(office="assessment-body", organisation=BODY)
    path = f"/v1/assessments/{assessment}/score-files"
    return await at_work.service.client.post(path, content=data, params=SOURCE, headers=headers)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
async def test_a_results_file_is_taken_line_by_line_with_verdicts(at_work: Assessing, encoding: str) -> None:
    workers = await at_work.workers_known(4)
    assessment = await at_work.scheduled()
    path = f"/v1/assessments/{assessment}"
    done(await at_work.body(f"{path}/candidates", {"workers": workers[:3]}), 200)
    lines = [
        "人员编号,理论成绩,实操成绩,缺考",
        f"{workers[0]},80,75,否",
        f"{workers[1]},,,是",
        f"{workers[2]},一百,75,",
    ]
    lines += [f"{workers[3]},80,75,", "不是编号,80,75,"]
    answer = await sent(at_work, assessment, "\r\n".join(lines).encode(encoding))
    verdicts = [(each["status"], each["answer"].get("code")) for each in done(answer, 200)["results"]]
    assert verdicts == [
        (201, None),
        (201, None),
        (422, "request_invalid"),
        (409, "not_a_candidate"),
        (422, "request_invalid"),
    ]
    shown = await at_work.service.get(path, office="assessment-body", organisation=BODY)
    scores = [each["scores"] for each in shown.json()["candidates"]]
    assert scores[0] == {"theory": 80, "practice": 75, "absent": False, "source": SOURCE["source"]}
    assert scores[1]["absent"]
    assert scores[2] is None


REFUSED = [
    (b"a,b\n1,2\n", "text/csv", 422, "score_file_unreadable"),
    (b"", "text/csv", 422, "score_file_unreadable"),
    (b"worker\n", "text/csv", 422, "score_file_unreadable"),
    (b"worker\n" + b"x\n" * 61, "text/csv", 422, "score_file_unreadable"),
    (b"\xff\xff\xff", "text/csv", 422, "score_file_unreadable"),
    (b'worker\n"x', "text/csv", 422, "score_file_unreadable"),
    (b"{}", "application/json", 415, "content_type_unsupported"),
]


async def test_what_is_no_results_file_is_refused_whole(at_work: Assessing) -> None:
    assessment = await at_work.scheduled()
    for data, kind, status, code in REFUSED:
        refused = await sent(at_work, assessment, data, kind)
        assert (refused.status_code, refused.json()["code"]) == (status, code), data
