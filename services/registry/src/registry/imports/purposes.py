"""What a roster with its verdicts may be read for."""

from typing import Annotated, Final, TypeAlias

from contracts.codes import Code, CodeList
from contracts.errors import checked
from pydantic import AfterValidator, WithJsonSchema

PURPOSES: Final = CodeList(
    name="import-disclosure-purposes",
    zh="查阅导入名册的目的",
    en="Purposes of reading an imported roster",
    codes=(
        Code(code="ROSTER_CORRECTION", zh="更正并重新报送名册", en="To correct a roster", source="R-REG-39"),
        Code(code="ROSTER_FILING", zh="名册存档", en="To keep a roster on file", source="R-REG-38"),
    ),
)

ImportPurposeCode: TypeAlias = Annotated[
    str, AfterValidator(checked(PURPOSES.known)), WithJsonSchema(PURPOSES.json_schema())
]
