"""Levels of a skill, as certificates, programmes and subsidies name them."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

NO_LEVEL: Final = "0"
"""What certificates without levels have: a single ability, a completed training."""

SKILL_LEVELS: Final = CodeList(
    name="skill-levels",
    zh="职业技能等级",
    en="Skill levels",
    codes=(
        Code(code=NO_LEVEL, zh="不分等级", en="No level", source="R-CRT-01, R-CRT-09"),
        Code(code="5", zh="初级工（五级）", en="Junior worker (level 5)", source="R-CRT-12"),
        Code(code="4", zh="中级工（四级）", en="Intermediate worker (level 4)", source="R-CRT-12"),
        Code(code="3", zh="高级工（三级）", en="Senior worker (level 3)", source="R-CRT-08, R-TRN-12"),
        Code(code="2", zh="技师（二级）", en="Technician (level 2)", source="R-CRT-08, R-CRT-18"),
        Code(code="1", zh="高级技师（一级）", en="Senior technician (level 1)", source="R-CRT-18"),
        Code(code="APPRENTICE", zh="学徒工", en="Apprentice", source="新八级工"),
        Code(code="SPECIAL", zh="特级技师", en="Special-grade technician", source="新八级工"),
        Code(code="CHIEF", zh="首席技师", en="Chief technician", source="新八级工"),
    ),
)

SkillLevelCode: TypeAlias = Annotated[
    str, AfterValidator(checked(SKILL_LEVELS.known)), WithJsonSchema(SKILL_LEVELS.json_schema())
]

_RISING: Final = (NO_LEVEL, "APPRENTICE", "5", "4", "3", "2", "1", "SPECIAL", "CHIEF")


def reaches(level: str, asked: str) -> bool:
    """Whether a level is at least the one that is asked for. Raises `InvalidCode`."""
    return _RISING.index(SKILL_LEVELS.known(level)) >= _RISING.index(SKILL_LEVELS.known(asked))
