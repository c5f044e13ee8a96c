"""Code lists about workers who may be one person."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

SAME: Final = "SAME"
DIFFERENT: Final = "DIFFERENT"

DUPLICATE_VERDICTS: Final = CodeList(
    name="duplicate-verdicts",
    zh="疑似重复判定",
    en="Whether two workers are one person",
    codes=(
        Code(code=SAME, zh="同一人", en="One person", source="R-REG-39"),
        Code(code=DIFFERENT, zh="不是同一人", en="Two persons", source="R-REG-39"),
    ),
)

DUPLICATE_REASONS: Final = CodeList(
    name="duplicate-reasons",
    zh="疑似重复判定依据",
    en="What a decision about two workers rests on",
    codes=(
        Code(code="DOCUMENTS_COMPARED", zh="核对证件", en="Their documents were compared", source="R-REG-39"),
        Code(code="NUMBER_CORRECTED", zh="公安机关更正号码", en="The police corrected a number", source="GB 11643"),
        Code(code="NUMBER_MISTYPED", zh="号码录入错误", en="A number was entered wrongly", source="R-REG-39"),
        Code(code="PERSON_ASKED", zh="向本人核实", en="The person was asked", source="R-REG-39"),
        Code(code="DECIDED_WRONGLY", zh="原判定有误", en="The decision before was wrong", source="R-REG-39"),
    ),
)

LINK_CONFLICT_KINDS: Final = CodeList(
    name="link-conflict-kinds",
    zh="合并人员信息冲突类型",
    en="Where linked workers contradict each other",
    codes=(
        Code(code="SURVEYS", zh="同日摸查信息不一致", en="Surveys of one day differ", source="R-REG-39"),
        Code(code="HOUSEHOLD_REGION", zh="户籍地不一致", en="Household regions differ", source="R-REG-39"),
        Code(code="GROUPS", zh="群体或有效期不一致", en="Groups or times in them differ", source="R-REG-39"),
        Code(code="HOUSEHOLD", zh="属于其他家庭户", en="The linked worker is of a household", source="R-REG-09"),
        Code(code="DESIGNATION", zh="已确定为培训对象", en="The linked worker is designated", source="R-REG-04"),
        Code(code="ATTENTION", zh="重点关注", en="The linked worker is under attention", source="R-ADD-11"),
        Code(code="DEATH", zh="死亡信息不一致", en="Their deaths differ", source="R-REG-39"),
        Code(
            code="SURVEYED_MEANWHILE",
            zh="合并撤销，期间摸查须核对",
            en="The link was undone; surveys that came in meanwhile have to be looked at",
            source="R-REG-39",
        ),
    ),
)

LINK_CONFLICT_OUTCOMES: Final = CodeList(
    name="link-conflict-outcomes",
    zh="合并人员信息冲突处理结果",
    en="What became of a conflict of linked workers",
    codes=(
        Code(code="CORRECTED", zh="已更正", en="What was wrong was invalidated or moved", source="R-REG-39"),
        Code(code="BOTH_TRUE", zh="均属实", en="Both are true", source="R-REG-39"),
    ),
)

DuplicateReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(DUPLICATE_REASONS.known)), WithJsonSchema(DUPLICATE_REASONS.json_schema())
]
LinkConflictOutcomeCode: TypeAlias = Annotated[
    str, AfterValidator(checked(LINK_CONFLICT_OUTCOMES.known)), WithJsonSchema(LINK_CONFLICT_OUTCOMES.json_schema())
]
