"""The routes that show who somebody is: recorded first, opened then."""

from eventcore.web import Body, CommandRequest, Problem, example, router
from fastapi import APIRouter
from starlette.responses import Response

from registry.disclosures.purposes import ON_OTHER_WAYS
from registry.disclosures.reading import IdentityOut, PurposeCode, WorkerId, disclose, opened, record, shown
from registry.surveys.lookup import look_up
from registry.surveys.survey import Unknown
from registry.surveys.views.survey import SurveyId
from registry.vault import Vault
from registry.workers.state import Registered
from registry.workers.surveying import newest_surveys
from registry.workers.worker import WORKER


class PurposeIn(Body):
    """What the data are needed for. 查阅目的。"""

    model_config = example({"purpose": "SURVEY_REVIEW"})

    purpose: PurposeCode


def routes(vault: Vault) -> APIRouter:
    """The routes, with the vault that opens."""
    found = router()

    @found.post("/v1/surveys/{survey}/identity", status_code=201, tags=["surveys"], response_model=IdentityOut)
    async def show_surveyed(survey: SurveyId, body: PurposeIn, request: CommandRequest) -> Response:
        """Shows whom a survey is about, for a purpose; recorded before anything is opened.

        按目的查阅被摸查人信息；先留痕，后显示。
        """
        key = str(survey)
        seen = (await look_up(request.web.store, [key]))[key]
        if isinstance(seen, Unknown):
            raise request.not_there()
        request.require_region(seen.facts.county)
        return await _identity(request, vault, seen.facts.worker, key, body.purpose)

    @found.post("/v1/workers/{worker}/identity", status_code=201, tags=["workers"], response_model=IdentityOut)
    async def show_worker(worker: WorkerId, body: PurposeIn, request: CommandRequest) -> Response:
        """Shows who a worker is, by the newest survey that counts; recorded before anything is opened.

        按目的查阅劳动者信息（最近一次有效摸查）；先留痕，后显示。
        """
        state, _ = await request.web.store.state(WORKER, str(worker))
        if not isinstance(state, Registered):
            request.leave_region_to_rules()
            raise Problem("personal_data_gone" if state.privacy.erased else "not_found")
        request.require_region(state.county)
        if state.erased:
            raise Problem("personal_data_gone")
        for survey in newest_surveys(state):
            return await _identity(request, vault, str(worker), survey, body.purpose)
        raise Problem("not_found")

    return found


async def _identity(request: CommandRequest, vault: Vault, worker: str, survey: str, purpose: str) -> Response:
    """A retry opens under the disclosure that was recorded the first time."""
    if purpose in ON_OTHER_WAYS:
        raise Problem("purpose_not_yours")
    disclosure, recorded = await record(request, disclose(request, worker, [survey], purpose))
    revealed = await opened(request.web.store, vault, disclosure)
    (first, fields) = next(iter(revealed.surveys.items()))
    return shown(recorded, {"disclosure": disclosure, "survey": first, **fields})
