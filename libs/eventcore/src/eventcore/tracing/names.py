"""Attribute names of spans, in one place: the conventions change (OpenTelemetry semantic conventions, HTTP server)."""

from typing import Final

METHOD: Final = "http.request.method"
ROUTE: Final = "http.route"
STATUS: Final = "http.response.status_code"
ERROR: Final = "error.type"
"""The class of what went wrong, never its text: texts may hold personal data."""
