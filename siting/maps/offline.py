"""Folium pages that carry their own scripts and styles and never ask a server."""

import base64
import hashlib
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.template import Template

from siting.errors import SitingError
from siting.inline import digest


class AssetError(SitingError):
    """A script, style or image of the page is not at hand or is not the one expected."""

    exit_code = 5


class Asset(NamedTuple):
    """One file of a Python package that carries a web library.

    Attributes
    ----------
    distribution, path : str
        Name of the package on PyPI and the file's place in it.
    sha256 : str
        Of the released file; a changed one is refused.
    """

    distribution: str
    path: str
    sha256: str


LEAFLET_JS = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js"
LEAFLET_CSS = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css"
JQUERY_JS = "https://code.jquery.com/jquery-3.7.1.min.js"

ASSETS = {
    # Leaflet 1.9.3 (BSD-2-Clause) and jQuery 3.7.1 (MIT), as Folium 0.20 asks for them.
    LEAFLET_JS: Asset(
        "XStatic-Leaflet",
        "xstatic/pkg/leaflet/data/leaflet.js",
        "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03",
    ),
    LEAFLET_CSS: Asset(
        "XStatic-Leaflet",
        "xstatic/pkg/leaflet/data/leaflet.css",
        "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722",
    ),
    JQUERY_JS: Asset(
        "XStatic-jQuery",
        "xstatic/pkg/jquery/data/jquery.min.js",
        "fc9a93dd241f6b045cbff0481cf4e1901becd0e12fb45166a8f17f95823f0b1a",
    ),
    "images/layers.png": Asset(
        "XStatic-Leaflet",
        "xstatic/pkg/leaflet/data/images/layers.png",
        "1dbbe9d028e292f36fcba8f8b3a28d5e8932754fc2215b9ac69e4cdecf5107c6",
    ),
    "images/layers-2x.png": Asset(
        "XStatic-Leaflet",
        "xstatic/pkg/leaflet/data/images/layers-2x.png",
        "066daca850d8ffbef007af00b06eac0015728dee279c51f3cb6c716df7c42edf",
    ),
    "images/marker-icon.png": Asset(
        "XStatic-Leaflet",
        "xstatic/pkg/leaflet/data/images/marker-icon.png",
        "574c3a5cca85f4114085b6841596d62f00d7c892c7b03f28cbfa301deb1dc437",
    ),
}
"""Address as Folium names it (or relative to a style sheet) to the file that answers it."""

