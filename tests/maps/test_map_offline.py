"""A page carries everything and refuses what it does not have."""

import base64
import hashlib
import re

import pytest
from branca.element import Element, JavascriptLink

from siting.maps import offline
from siting.maps.offline import Asset, AssetError, LeanMap, SelfContainedFigure, Verbatim


def test_every_asset_is_the_released_file() -> None:
    assert all(offline.asset(url) for url in offline.ASSETS)


def test_unknown_address_is_refused() -> None:
    figure = SelfContainedFigure("t")
    figure.header.add_child(JavascriptLink("https://example.com/plugin.js"))
    with pytest.raises(AssetError, match=r"example\.com/plugin\.js"):
        figure.render()


def test_tag_that_loads_from_outside_is_refused() -> None:
    figure = SelfContainedFigure("t")
    figure.html.add_child(Element('<img src="https://example.com/a.png">'))
    with pytest.raises(AssetError, match="from outside"):
        figure.render()


def test_changed_asset_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    released = offline.ASSETS[offline.LEAFLET_JS]
    changed = Asset(released.distribution, released.path, "0" * 64)
    monkeypatch.setitem(offline.ASSETS, offline.LEAFLET_JS, changed)
    with pytest.raises(AssetError, match="has sha256"):
        offline.asset(offline.LEAFLET_JS)


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(offline.ASSETS, "x.js", Asset("no-such-package", "x.js", ""))
    with pytest.raises(AssetError, match=r"pip install .* no-such-package"):
        offline.asset("x.js")


def test_style_sheet_carries_its_images() -> None:
    style = offline.style_text(offline.LEAFLET_CSS)
    assert style.count("url(data:image/png;base64,") == 3
    assert "url(images" not in style


def test_script_cannot_end_its_tag() -> None:
    assert offline.inline_script('x = "</script>"\n//# sourceMappingURL=a.map') == (
        'x = "<\\/script>"\n'
    )


def test_lean_map_needs_two_libraries_and_lets_people_zoom() -> None:
    figure = SelfContainedFigure("t")
    figure.add_child(LeanMap(location=[35, 135], tiles=None))
    page = figure.render()
    assert "user-scalable" not in page
    assert not re.search(r'<(script|link)[^>]+(src|href)="http', page)
    assert page.count("<script>") >= 3
    assert len(page.encode()) < 300_000


def test_policy_names_every_script() -> None:
    figure = SelfContainedFigure("t")
    figure.script.add_child(Verbatim("let a = 1;"))
    page = figure.render()
    digest = base64.b64encode(hashlib.sha256(b"\n    let a = 1;").digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert f"'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert "unsafe-inline" not in policy[1].split("style-src")[0]


def test_title_is_text() -> None:
    assert "<title>&lt;/title&gt;" in SelfContainedFigure("</title><script>").render()


def test_braces_are_not_a_template() -> None:
    figure = SelfContainedFigure("t")
    figure.html.add_child(Verbatim("{{ 7 * 191 }}"))
    assert "{{ 7 * 191 }}" in figure.render()
