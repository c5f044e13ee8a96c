"""Code lists of a household: its poverty status, and what is said of its members."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked
from contracts.groups import GROUPS

POVERTY_STATUSES: Final = CodeList(
    name="household-poverty-statuses",
    zh="家庭贫困状况",
    en="Poverty statuses of a household",
    codes=tuple(GROUPS.find(each) for each in ("POOR_HOUSEHOLD", "REGISTERED_POOR", "POVERTY_LIFTED", "MONITORED")),
)
"""Codes of groups, because its members who work belong to the group of that name (R-REG-02, R-REG-08, R-REG-23)."""

RELATIONS: Final = CodeList(
    name="household-relations",
    zh="与户主关系",
    en="Relations to the head of a household",
    codes=(
        Code(code="HEAD", zh="户主", en="Head", source="GB/T 4761, R-REG-09"),
        Code(code="SPOUSE", zh="配偶", en="Spouse", source="GB/T 4761, R-REG-09"),
        Code(code="CHILD", zh="子女", en="Child", source="GB/T 4761, R-REG-09"),
        Code(code="GRANDCHILD", zh="孙子女、外孙子女", en="Grandchild", source="GB/T 4761, R-REG-09"),
        Code(code="PARENT", zh="父母", en="Parent", source="GB/T 4761, R-REG-09"),
        Code(code="GRANDPARENT", zh="祖父母、外祖父母", en="Grandparent", source="GB/T 4761, R-REG-09"),
        Code(code="SIBLING", zh="兄弟姐妹", en="Brother or sister", source="GB/T 4761, R-REG-09"),
        Code(code="OTHER", zh="其他", en="Other", source="GB/T 4761, R-REG-09"),
    ),
)

AGE_GROUPS: Final = CodeList(
    name="age-groups",
    zh="年龄段",
    en="Age groups",
    codes=(
        Code(code="UNDER_16", zh="16周岁以下", en="Under 16", source="R-REG-09"),
        Code(code="FROM_16_TO_59", zh="16至59周岁", en="16 to 59", source="R-REG-09, R-REG-11"),
        Code(code="FROM_60", zh="60周岁以上", en="60 and older", source="R-REG-09"),
    ),
)

SITUATIONS: Final = CodeList(
    name="member-situations",
    zh="家庭成员状况",
    en="Situations of members of a household",
    codes=(
        Code(code="PRESCHOOL", zh="学龄前", en="Too young for school", source="R-REG-09"),
        Code(code="AT_SCHOOL", zh="在校就读", en="At school", source="R-REG-09"),
        Code(code="LEAVER_CURRENT", zh="应届“两后生”", en="Left school this year and did not go on", source="R-REG-10"),
        Code(code="LEAVER_PAST", zh="往届“两后生”", en="Left school earlier and did not go on", source="R-REG-10"),
        Code(code="ABLE_TO_WORK", zh="具备劳动能力", en="Able to work", source="R-REG-11"),
        Code(code="UNABLE_TO_WORK", zh="不具备劳动能力", en="Not able to work", source="R-REG-11"),
    ),
)

LEAVING_REASONS: Final = CodeList(
    name="household-leaving-reasons",
    zh="离开家庭的原因",
    en="Reasons to leave a household",
    codes=(
        Code(code="MOVED", zh="迁出", en="Moved away", source="R-REG-09"),
        Code(code="MARRIED", zh="婚嫁", en="Married into another household", source="R-REG-09"),
        Code(code="DECEASED", zh="死亡", en="Died", source="R-REG-09"),
        Code(code="WRONG_ENTRY", zh="登记有误", en="Never belonged to it", source="R-REG-39"),
    ),
)

PovertyStatusCode: TypeAlias = Annotated[
    str, AfterValidator(checked(POVERTY_STATUSES.known)), WithJsonSchema(POVERTY_STATUSES.json_schema())
]
RelationCode: TypeAlias = Annotated[
    str, AfterValidator(checked(RELATIONS.known)), WithJsonSchema(RELATIONS.json_schema())
]
AgeGroupCode: TypeAlias = Annotated[
    str, AfterValidator(checked(AGE_GROUPS.known)), WithJsonSchema(AGE_GROUPS.json_schema())
]
SituationCode: TypeAlias = Annotated[
    str, AfterValidator(checked(SITUATIONS.known)), WithJsonSchema(SITUATIONS.json_schema())
]
LeavingReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(LEAVING_REASONS.known)), WithJsonSchema(LEAVING_REASONS.json_schema())
]
