"""Personal data as most may see it: enough to recognise what one knows already, too little to learn it."""

import re
from typing import Final

_COMPOUND: Final = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛东方独孤南宫万俟闻人夏侯尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
        "钟离长孙宇文司徒鲜于司空闾丘令狐百里呼延东郭南门端木轩辕拓跋西门第五太史",
    )
)
_SHORT: Final = 10


def number(text: str) -> str:
    """The first 6 and the last 4 of a resident ID number."""
    return _middle(text, 6, 4)


def phone(text: str) -> str:
    """The first 3 and the last 4 of a telephone number."""
    return _middle(text, 3, 4)


def account(text: str) -> str:
    """The last 4 of an account or card number."""
    return _middle(text, 0, 4)


def name(text: str) -> str:
    """The surname; of names in other scripts or forms the first character."""
    shown = 2 if len(text) > 2 and text[:2] in _COMPOUND else 1
    return text[:shown] + "*" * max(len(text) - shown, 1)


def _middle(text: str, first: int, last: int) -> str:
    if len(text) < max(first + last + 1, _SHORT):
        return "*" * len(text)
    return text[:first] + "*" * (len(text) - first - last) + text[-last:]
