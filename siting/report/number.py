"""Numbers as people read them: one unit per table, thousands separated, no false digits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from siting.text import Language

NONE = "-"
"""Stands where there is no number."""

Units = tuple[tuple[float, str], ...]

MONEY: dict[Language, Units] = {
    "ja": ((1e8, "億円"), (1e4, "万円"), (1.0, "円")),
    "en": ((1e9, "bn JPY"), (1e6, "m JPY"), (1.0, "JPY")),
}
MASS: dict[Language, Units] = {
    "ja": ((1e3, "千t"), (1.0, "t")),
    "en": ((1e3, "kt"), (1.0, "t")),
}
GAS: dict[Language, Units] = {
    "ja": ((1e9, "百万t-CO2e"), (1e6, "千t-CO2e"), (1e3, "t-CO2e"), (1.0, "kg-CO2e")),
    "en": ((1e9, "Mt CO2e"), (1e6, "kt CO2e"), (1e3, "t CO2e"), (1.0, "kg CO2e")),
}
HAULAGE: dict[Language, Units] = {
    "ja": ((1e6, "百万tkm"), (1e3, "千tkm"), (1.0, "tkm")),
    "en": ((1e6, "million tkm"), (1e3, "thousand tkm"), (1.0, "tkm")),
}

WORK: dict[Language, Units] = {
    "ja": ((1e4, "万時間"), (1.0, "時間")),
    "en": ((1e6, "million h"), (1e3, "thousand h"), (1.0, "h")),
}
ENERGY: dict[Language, Units] = dict.fromkeys(
    ("ja", "en"), ((1000000000.0, "PJ"), (1000000.0, "TJ"), (1000.0, "GJ"), (1.0, "MJ"))
)


@dataclass(frozen=True)
class Scale:
    """One unit and number of decimals for all figures of a table.

    Attributes
    ----------
    factor : base units (JPY, t, kg, tkm, h, MJ) per shown unit.
    """

    factor: float
    unit: str
    decimals: int
    language: Language

    def text(self, value: float, *, up: bool = False) -> str:
        """Return `value` in the shown unit; with `up`, never less than it is."""
        shown = value / self.factor
        if up and math.isfinite(shown):
            step = 10.0**self.decimals
            shown = math.ceil(shown * step - 1e-9) / step
        return plain(shown, self.decimals, self.language)

    def full(self, value: float, *, up: bool = False) -> str:
        """Return `value` and its unit."""
        blank = "" if self.language == "ja" else " "
        return f"{self.text(value, up=up)}{blank}{self.unit}"


def scale(units: dict[Language, Units], values: Iterable[float], language: Language) -> Scale:
    """Return the largest of `units` that the largest of `values` reaches."""
    most = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    choice = units[language]
    factor, unit = next((u for u in choice if most >= u[0]), choice[-1])
    shown = most / factor
    decimals = 0 if shown >= 1000 or factor == 1.0 else 1 if shown >= 10 else 2
    return Scale(factor, unit, decimals, language)


def full(
    units: dict[Language, Units], value: float, language: Language, *, up: bool = False
) -> str:
    """Return one `value` in the unit that suits it."""
    return scale(units, [value], language).full(value, up=up)


def plain(value: float, decimals: int, language: Language) -> str:
    """Return `value` with thousands separated; Japanese budgets mark a minus by a triangle."""
    if not math.isfinite(value):
        return NONE
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in text for digit in "123456789")
    return ("▲" if language == "ja" else "-") + text if negative else text


def percent(share: float, decimals: int = 1) -> str:
    """Return `share` [-] in per cent."""
    return f"{share:.{decimals}%}".replace("%", " %") if math.isfinite(share) else NONE


def percent_up(share: float) -> str:
    """Return `share` [-] in per cent, rounded up so that a claim 'at most' stays true."""
    return f"{math.ceil(share * 1e4 - 1e-9) / 100:.2f} %" if math.isfinite(share) else NONE
