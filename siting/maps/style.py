"""Colours, dashes and letters, so that no mark is told apart by colour alone.

The colours are those of Okabe and Ito (2008), which people with the common forms of colour
blindness can tell apart. Modes and technologies draw from opposite ends of the list.
"""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import NamedTuple


class Line(NamedTuple):
    """How flows of a mode are drawn; `dash` in line widths, empty for a full line."""

    colour: str
    dash: tuple[float, ...]


class Disc(NamedTuple):
    """How hubs of a technology are drawn: fill, colour of the letter, letter."""

    colour: str
    ink: str
    letter: str


LINES = {
    "truck": Line("#0072B2", ()),
    "rail": Line("#D55E00", (4, 1.6)),
    "ship": Line("#009E73", (1, 1.4)),
}
TERMINALS = {"port": LINES["ship"].colour, "station": LINES["rail"].colour}
"""Kind of a terminal to the colour of its mark, that of the mode it serves."""
SPARE_LINES = (
    Line("#7B3F8C", (5, 1.5, 1, 1.5)),
    Line("#8C6D1F", (2, 1)),
    Line("#444444", (1, 3)),
    Line("#A3134F", (7, 2)),
)
FILLS = (
    ("#E69F00", "#111111"),
    ("#56B4E9", "#111111"),
    ("#CC79A7", "#111111"),
    ("#F0E442", "#111111"),
    ("#009E73", "#111111"),
    ("#D55E00", "#111111"),
    ("#0072B2", "#FFFFFF"),
    ("#FFFFFF", "#111111"),
)


def lines(modes: Sequence[str]) -> dict[str, Line]:
    """Return the line of each mode; modes without a line of their own take spare ones."""
    strangers = [mode for mode in modes if mode not in LINES]
    spare = {mode: SPARE_LINES[i % len(SPARE_LINES)] for i, mode in enumerate(strangers)}
    return {mode: LINES.get(mode) or spare[mode] for mode in modes}


def discs(technologies: Sequence[str]) -> dict[str, Disc]:
    """Return the disc of each technology; the letter is what tells more than eight apart."""
    return {
        technology: Disc(*FILLS[i % len(FILLS)], letter(i))
        for i, technology in enumerate(technologies)
    }


def letter(number: int) -> str:
    """Return A to Z, then A1, B1 and so on."""
    turn, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(turn) if turn else "")
