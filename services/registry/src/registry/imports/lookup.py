"""What an import is just now, and whether the caller may see it."""

from typing import NoReturn

from eventcore.web import ApiRequest, Problem

from registry.imports.roster_import import (
    IMPORT,
    Complete,
    Expired,
    Failed,
    Import,
    KnownImport,
    NoImport,
    NotComplete,
    require_complete,
)


async def own_import(request: ApiRequest, key: str) -> KnownImport:
    """An import of the caller's organisation. Problem where it is another's: its numbers alone would tell something."""
    state, _ = await request.web.store.state(IMPORT, key)
    if isinstance(state, NoImport):
        raise request.not_there()
    request.require_region(state.started.region)
    if state.started.organisation != request.caller.organisation:
        raise Problem("not_found")
    return state


def complete(state: Import) -> Complete:
    """The import, with all verdicts. Problem 409 where they are not there yet or never will be, 410 after its term."""
    try:
        return require_complete(state)
    except (NotComplete, Failed, Expired) as refused:
        refuse(refused)


def refuse(refused: NotComplete | Failed | Expired) -> NoReturn:
    """As an answer."""
    raise Problem(refused.code) from None
