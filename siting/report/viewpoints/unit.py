"""How the end of a column's name says its unit, and whether its numbers may be added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siting.report.number import (
    ENERGY,
    GAS,
    HAULAGE,
    MASS,
    MONEY,
    NONE,
    WORK,
    percent,
    plain,
    scale,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from siting.report.number import Units
    from siting.text import Language

    Shown = Callable[[float], str]

ELECTRICITY: dict[Language, Units] = dict.fromkeys(
    ("ja", "en"), ((1e6, "GWh"), (1e3, "MWh"), (1.0, "kWh"))
)


@dataclass(frozen=True)
class Unit:
    """The unit of a column.

    Attributes
    ----------
    sizes : units of one kind, the one that suits is chosen; empty where there is only one.
    name : (Japanese, English) of the only one.
    adds : whether the numbers of several rows may be added.
    """

    sizes: dict[Language, Units] | None = None
    name: tuple[str, str] = ("", "")
    decimals: int = 0
    adds: bool = True


UNITS: dict[str, Unit] = {
    "jpy_per_kwh": Unit(None, ("円/kWh", "JPY/kWh"), 2, adds=False),
    "jpy_per_mj": Unit(None, ("円/MJ", "JPY/MJ"), 2, adds=False),
    "jpy_per_tco2e": Unit(None, ("円/t-CO2e", "JPY/t CO2e"), adds=False),
    "jpy_per_t": Unit(None, ("円/t", "JPY/t"), adds=False),
    "kgco2e_per_kwh": Unit(None, ("kg-CO2e/kWh", "kg CO2e/kWh"), 3, adds=False),
    "t_per_t": Unit(None, ("t/t", "t/t"), 3, adds=False),
    "vehicle_km": Unit(None, ("台km", "vehicle-km")),
    "_share": Unit(adds=False),
    "_km": Unit(None, ("km", "km"), adds=False),
    "_period": Unit(adds=False),
    "_jpy": Unit(MONEY),
    "tkm": Unit(HAULAGE),
    "_t": Unit(MASS),
    "kgco2e": Unit(GAS),
    "_kwh": Unit(ELECTRICITY),
    "_mj": Unit(ENERGY),
    "driver_h": Unit(WORK),
    "_kw": Unit(None, ("kW", "kW")),
    "_m2": Unit(None, ("m2", "m2")),
    "_persons": Unit(None, ("人", "persons")),
    "_count": Unit(),
}
"""End of a column's name to its unit; the first that fits counts."""


def unit_of(column: str) -> Unit:
    """Return the unit of a column.

    Raises
    ------
    KeyError
        If its name ends in no unit.
    """
    found = [unit for end, unit in UNITS.items() if column.endswith(end)]
    if not found:
        raise KeyError(f"the name of the column '{column}' ends in no unit of {list(UNITS)}")
    return found[0]


def shown(column: str, values: Iterable[float], language: Language) -> tuple[str, Shown]:
    """Return the name of the unit that suits `values` and how a number reads in it."""
    unit = unit_of(column)
    if column.endswith("_share"):
        return "", percent
    if column.endswith("_period"):
        return "", lambda value: f"{value:.0f}" if value == value else NONE  # noqa: PLR0124 NaN
    if unit.sizes is None:
        return unit.name[language == "en"], lambda value: plain(value, unit.decimals, language)
    sized = scale(unit.sizes, values, language)
    return sized.unit, sized.text
