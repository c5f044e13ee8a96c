"""Routes of certificates for offices: suspended, reinstated, revoked alone or together, and listed."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from contracts.days import Day
from contracts.region import RegionCode
from contracts.skills import SkillLevelCode
from eventcore.clock import legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, CommandRequest, Paged, posts, router
from eventcore.web.acting import acting
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from certification.assessments.api import within_reach
from certification.assessments.assessment import ASSESSMENT
from certification.assessments.commands import VoidAssessment
from certification.certificates.bodies import (
    CertificateAnswer,
    CertificatePage,
    CertificatesOut,
    ReinstatementIn,
    RevocationIn,
    RevocationsAnswer,
    RevocationsIn,
    SuspensionIn,
    shown,
)
from certification.certificates.certificate import CERTIFICATE, Certificate, Issued, known
from certification.certificates.commands import (
    CertificateCommand,
    ReinstateCertificate,
    RevokeCertificate,
    SuspendCertificate,
)
from certification.certificates.views.certificates import (
    CERTIFICATES,
    CertificateRow,
    CertificateTable,
    Wanted,
    issued,
    of_workers,
)
from certification.certificates.waiting import until_followed
from certification.classes.training_class import CLASS, Known, RevokeClassCertificates
from certification.persons.lookup import one_person, person

CertificateId = Annotated[UUID, Path(description="Id of the certificate. 证书标识。")]
On = Annotated[Day | None, Query(description="The legal day that is asked about; today. 截止日期，默认今天。")]


def answer(found: Certificate, version: int) -> Mapping[str, object]:
    return {"certificate": known(found).issue.certificate, "version": version}


class Routes:
    """The routes of the labour department."""

    async def suspend(self, certificate: CertificateId, body: SuspensionIn, request: CommandRequest) -> Response:
        """The certificate does not hold from a day on, until it is reinstated. 暂停证书。"""
        by = acting(request)
        return await _on(request, certificate, SuspendCertificate(on=body.on or by.today, reason=body.reason, by=by))

    async def reinstate(self, certificate: CertificateId, body: ReinstatementIn, request: CommandRequest) -> Response:
        """The certificate holds again from a day on. 恢复证书。"""
        by = acting(request)
        return await _on(request, certificate, ReinstateCertificate(on=body.on or by.today, by=by))

    async def revoke(self, certificate: CertificateId, body: RevocationIn, request: CommandRequest) -> Response:
        """The certificate falls, and with it what relied on it (R-CRT-15). 撤销证书。"""
        by = acting(request)
        return await _on(request, certificate, RevokeCertificate(on=body.on or by.today, reason=body.reason, by=by))

    async def revoke_together(self, body: RevocationsIn, request: CommandRequest) -> Response:
        """All certificates of a class or an assessment fall, each with its own event. 按班级或评价批量撤销。"""
        by = acting(request)
        if body.assessment is not None:
            await within_reach(request, str(body.assessment))
            return await request.handle(ASSESSMENT, str(body.assessment), VoidAssessment(reason=body.reason, by=by))
        key = str(body.training_class)
        found, _ = await request.web.store.state(CLASS, key)
        if not isinstance(found, Known):
            raise request.not_there()
        request.require_region(found.region)
        return await request.handle(CLASS, key, RevokeClassCertificates(reason=body.reason, by=by))

    async def of_worker(
        self,
        worker: Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")],
        request: ApiRequest,
        on: On = None,
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
    ) -> CertificatesOut:
        """What a worker holds and held, with the status of a day; whoever was found to be the same person is meant too.

        劳动者持有过的证书及某日状态；经判定为同一人的一并列出。
        """
        pool, day = request.web.store.pool, on or legal_day()
        found = await person(request, str(worker))
        await until_followed(pool, wait_for, wait_seconds)
        ids = await one_person(request.web.store, str(worker), found)
        rows = [CertificateRow.model_construct(**row) for row in await queries.Query(of_workers(ids)).fetch(pool)]
        return CertificatesOut(worker=str(worker), on=day, certificates=[shown(row, day) for row in rows])

    async def issued(
        self,
        request: ApiRequest,
        page: Paged,
        region: Annotated[RegionCode, Query(description="Where it was assessed. 评价所在行政区划。")],
        assessment: Annotated[UUID | None, Query(description="Of this assessment. 评价编号。")] = None,
        training_class: Annotated[UUID | None, Query(description="Of this class. 班级编号。")] = None,
        level: Annotated[SkillLevelCode | None, Query(description="Of this level (R-SYS-14). 等级。")] = None,
        on: On = None,
    ) -> CertificatePage:
        """Certificates of a region: of a class, an assessment, a level, with the status of a day. 证书台账。"""
        request.require_region(region)
        day = on or legal_day()
        await until_followed(request.web.store.pool, page.wait_for, page.wait_seconds)
        wanted = Wanted(region=region, assessment=_text(assessment), training_class=_text(training_class), level=level)
        by = CertificateTable.region, CertificateTable.certificate
        rows, following = await page.rows(CERTIFICATES, issued(wanted), *by)
        return CertificatePage(certificates=[shown(row, day) for row in rows], next=following)


def _text(id: UUID | None) -> str | None:
    return None if id is None else str(id)


async def _on(request: CommandRequest, certificate: UUID, command: CertificateCommand) -> Response:
    """Carries out a command on a certificate that is there and was assessed in the caller's region."""
    found, _ = await request.web.store.state(CERTIFICATE, str(certificate))
    if not isinstance(found, Issued):
        raise request.not_there()
    request.require_region(found.issue.region)
    return await request.handle(CERTIFICATE, str(certificate), command, reply=answer)


def routes() -> APIRouter:
    """What changes and lists certificates, by path."""
    found, handlers = router(), Routes()
    post = posts(found, "/v1/certificates/{certificate}/", "certificates", CertificateAnswer)
    post("suspension", handlers.suspend)
    post("reinstatement", handlers.reinstate)
    post("revocation", handlers.revoke)
    found.add_api_route(
        "/v1/certificate-revocations",
        handlers.revoke_together,
        methods=["POST"],
        status_code=201,
        tags=["certificates"],
        response_model=RevocationsAnswer,
    )
    found.add_api_route("/v1/workers/{worker}/certificates", handlers.of_worker, methods=["GET"], tags=["certificates"])
    found.add_api_route("/v1/certificates", handlers.issued, methods=["GET"], tags=["certificates"])
    return found
