"""What work there is: vacancies of this province and those that others share with it, for everybody."""

from typing import Annotated, Literal

from contracts.occupation import OccupationKey, OccupationText, equivalents
from contracts.placement_codes import VacancyKindCode
from contracts.region import RegionCode
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel

from placement.offers.known.views.offers import OFFERS, OfferRow, OfferTable, Wanted, offers


class OfferPage(BaseModel):
    """Vacancies by place of work, and the cursor of the next page where there may be one. 岗位信息。"""

    vacancies: list[OfferRow]
    next: str | None


offered = router()


@offered.get("/v1/vacancies", tags=["vacancies"])
async def list_vacancies(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode | None, Query(description="Where the work is; anywhere. 工作地点。")] = None,
    kind: Annotated[VacancyKindCode | None, Query(description="Kind of vacancy. 岗位类型。")] = None,
    occupation: Annotated[OccupationText | None, Query(description="In any edition. 职业。")] = None,
    state: Annotated[Literal["OPEN", "FILLED", "CLOSED"], Query(description="How it stands. 状态。")] = "OPEN",
    agreement: Annotated[str | None, Query(max_length=100, description="Shared under it. 所属协议。")] = None,
) -> OfferPage:
    """Vacancies of this province and of others that share them (R-PLC-13, R-XRG-12). 岗位信息，含外省共享岗位。"""
    same = None
    if occupation is not None:
        same = [str(each) for each in equivalents(OccupationKey.parse(occupation), legal_day())]
    wanted = Wanted(region=region, kind=kind, occupations=same, state=state, agreement=agreement)
    rows, following = await page.rows(OFFERS, offers(wanted), OfferTable.region, OfferTable.vacancy)
    return OfferPage(vacancies=rows, next=following)
