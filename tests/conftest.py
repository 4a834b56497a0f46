"""The four-node example, and a real Chromium that reports all a page does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from models import Instance
from models.instance import TABLES
from siting.assemble import inline_table
from siting.config import InlineStudy, read_config

TOY = Path(__file__).parents[1] / "configs" / "toy.yaml"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page in the browser and what it did since it was opened."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return the system's Chromium, or skip."""
    program = which("chromium") or which("chromium-browser")
    if program is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=program, args=FLAGS, headless=True)
        yield running
        running.close()


@pytest.fixture
def page_from(browser: Any) -> Iterator[Callable[[Path], Opened]]:
    """Return a function that opens a file and keeps its requests, errors and dialogs."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})

    def note_dialog(seen: Opened, box: Any) -> None:
        seen.complaints.append(f"dialog: {box.message}")
        box.dismiss()

    def opened(path: Path) -> Opened:
        page = context.new_page()
        seen = Opened(page)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("console", lambda said: seen.complaints.append(f"{said.type}: {said.text}"))
        page.on("dialog", lambda box: note_dialog(seen, box))
        page.goto(path.absolute().as_uri())
        return seen

    yield opened
    context.close()


@pytest.fixture(scope="session")
def hindrances() -> Callable[[Any], list[str]]:
    """Return a function that tells what axe-core finds to hinder readers of a page."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    return lambda page: [found["id"] for found in axe.run(page).response["violations"]]


@pytest.fixture(scope="session")
def toy() -> Instance:
    """Return the instance of the four-node example."""
    study = read_config(TOY).study
    assert isinstance(study, InlineStudy)
    return Instance(**{name: inline_table(name, study.instance.get(name, [])) for name in TABLES})
