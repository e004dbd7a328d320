"""A worker that tells of itself in every way, on a store that may be stopped, shared by the tests of this room."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from agents.commands.worker import Worker
from streams.embedded import start_store
from tests.running import Running
from tests.watch.asking import ask, quick, ready


@dataclass
class Collector:
    """Takes spans in as OpenTelemetry's collector does; `taken` are the bodies of its requests."""

    taken: list[bytes] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """What answers requests."""
        taken = self.taken

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                taken.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture(scope="session")
def collector() -> Iterator[Collector]:
    """A collector to which the worker sends its traces."""
    collector = Collector()
    server = ThreadingHTTPServer(("127.0.0.1", 0), collector.handler())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "200")  # milliseconds
        yield collector
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def river(embedded_broker: str, collector: Collector) -> Iterator[Running]:
    """The worker, once it is ready."""
    with start_store() as store:
        settings = replace(quick(embedded_broker, store), log_format="json")
        with Worker(settings) as worker:
            ask(settings, "/readyz", ready, worker)
            yield Running(settings, worker)
