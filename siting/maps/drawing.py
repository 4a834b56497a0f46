"""What is drawn on Folium's map: data, and the page's own style, body and script."""

from typing import Any, NamedTuple

from branca.element import MacroElement

from siting.inline import data_tag
from siting.maps.offline import Verbatim, inline_script


class Parts(NamedTuple):
    """What a drawing brings: the name its parts begin with, and their texts."""

    name: str
    style: str
    body: str
    script: str


class Drawing(MacroElement):  # type: ignore[misc]
    """Data, and the script that draws it on the map this is a child of.

    The data stand in a JSON script tag with every ``<`` escaped, and the script writes them
    into the page as text only, so a name can never become a tag or a command.
    """

    def __init__(self, parts: Parts, data: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = f"{parts.name}_drawing"
        self.parts = parts
        self.data = data

    def render(self, **_: Any) -> None:  # type: ignore[override]
        """Put data and script into the page of the map, as they are and not as templates."""
        figure: Any = self.get_root()
        name, style, body, _script = self.parts
        figure.header.add_child(Verbatim(f"<style>{style}</style>"), f"{name}_css")
        figure.html.add_child(Verbatim(body), f"{name}_body")
        figure.html.add_child(Verbatim(data_tag(f"{name}-data", self.data)), f"{name}_data")
        figure.script.add_child(Verbatim(self.code()), f"{name}_script")

    def code(self) -> str:
        """Return the script, closed over Folium's map so that it leaves no global name."""
        leaflet: Any = self._parent
        closure = f'(function (map) {{\n"use strict";\n{self.parts.script}\n}})'
        return inline_script(f"{closure}({leaflet.get_name()});")
