"""Provinces, by the first two digits of their regions' codes."""


def province(region: str) -> str:
    """The province that the region lies in."""
    return f"{region[:2]}0000"


def said_by(source: str) -> str:
    """The province that speaks: of `/cn/440000/subsidy` it is 440000."""
    return source.split("/")[2]
