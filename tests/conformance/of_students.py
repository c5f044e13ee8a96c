"""Students of a technical school: what each of their routes would accept, about students of its own."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.conformance.of_training import OCCUPATION, OFFICER, PLAN, Training
from tests.conformance.offices import STARTS
from tests.conformance.preparing import CITY, EVIDENCE
from tests.conformance.routes import Request
from tests.e2e.province import today

EMPLOYER: Final = "91520102MA000007LP"
OF_A_TURN: Final = 3
"""Seen and helped, graduated, gone."""


class Students:
    """An intake of the city's school, with `OF_A_TURN` students and somebody who applies for each turn."""

    def __init__(self, training: Training, turns: Sequence[Sequence[str]]) -> None:
        self._training, self._turns = training, turns
        self.intakes = [self._admitted(people[:OF_A_TURN]) for people in turns]

    def _admitted(self, workers: Sequence[str]) -> str:
        key = str(self._training.service.do("/v1/intakes", self.filing(), **self._training.school)["intake"])
        self._training.service.do(f"/v1/intakes/{key}/admissions", self.applying(workers), **OFFICER)
        return key

    def filing(self) -> dict[str, Any]:
        return {
            "plan": PLAN,
            "region": CITY,
            "starts_on": str(STARTS),
            "specialties": [{"occupation": OCCUPATION, "level": "3", "places": 10, "employer": EMPLOYER}],
            "evidence": EVIDENCE,
        }

    def applying(self, workers: Sequence[str]) -> dict[str, Any]:
        wish = {"wishes": [1], "chosen_on": str(STARTS), "evidence": EVIDENCE}
        return {"applicants": [{"worker": each, **wish} for each in workers]}

    def places(self) -> dict[str, list[Any]]:
        return {"intake": [*self.intakes]}

    def requests(self, turn: int) -> Iterator[Request]:
        ask, key, day = self._training.service.asker(), self.intakes[turn], str(today())
        seen, graduate, leaver, applicant = self._turns[turn][: OF_A_TURN + 1]
        path, posts = "/v1/students/{worker}", {"starts_on": day, "ends_on": "2099-01-01", "posts": 1}
        check = {"worker": seen, "month": day[:7], "learning": "HARD", "living": "WELL", "help": ["LESSONS"]}
        yield ask("/v1/intakes", self.filing(), organisation=self._training.base)
        yield ask("/v1/intakes/{intake}/admissions", self.applying([applicant]), key)
        given = {"specialty": 1, "employer": EMPLOYER, **posts, "evidence": EVIDENCE}
        yield ask("/v1/intakes/{intake}/internships", given, key)
        yield ask("/v1/student-check-batches", {"checks": [check]})
        yield ask(f"{path}/mentors", {"duty": "ONE_TO_ONE", "staff": f"L-{turn}"}, seen)
        yield ask(f"{path}/changes", {"change": "REPEATS", "changed_on": day, "evidence": EVIDENCE}, seen)
        yield ask(f"{path}/graduation", {"graduated_on": day, "evidence": EVIDENCE}, graduate)
        left = {"left_on": day, "reason": "OWN_WISH", "evidence": EVIDENCE}
        yield ask(f"{path}/leaving", left, leaver)
