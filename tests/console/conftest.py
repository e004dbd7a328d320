"""A console with copy on its topics, and a browser that looks at it where this machine has one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from streams.server import free_port
from tests.console.serving import Console
from tests.running import apart

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_PATIENCE = 90_000  # milliseconds for a busy machine


@contextmanager
def serving(broker: str, **fields: Any) -> Iterator[Console]:
    """A console on topics of its own."""
    settings = apart(broker, "redis://127.0.0.1:1/0", "console", web_port=free_port(), **fields)
    with Console(settings) as console:
        yield console


@pytest.fixture(scope="module")
def console(embedded_broker: str) -> Iterator[Console]:
    """A console that the tests of a file share; each takes copy of its own."""
    with serving(embedded_broker) as console:
        yield console


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window. Skips where the machine has none; `.ci/run` sees to it that there is one.

    Not for longer than a file: Playwright keeps an event loop running, beside which no asynchronous test can.
    """
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if program is None:
        pytest.skip("no Chromium on this machine (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        expect.set_options(timeout=_PATIENCE)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


Look = Callable[..., Page]


@pytest.fixture
def look(browser: Browser, console: Console) -> Iterator[Look]:
    """Opens the console at a path in a window of its own; an error on a page fails the test."""
    errors: list[str] = []
    contexts = []

    def at(path: str = "/", **window: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1300, "height": 900}} | window))
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(console.url + path)
        return page

    yield at
    for each in contexts:
        each.close()
    assert errors == []
