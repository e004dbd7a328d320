"""Traces from an article's receipt to its alert: W3C Trace Context in the headers of Kafka's messages.

Off unless OTEL_EXPORTER_OTLP_ENDPOINT is set, as every program with OpenTelemetry reads it. The packages come with
`copytaster[otel]`.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from streams.errors import SettingsError
from streams.events import Headers

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_CONTEXT = ("traceparent", "tracestate")


@contextmanager
def spans(topic: str, articles: Sequence[tuple[str, Mapping[str, bytes]]]) -> Iterator[Mapping[str, Headers]]:
    """A span for each article (its id, and the headers that it came with) while its message on a topic is worked on.

    Gives the headers for the answers, by the article's id; none where nothing is traced. An article without a trace
    begins one.
    """
    sender = tracer()
    if sender is None:
        yield {}
        return
    from opentelemetry import propagate, trace

    begun = {}
    for article, headers in articles:
        context = {name: headers[name].decode("ascii", "replace") for name in _CONTEXT if headers.get(name)}
        parent = propagate.extract(context)
        said = {"messaging.system": "kafka", "messaging.destination.name": topic, "copytaster.article": article}
        begun[article] = sender.start_span(f"process {topic}", parent, trace.SpanKind.CONSUMER, said)
    try:
        yield {article: _carried(span) for article, span in begun.items()}
    except Exception as error:
        for span in begun.values():
            span.record_exception(error)
            span.set_status(trace.StatusCode.ERROR)
        raise
    finally:
        for span in begun.values():
            span.end()


def _carried(span: object) -> Headers:
    from opentelemetry import propagate, trace

    assert isinstance(span, trace.Span)  # noqa: S101 - its type can't be named where the packages may be missing
    carrier: dict[str, str] = {}
    propagate.inject(carrier, trace.set_span_in_context(span))
    return {name: value.encode() for name, value in carrier.items()}


@cache
def tracer() -> "Tracer | None":
    """What sends spans on, from a thread of its own, None where nothing is traced.

    Raises SettingsError where its packages are missing.
    """
    if not os.environ.get(ENDPOINT):
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(f"{ENDPOINT} is set, but its packages are missing: install copytaster[otel]") from error
    provider = TracerProvider(resource=Resource.create({"service.name": "copytaster"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider.get_tracer("copytaster")
