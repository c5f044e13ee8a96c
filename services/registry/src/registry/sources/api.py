"""Routes of source systems: what is declared of each, what is sent to them, and what they send."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from eventcore.clock import legal_day
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.web import BATCH, ApiRequest, Body, CommandRequest, Each, Problem, example, problems, router
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field, RootModel, ValidationError
from starlette.responses import Response

from registry.disclosures.purposes import SYSTEM_EXCHANGE
from registry.disclosures.reading import disclose, record_all
from registry.disclosures.reveal import reveal_all
from registry.imports.api import unreadable_problem
from registry.profiles.profile import rs_fields
from registry.rosters import Unreadable
from registry.sources import surveyed
from registry.sources.reading import Reading, Record, Refusal, message_rows, read_rows
from registry.sources.system import ILLUSTRATIVE, System, systems
from registry.sources.values import Setting
from registry.sources.writing import NotWritable, media_type, write
from registry.surveys.api import Counter, answer
from registry.surveys.bodies import SurveyIn
from registry.surveys.lookup import look_up, recorded
from registry.surveys.survey import SURVEY, Approved, Unknown
from registry.vault import Vault

MOST: Final = 200
MOST_RECORDS: Final = 500
EXPORTED: Final = {"text/csv": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}}
SourceId = Annotated[str, Path(max_length=60, description="Id of the system. 系统标识。")]


class ColumnOut(BaseModel):
    """A column of a system's files, or a member of its messages. 数据项。"""

    field: str
    names: list[str]
    kind: str
    required: bool
    values: dict[str, str]
    rs: str | None
    basis: str
    illustrative: bool


class SystemOut(BaseModel):
    """A system that feeds or reads the registry. 信息系统。"""

    source: str
    zh: str
    en: str
    requirement: str
    flows: list[str]
    form: str
    note: str
    columns: list[ColumnOut]


class SystemsOut(BaseModel):
    """All systems. 信息系统列表。"""

    sources: list[SystemOut]


class ExportIn(Body):
    """Approved surveys that the system is to get. 报送的摸查。"""

    model_config = example(
        {"surveys": ["0190a1b2-0000-7000-8000-0000000000f1", "0190a1b2-0000-7000-8000-0000000000f2"]}
    )

    surveys: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST)]


class MessageIn(RootModel[dict[str, Any]]):
    """A message of the system, as it is declared. 系统报文。"""

    model_config = example(
        {
            "interface": "rural-poor-employment",
            "version": "1",
            "records": [
                {
                    "AAC003": "王秀英",
                    "AAC002": "520599199003070023",
                    "BAC301": "520526",
                    "AAC016": "2",
                    "wishes": ["JOB"],
                    "AAE036": "2026-03-02",
                }
            ],
        }
    )


