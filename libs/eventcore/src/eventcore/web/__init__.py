"""The REST side of a service: strict bodies, tokens, the access table, idempotent commands, problems, probes."""

from eventcore.web.bodies import Body as Body
from eventcore.web.bodies import Text as Text
from eventcore.web.bodies import example as example
from eventcore.web.commands import CommandRequest as CommandRequest
from eventcore.web.commands import Each as Each
from eventcore.web.health import Health as Health
from eventcore.web.openapi import BATCH as BATCH
from eventcore.web.problems import Problem as Problem
from eventcore.web.problems import catalogue_file as catalogue_file
from eventcore.web.requests import ApiRequest as ApiRequest
from eventcore.web.routes import posts as posts
from eventcore.web.routes import router as router
from eventcore.web.waiting import Paged as Paged
