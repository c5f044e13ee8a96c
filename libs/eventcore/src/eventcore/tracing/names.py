"""Attribute names of spans, in one place: the conventions for messaging are still in development.

Source: OpenTelemetry semantic conventions for HTTP servers, messaging and Kafka.
"""

from typing import Final

SYSTEM: Final = "messaging.system"
OPERATION: Final = "messaging.operation.name"
OPERATION_TYPE: Final = "messaging.operation.type"
DESTINATION: Final = "messaging.destination.name"
PARTITION: Final = "messaging.destination.partition.id"
OFFSET: Final = "messaging.kafka.offset"
BATCH_COUNT: Final = "messaging.batch.message_count"
CONSUMER_GROUP: Final = "messaging.consumer.group.name"
MESSAGE_ID: Final = "messaging.message.id"

METHOD: Final = "http.request.method"
ROUTE: Final = "http.route"
STATUS: Final = "http.response.status_code"
ERROR: Final = "error.type"
"""The class of what went wrong, never its text: texts may hold personal data."""

READER: Final = "eventcore.reader.name"
STREAM: Final = "eventcore.stream.id"
COMMAND: Final = "eventcore.command.name"
OUTCOME: Final = "eventcore.command.outcome"
FROM_POSITION: Final = "eventcore.position.from"
TO_POSITION: Final = "eventcore.position.to"