class Routes:
    """The routes, with what they go by."""

    def __init__(self, counter: Counter, vault: Vault) -> None:
        self._counter = counter
        self._vault = vault

    async def list_systems(self, request: ApiRequest) -> SystemsOut:
        """The systems, their files and messages; what no published source gives is marked. 信息系统目录。"""
        return SystemsOut(sources=[_system(each) for each in systems().values()])

    async def export_surveys(self, source: SourceId, body: ExportIn, request: CommandRequest) -> Response:
        """Approved surveys in the system's form; each is a recorded disclosure. 按系统格式导出，逐人留痕。"""
        system = _with_flow(source, "export")
        keys = [str(each) for each in dict.fromkeys(body.surveys)]
        workers = await _approved(request, keys)
        commands = [disclose(request, workers[key], [key], SYSTEM_EXCHANGE) for key in keys]
        disclosures, response = await record_all(request, commands)
        records = await self._records(request, disclosures)
        try:
            data = write(system, records)
        except NotWritable as lacking:
            raise Problem("source_record_incomplete", errors=[{"field": lacking.field, "code": "missing"}]) from None
        headers = {name: value for name, value in response.headers.items() if name == "log-position"}
        return Response(data, 201, headers, media_type(system))

    async def _records(self, request: CommandRequest, disclosures: Sequence[str]) -> list[Mapping[str, str]]:
        store = request.web.store
        records: list[Mapping[str, str]] = []
        for revealed in (await reveal_all(store, self._vault, disclosures)).values():
            if revealed is None:
                raise Problem("personal_data_gone")
            ((key, shown),) = revealed.surveys.items()
            records.append(surveyed.record(await recorded(store, key), shown))
        return records

    async def take_surveys(self, source: SourceId, body: MessageIn, request: CommandRequest) -> Response:
        """Up to 500 surveys of the system, each for itself, with a verdict each. 接收系统推送的摸查，逐条答复。"""
        system = _with_flow(source, "import")
        request.leave_region_to_rules()  # each item has its own
        setting = Setting(on=legal_day(), province=request.web.region, made_up=self._counter.made_up_people)
        try:
            reading = read_rows(system, message_rows(system, body.root), setting)
        except Unreadable as unreadable:
            raise unreadable_problem(unreadable) from None
        items = _in_order(reading)
        if not 0 < len(items) <= MOST_RECORDS:
            raise Problem("request_invalid")
        return await request.handle_each([self._taken(each, request) for each in items])

    def _taken(self, item: Record | Refusal, request: CommandRequest) -> Each | Problem:
        if isinstance(item, Refusal):
            return Problem("request_invalid", errors=[{"field": item.field, "code": item.code}])
        try:
            survey = SurveyIn.model_validate_json(msgspec.json.encode(surveyed.body(item.values)))
        except ValidationError as error:
            return problems.invalid(error)
        if not request.may_touch(survey.household_region):
            return Problem("region_not_yours")
        key = self._counter.mint()
        return Each(SURVEY, key, self._counter.record(survey, key, request.caller), reply=answer)


async def _approved(request: CommandRequest, keys: list[str]) -> Mapping[str, str]:
    """The surveys' workers. Problem where one is not there, not approved, or of another region."""
    found = await look_up(request.web.store, keys)
    request.leave_region_to_rules()
    workers: dict[str, str] = {}
    for key, survey in found.items():
        if isinstance(survey, Unknown):
            raise Problem("not_found")
        request.require_region(survey.facts.household_region)
        if not isinstance(survey, Approved):
            raise Problem("source_survey_not_approved")
        workers[key] = survey.facts.worker
    return workers


def _in_order(reading: Reading) -> list[Record | Refusal]:
    return sorted((*reading.records, *reading.refusals), key=lambda each: each.line)


def _with_flow(source: str, flow: str) -> System:
    system = systems().get(source)
    if system is None or flow not in system.flows:
        raise Problem("not_found")
    return system


def _system(system: System) -> SystemOut:
    return SystemOut(
        source=system.id,
        zh=system.zh,
        en=system.en,
        requirement=system.requirement,
        flows=[*system.flows],
        form="none" if system.own else "message" if system.message else "table",
        note=system.note,
        columns=[
            ColumnOut(
                field=each.field,
                names=[*each.names],
                kind=each.kind,
                required=each.required,
                values=each.values,
                rs=rs_fields()[each.field].code if each.field in rs_fields() else None,
                basis=each.basis,
                illustrative=each.basis == ILLUSTRATIVE,
            )
            for each in system.columns
        ],
    )


def routes(counter: Counter, vault: Vault) -> APIRouter:
    """Systems and what flows."""
    found, handlers = router(), Routes(counter, vault)
    found.add_api_route("/v1/sources", handlers.list_systems, tags=["sources"])
    found.add_api_route(
        "/v1/sources/{source}/exports",
        handlers.export_surveys,
        methods=["POST"],
        status_code=201,
        tags=["sources"],
        response_class=Response,
        responses={201: {"content": EXPORTED}},
    )
    found.add_api_route(
        "/v1/sources/{source}/surveys",
        handlers.take_surveys,
        methods=["POST"],
        tags=["sources"],
        responses={200: BATCH},
        dependencies=AS_STEWARD,
    )
    return found