CSS_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)['\"]?\s*\)")
SOURCE_MAP = re.compile(r"(?://|/\*)# sourceMappingURL=\S+(?:\s*\*/)?")
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ANY_SCRIPT = re.compile(r"(<script\b[^>]*>).*?(?=</script>)", re.DOTALL)
OUTSIDE = re.compile(
    r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)\s*=\s*['\"]?(?!data:)[^\s>]+"
    r"|url\(\s*['\"]?(?:https?:)?//[^)]*|@import\b[^;]*"
)
CSP_PLACE = "<!-- content security policy -->"


def asset(url: str) -> bytes:
    """Return the file that stands for `url`.

    Raises
    ------
    AssetError
        If no package carries it, or the file differs from the released one.
    """
    if url not in ASSETS:
        raise AssetError(
            f"map: '{url}' is not carried with the program, and a map must not ask a server. "
            "Use only what siting.maps.offline.ASSETS lists."
        )
    source = ASSETS[url]
    try:
        place = distribution(source.distribution).locate_file(source.path)
        content = Path(str(place)).read_bytes()
    except (PackageNotFoundError, FileNotFoundError):
        raise AssetError(
            f"map: {source.path} is missing. "
            f"Install its package again: pip install --force-reinstall {source.distribution}"
        ) from None
    found = hashlib.sha256(content).hexdigest()
    if found != source.sha256:
        raise AssetError(
            f"map: {source.path} has sha256 {found[:12]}…, expected {source.sha256[:12]}…. "
            f"Install the release named in pyproject.toml of {source.distribution}."
        )
    return content


def text(url: str) -> str:
    """Return the text of the file for `url` with plain line ends."""
    return asset(url).decode().replace("\r\n", "\n")


def script_text(url: str) -> str:
    """Return the script at `url` so that it can stand between two script tags."""
    return inline_script(text(url))


def inline_script(code: str) -> str:
    """Return `code` without source maps and without anything that would end its tag."""
    return SOURCE_MAP.sub("", code).replace("</script", r"<\/script")


def style_text(url: str) -> str:
    """Return the style sheet at `url` with its images inside."""
    return CSS_URL.sub(lambda m: f"url({data_uri(m[1])})", SOURCE_MAP.sub("", text(url)))


def data_uri(url: str) -> str:
    """Return the PNG image at `url` as a data address."""
    return f"data:image/png;base64,{base64.b64encode(asset(url)).decode()}"


def content_security_policy(page: str) -> str:
    """Return the tag that lets a browser run the scripts now in `page` and load nothing."""
    allowed = " ".join(digest(code) for code in SCRIPT.findall(page)) or "'none'"
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


class Verbatim(Element):  # type: ignore[misc]
    """Text that goes into the page as it is.

    Branca reads the text of an ``Element`` as a Jinja template, also that of a rendered
    macro, so a place named ``{{ … }}`` would be evaluated. This one is not a template.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_: Any) -> str:
        """Return the text."""
        return self.text


class SelfContainedFigure(Figure):  # type: ignore[misc]
    """A page in one file: scripts and styles inside, a policy that forbids everything else.

    Parameters
    ----------
    title : str
        Of the browser window.
    language : str
        Of the text the page opens with, as in ``<html lang>``.

    Raises
    ------
    AssetError
        On rendering, if an element asks for anything that is not carried along.
    """

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="{{ this.language }}">\n<head>\n'
        f"{CSP_PLACE}\n"
        "<title>{{ this.title|e }}</title>\n"
        '<link rel="icon" href="data:,">\n'
        "{{ this.header.render(**kwargs) }}\n</head>\n"
        "<body>\n{{ this.html.render(**kwargs) }}\n"
        "<script>{{ this.script.render(**kwargs) }}</script>\n"
        "</body>\n</html>\n"
    )

    def __init__(self, title: str, language: str = "ja") -> None:
        super().__init__(title=title)
        self.language = language

    def render(self, **kwargs: Any) -> str:
        """Return the whole page."""
        for child in self._children.values():
            child.render(**kwargs)
        for link in self.header._children.values():
            # Branca would fetch the code as bytes and print it as b'…'; it must be text.
            if isinstance(link, JavascriptLink):
                link.code = script_text(link.url)  # type: ignore[assignment]
            elif isinstance(link, CssLink):
                link.code = style_text(link.url)  # type: ignore[assignment]
        page: str = self._template.render(this=self, kwargs={**kwargs, "embedded": True})
        if found := OUTSIDE.search(ANY_SCRIPT.sub(r"\1", page).replace('href="data:,"', "")):
            raise AssetError(f"map: the page would load {found[0][:120]!r} from outside.")
        return page.replace(CSP_PLACE, content_security_policy(page), 1)


class LeanMap(folium.Map):  # type: ignore[misc]
    """A Folium map that needs Leaflet and jQuery only and lets people zoom the page."""

    default_js = [("leaflet", LEAFLET_JS), ("jquery", JQUERY_JS)]  # noqa: RUF012
    default_css = [("leaflet_css", LEAFLET_CSS)]  # noqa: RUF012
    _template = Template(
        """
        {%- macro header(this, kwargs) -%}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        {%- endmacro -%}
        {%- macro html(this, kwargs) -%}
        <main id="main"><div class="folium-map" id={{ this.get_name()|tojson }}></div></main>
        {%- endmacro -%}
        {%- macro script(this, kwargs) -%}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
          center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }},
          ...{{ this.options|tojavascript }}
        });
        {%- endmacro -%}
        """
    )
