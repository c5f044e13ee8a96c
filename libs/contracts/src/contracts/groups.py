"""Groups of workers that the policies name. Names change with the policies: old ones end and map to new ones."""

from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

_GUIDELINE: Final = date(2016, 12, 2)
"""Day of the guideline that speaks of registered poor households (004) where the older notice (000) had poor ones."""
_END_OF_POVERTY_RELIEF: Final = date(2021, 1, 1)
"""The programme ran to the end of 2020 (R-STA-13); what comes later speaks of lifted and monitored people (002)."""

GROUPS: Final = CodeList(
    name="worker-groups",
    zh="劳动者群体",
    en="Groups of workers",
    codes=(
        Code(
            code="POOR_HOUSEHOLD",
            zh="贫困户劳动力",
            en="Worker of a poor household",
            source="R-REG-02, 000",
            valid_to=_GUIDELINE,
            successors=("REGISTERED_POOR",),
        ),
        Code(
            code="REGISTERED_POOR",
            zh="建档立卡贫困劳动力",
            en="Worker of a registered poor household",
            source="R-REG-08, R-REG-13, 001, 004",
            valid_from=_GUIDELINE,
            valid_to=_END_OF_POVERTY_RELIEF,
            successors=("POVERTY_LIFTED", "MONITORED"),
        ),
        Code(
            code="LHS_CURRENT",
            zh="建档立卡贫困家庭应届“两后生”",
            en="This year's school leaver of a registered poor family who did not go on",
            source="R-REG-10",
            valid_to=_END_OF_POVERTY_RELIEF,
            successors=("RURAL_LEAVER",),
        ),
        Code(
            code="LHS_PAST",
            zh="建档立卡贫困家庭往届“两后生”",
            en="Earlier school leaver of a registered poor family who did not go on",
            source="R-REG-10",
            valid_to=_END_OF_POVERTY_RELIEF,
            successors=("RURAL_LEAVER",),
        ),
        Code(code="RURAL_TRANSFERRED", zh="农村转移劳动力", en="Rural transferred worker", source="R-REG-17"),
        Code(code="RETURNING_MIGRANT", zh="返乡农民工", en="Returning migrant worker", source="R-REG-17"),
        Code(
            code="POVERTY_LIFTED",
            zh="脱贫劳动力",
            en="Worker lifted out of poverty",
            source="R-REG-17",
            valid_from=_END_OF_POVERTY_RELIEF,
        ),
        Code(
            code="MONITORED",
            zh="防止返贫监测对象",
            en="Monitored for falling back into poverty",
            source="R-REG-23",
            valid_from=_END_OF_POVERTY_RELIEF,
        ),
        Code(
            code="URBAN_UNEMPLOYED_MIGRANT",
            zh="城镇登记失业农民工",
            en="Migrant worker registered as unemployed in town",
            source="R-REG-24",
        ),
        Code(code="HARD_TO_EMPLOY", zh="就业困难人员", en="Person with employment difficulty", source="R-REG-25"),
        Code(
            code="RURAL_LEAVER",
            zh="未继续升学初高中毕业生中的农村学员",
            en="Rural school leaver who did not go on",
            source="R-REG-26",
        ),
        Code(
            code="URBAN_LOW_INCOME_LEAVER",
            zh="未继续升学初高中毕业生中的城市低保家庭学员",
            en="School leaver of an urban low-income family who did not go on",
            source="R-REG-26",
        ),
        Code(code="LAND_LOST", zh="被征地农民", en="Farmer whose land was expropriated", source="R-REG-29"),
        Code(
            code="OLDER_HARD_TO_PLACE",
            zh="大龄、有就业意愿和能力、确实难以通过市场渠道就业的劳动力",
            en="Older, willing and able, but not to be placed on the market",
            source="R-REG-42",
        ),
    ),
)

NEW_GENERATION_MIGRANT: Final = "NEW_GENERATION_MIGRANT"
DERIVED: Final = CodeList(
    name="derived-worker-groups",
    zh="推算的劳动者群体",
    en="Groups that follow from others",
    codes=(
        Code(code=NEW_GENERATION_MIGRANT, zh="新生代农民工", en="New-generation migrant worker", source="R-REG-22"),
    ),
)
"""Nobody is put into them or found to be in them: who is asked for is found by what is known already."""

MIGRANTS: Final = frozenset({"RURAL_TRANSFERRED", "RETURNING_MIGRANT", "URBAN_UNEMPLOYED_MIGRANT"})
"""Of these, who was born from `NEW_GENERATION` on is of the new generation."""
NEW_GENERATION: Final = 1980


def _asked_for(code: str) -> str:
    return DERIVED.known(code) if code == NEW_GENERATION_MIGRANT else GROUPS.known(code)


AnyGroupCode: TypeAlias = Annotated[
    str,
    AfterValidator(checked(_asked_for)),
    WithJsonSchema({**GROUPS.json_schema(), "enum": [each.code for each in (*GROUPS.codes, *DERIVED.codes)]}),
]
"""Of a query: also what is derived."""
GroupCode: TypeAlias = Annotated[str, AfterValidator(checked(GROUPS.known)), WithJsonSchema(GROUPS.json_schema())]
"""Field of a request body: a code that is or was in the list. Whether on a given day, `GROUPS.on` says."""


def names_on(code: str, day: date) -> frozenset[str]:
    """The codes by which the policies call that group on that day: itself; after its last day what it became, before
    its first day what it came from, along the chain of successors. Raises `InvalidCode`."""
    group = GROUPS.find(code)
    if group.is_valid(day):
        return frozenset({code})
    if group.valid_to is not None and group.valid_to <= day:
        following = group.successors
    else:
        following = tuple(each.code for each in GROUPS.codes if code in each.successors)
    return frozenset(name for each in following for name in names_on(each, day))


def same_group(code: str, day: date) -> frozenset[str]:
    """Under which codes people may be on record who, on that day, belong to what `code` calls: those that share a name
    with it on the day. Old and new vocabulary so mean the same people: `POOR_HOUSEHOLD` asked for 2022 means who was
    then called lifted or monitored, or is still on record under a name that became these; `POVERTY_LIFTED` asked for
    2015 means the poor households of then. Raises `InvalidCode`."""
    wanted = names_on(code, day)
    return frozenset(each.code for each in GROUPS.codes if names_on(each.code, day) & wanted)


def becomes(old: str, new: str) -> bool:
    """Whether `new` lies on the chain of successors of `old`. Raises `InvalidCode`."""
    return any(each == new or becomes(each, new) for each in GROUPS.find(old).successors)
