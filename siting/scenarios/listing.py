"""The scenarios a study offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from siting.config import InlineStudy

if TYPE_CHECKING:
    from siting.config import Config

TITLES = {"title_ja", "title_en"}


def scenario_list(config: Config) -> list[dict[str, Any]]:
    """Return name, titles and changes of every scenario of the study, in the order of the file."""
    if isinstance(config.study, InlineStudy):
        return []
    return [
        {
            "scenario": name,
            "title_ja": scenario.title_ja,
            "title_en": scenario.title_en,
            "changes": scenario.model_dump(exclude=TITLES, exclude_unset=True, mode="json"),
        }
        for name, scenario in config.study.scenarios.items()
    ]
