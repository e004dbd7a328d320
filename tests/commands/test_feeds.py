"""`copytaster feeds`: the list in and out, how each does, and a look at one."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from agents.commands.feeds import feeds
from agents.ingest.feeds import opml
from agents.ingest.feeds.feed import Feed
from streams.errors import CopytasterError, SettingsError
from tests.commands.conftest import Run

FEED = (
    b"<rss><channel><title>Harbour Wire</title><item><guid>1</guid><title>A ferry sank</title></item></channel></rss>"
)


@pytest.fixture
def listed(tmp_path: Path, environment: dict[str, str]) -> Path:
    environment["COPYTASTER_FEEDS"] = str(tmp_path / "feeds.opml")
    return tmp_path / "feeds.opml"


@pytest.fixture
def url(environment: dict[str, str]) -> Iterator[str]:
    """A feed on this machine, where feeds may be."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(FEED)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment["COPYTASTER_FEEDS_NETWORKS"] = "127.0.0.0/8"
        yield f"http://127.0.0.1:{server.server_port}/feed"
        server.shutdown()


def test_a_list_is_added_to_ours_and_comes_out_again(run: Run, listed: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.opml"
    theirs.write_bytes(opml.write([Feed("https://a.example/", "A"), Feed("https://b.example/", "B", True, "News")]))
    assert "2 feeds added" in run(feeds, "import", theirs).output
    assert "0 feeds added" in run(feeds, "import", theirs).output
    assert opml.read(listed.read_bytes()) == opml.read(theirs.read_bytes())
    assert opml.read(run(feeds, "export").stdout.encode()) == opml.read(theirs.read_bytes())


def test_without_a_list_of_ours_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.opml"
    theirs.write_bytes(opml.write([]))
    with pytest.raises(SettingsError, match="COPYTASTER_FEEDS"):
        run(feeds, "import", theirs)


def test_no_feeds_is_an_empty_list(run: Run) -> None:
    assert run(feeds, "--json").stdout == ""
    assert "0 feeds" in run(feeds).stderr


def test_a_try_prints_what_would_be_published(run: Run, url: str) -> None:
    (line,) = run(feeds, "try", url).stdout.splitlines()
    article = json.loads(line)
    assert (article["headline"], article["source"], article["id"]) == ("A ferry sank", "Harbour Wire", f"{url} 1")


def test_a_try_at_a_private_address_is_refused(run: Run, url: str, environment: dict[str, str]) -> None:
    environment["COPYTASTER_FEEDS_NETWORKS"] = ""
    with pytest.raises(CopytasterError, match="private address"):
        run(feeds, "try", url)
