"""The page on paper: one A3 sheet with land, flows, legend and provenance, all drawn as vectors."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from siting.maps.page import write_map
from siting.outcome import Outcome

pytestmark = pytest.mark.browser

LAND, SEA, SHIP, TRUCK = (0xF5, 0xF3, 0xEE), (0xE4, 0xEC, 0xF1), (0x00, 0x9E, 0x73), (0, 0x72, 0xB2)


@pytest.fixture(scope="module")
def paper(browser: Any, national: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the national map as a PDF."""
    folder = tmp_path_factory.mktemp("paper")
    write_map(folder / "map.html", national)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto((folder / "map.html").as_uri())
    page.pdf(path=str(folder / "map.pdf"), prefer_css_page_size=True, print_background=True)
    assert page.locator("body.printing").count() == 0
    assert page.locator(".folium-map canvas").count() >= 1
    context.close()
    return folder / "map.pdf"


def test_paper_is_one_a3_sheet(paper: Path) -> None:
    content = paper.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 119\d(\.\d+)? 84\d", content)
    assert len(content) < 4_000_000


def test_paper_shows_land_flows_legend_and_provenance(paper: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler-utils is not installed")
    import PIL.Image

    subprocess.run(
        ["pdftoppm", "-r", "60", "-png", "-singlefile", str(paper), str(paper.with_suffix(""))],
        check=True,
    )
    image = PIL.Image.open(paper.with_suffix(".png")).convert("RGB")
    wide, high = image.size
    middle = image.crop((wide // 5, high // 8, 3 * wide // 4, 9 * high // 10))
    count = {colour: n for n, colour in middle.getcolors(1 << 24)}
    assert count[LAND] > 5_000
    assert count[SEA] > 50_000
    legend = image.crop((0, high // 8, wide // 6, 9 * high // 10))
    assert {TRUCK, SHIP} <= {colour for _, colour in legend.getcolors(1 << 24)}
    words = subprocess.run(
        ["pdftotext", str(paper), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "計画の証明" in words
    assert "0123456789abcdef" in words.replace("\n", "")
    assert "輸送手段" in words


def test_paper_draws_land_and_flows_as_svg(browser: Any, small: Outcome, tmp_path: Path) -> None:
    write_map(tmp_path / "map.html", small)
    page = browser.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".leaflet-overlay-pane svg path").count() >= 5
    assert page.locator(".folium-map canvas").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".folium-map canvas").count() >= 1
    page.close()
