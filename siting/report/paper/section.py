"""What a section of the paper is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from siting.report.words import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.text import Language


@dataclass(frozen=True)
class Grid:
    """A table in type.

    Attributes
    ----------
    names : how many columns from the left hold words; the rest are numbers, set to the right.
    total : the last row, set apart; empty for none.
    is_quoted : whether words stand as their source has them, and say so if in another language.
    printed : rows that go to paper, the first ones; 0 for all. A note says how many there are.
    """

    caption: str
    head: list[str]
    rows: list[list[str]]
    names: int = 1
    total: list[str] = field(default_factory=list)
    style: str = ""
    printed: int = 0
    is_quoted: bool = False


@dataclass(frozen=True)
class Chart:
    """A drawing (SVG) under words that say what it shows and in which unit."""

    caption: str
    drawing: str


@dataclass(frozen=True)
class Section:
    """A heading with its charts, tables, remark and named lists.

    Attributes
    ----------
    charts : a bare drawing says itself what it shows.
    files : tables in the folder of the report that hold the figures of the section.
    is_annex : whether it stands behind the paper, without a number.
    """

    title: str
    charts: Sequence[Chart | str] = ()
    grids: list[Grid] = field(default_factory=list)
    remark: str = ""
    lists: list[tuple[str, list[str]]] = field(default_factory=list)
    files: Sequence[str] = ()
    is_annex: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing below the heading."""
        return not (self.charts or self.grids or self.lists)


def heads(keys: str, language: Language) -> list[str]:
    """Return the heads of the columns named in `keys`, parted by blanks."""
    return [label(key, language) for key in keys.split()]
