"""What may be decided of a conflict."""

from typing import Annotated, Final, TypeAlias

from contracts.codes import Code, CodeList
from contracts.errors import checked
from pydantic import AfterValidator, WithJsonSchema

NO_SIDE: Final = "NONE"

FOLLOW_UPS: Final = CodeList(
    name="match-follow-ups",
    zh="比对差异的后续处理",
    en="What follows from a decided conflict",
    codes=(
        Code(
            code="SOURCE_CORRECTS", zh="由有误的系统更正", en="The system that is wrong corrects it", source="R-REG-13"
        ),
        Code(code="SURVEY_AGAIN", zh="重新摸查", en="The person is surveyed again", source="R-REG-39"),
        Code(code="GROUP_ENDED", zh="结束群体身份", en="The person leaves the group", source="R-REG-13"),
        Code(code="NOTHING", zh="无需处理", en="Nothing", source="R-REG-13"),
    ),
)

DECISION_REASONS: Final = CodeList(
    name="match-decision-reasons",
    zh="比对差异的认定依据",
    en="Grounds of a decision on a conflict",
    codes=(
        Code(code="DOCUMENT_SEEN", zh="查验证件或证明材料", en="A document was seen", source="R-REG-13"),
        Code(code="VISITED", zh="入户核实", en="The household was visited", source="R-REG-12"),
        Code(code="OFFICE_CONFIRMED", zh="主管部门确认", en="The office of the system confirmed it", source="R-REG-13"),
        Code(code="SYSTEM_LATE", zh="系统更新滞后", en="A system is behind", source="R-REG-13"),
    ),
)

FollowUpCode: TypeAlias = Annotated[
    str, AfterValidator(checked(FOLLOW_UPS.known)), WithJsonSchema(FOLLOW_UPS.json_schema())
]
DecisionReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(DECISION_REASONS.known)), WithJsonSchema(DECISION_REASONS.json_schema())
]
