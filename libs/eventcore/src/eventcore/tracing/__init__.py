"""Traces. The only package that imports OpenTelemetry."""

from eventcore.tracing.spans import chunks, setup, shutdown, span, trace_id, traceparent

__all__ = ["chunks", "setup", "shutdown", "span", "trace_id", "traceparent"]
