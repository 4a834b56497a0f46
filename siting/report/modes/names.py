"""Names of places and lanes as people know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from siting.report import facts
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siting.outcome import Outcome
    from siting.text import Language


@dataclass(frozen=True)
class Names:
    """The names of all nodes and prefectures in one language."""

    language: Language
    nodes: Mapping[str, str]
    prefectures: Mapping[str, str]

    def place(self, node: object) -> str:
        """Return the name of a node, or the node where it has none."""
        return self.nodes.get(str(node), str(node))

    def start(self, lane: Mapping[str, Any]) -> str:
        """Return where a lane starts: a prefecture or a site."""
        start = str(lane["start"])
        return self.prefectures.get(start, start) if lane["is_area"] else self.place(start)

    def lane(self, lane: Mapping[str, Any]) -> str:
        """Return where a lane starts and ends, and what goes there."""
        what = word(lane["commodity"], self.language)
        return f"{self.start(lane)} → {self.place(lane['destination'])} ({what})"


def names_of(outcome: Outcome, language: Language) -> Names:
    """Return the names that `outcome` has for its places."""
    nodes = outcome.places.index.to_series()
    named = facts.names(nodes, f"name_{language}", outcome)
    return Names(language, dict(zip(nodes, named, strict=True)), prefectures(outcome, language))


def prefectures(outcome: Outcome, language: Language) -> dict[str, str]:
    """Return prefecture as in ``places`` to its name; English ones are known to the outlines."""
    if outcome.outlines is None or language == "ja":
        return {}
    pairs = outcome.outlines[["name_ja", "name_en"]].itertuples(index=False)
    return {str(japanese): str(english) for japanese, english in pairs if english}
