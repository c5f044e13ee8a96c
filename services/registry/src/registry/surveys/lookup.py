"""What a survey is, before a command is carried out on it: its region decides who may."""

from collections.abc import Iterable

from eventcore.store import Store

from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import SURVEY, Survey


async def look_up(store: Store, keys: Iterable[str]) -> dict[str, Survey]:
    """The surveys with these keys. A survey's region never changes, so a cached one will do. Unavailable."""
    return {key: found for key, (found, _) in (await store.states(SURVEY, keys, fresh=False)).items()}


async def recorded(store: Store, survey: str) -> SurveyRecorded:
    """What was recorded first. LookupError where there is nothing. Unavailable."""
    stream = SURVEY.stream(survey)
    loaded = await store.loader.load([stream])
    for stored in loaded.streams.get(stream, ()):
        event = store.codec(SURVEY).decode(*stored)
        if isinstance(event, SurveyRecorded):
            return event
    raise LookupError(survey)
