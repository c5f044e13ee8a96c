"""The REST side of a service: strict bodies, tokens, the access table, idempotent commands, problems, probes."""

from eventcore.web.app import create_app
from eventcore.web.bodies import Body, Text
from eventcore.web.commands import CommandRequest, Each
from eventcore.web.health import Health
from eventcore.web.operations import Feed
from eventcore.web.problems import Problem, catalogue, catalogue_file
from eventcore.web.requests import ApiRequest
from eventcore.web.routes import router

__all__ = [
    "ApiRequest",
    "Body",
    "CommandRequest",
    "Each",
    "Feed",
    "Health",
    "Problem",
    "Text",
    "catalogue",
    "catalogue_file",
    "create_app",
    "router",
]
