"""The units of the parameter tables: which there are, and what one is in terms of another.

What is counted is a dimension of its own: a price per trip cannot be read as one per container,
nor money per kg CO2e as money per kg of goods. The vocabulary is closed: a letter that is no unit
of this project is a fault, also where physics knows it (``T`` is no tesla here).
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from siting.errors import ConfigError

if TYPE_CHECKING:
    import pint

COUNTED = (
    "trip",
    "container",
    "chassis",
    "vehicle",
    "voyage",
    "use",
    "night",
    "person",
    "GT",
    "piece",
    "consignment",
)
"""Things and events, each a dimension; ``GT`` is the gross tonnage of a ship, no mass."""

DEFINITIONS = [
    "k- = 1e3",
    "M- = 1e6",
    "G- = 1e9",
    "JPY = [money]",
    "USD = [dollar]",
    "g = [mass]",
    "t = 1e6 g",
    "m = [length]",
    "ha = 1e4 m^2",
    "L = 1e-3 m^3",
    "h = [time]",
    "min = h / 60",
    "d = 24 h",
    "yr = 8760 h",
    "month = yr / 12",
    "W = [power]",
    "Wh = W h",
    "J = Wh / 3600",
    "gCO2e = [emission]",
    "tCO2e = 1e6 gCO2e",
    "percent = 0.01 = %",
    *(f"{name} = [{name}]" for name in COUNTED),
]
"""Every unit there is, with the prefixes k, M and G; a year has 365 days."""

NOTATION = re.compile(r"(?:[A-Za-z0-9.*/()%]|(?<=[A-Za-z])\^[1-9](?![\w.^]))+")
"""Names, numbers, brackets, and powers of names by one digit."""

AMBIGUOUS = re.compile(r"/([\w.^%]+|\([^()]*\))[*/]")
"""What follows a divisor without brackets: is ``JPY/t*km`` per tkm, or km JPY per t?"""


class Unit(NamedTuple):
    """How much of the base units a unit is, and of which: km/h is 1,000 m per h."""

    base: float
    kind: frozenset[tuple[str, float]]


@cache
def registry() -> pint.UnitRegistry[Any]:
    """Return the units of the project, made when the first is read: pint is slow to import."""
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry(None)
    units.load_definitions(DEFINITIONS)
    return units


@cache
def parsed(text: str) -> Unit:
    """Return the unit that `text` names, such as ``JPY/(t*km)``; ``1`` is a pure number.

    Raises
    ------
    ConfigError
        If `text` names no unit of the project, or could be read in two ways.
    """
    if not NOTATION.fullmatch(text):
        raise ConfigError(f"unit '{text}' is not in compact notation such as JPY/(t*km), t/yr or 1")
    if AMBIGUOUS.search(text):
        raise ConfigError(f"unit '{text}' can be read in two ways, expected brackets: a/(b*c)")
    unit = evaluated(text)
    if not (math.isfinite(unit.base) and unit.base > 0):
        raise ConfigError(f"unit '{text}' is no positive amount")
    return unit


def evaluated(text: str) -> Unit:
    """Return what pint makes of `text`."""
    units = registry()
    try:
        quantity: Any = units.Quantity(units.parse_expression(text)).to_base_units()
        return Unit(float(quantity.magnitude), frozenset(quantity.dimensionality.items()))
    except Exception as error:  # pint has a dozen, of tokens, brackets and names
        raise ConfigError(f"unit '{text}' is unknown") from error


def same_kind(first: str, second: str) -> bool:
    """Return whether both units measure the same thing."""
    return first == second or parsed(first).kind == parsed(second).kind


@cache
def factor(from_unit: str, to_unit: str) -> float:
    """Return how many `to_unit` one `from_unit` is: 1,000 from ``t`` to ``kg``.

    Raises
    ------
    ConfigError
        If one of them is unknown, or they measure different things.
    """
    if from_unit == to_unit:
        return 1.0
    if not same_kind(from_unit, to_unit):
        raise ConfigError(f"units '{from_unit}' and '{to_unit}' measure different things.")
    return float(f"{parsed(from_unit).base / parsed(to_unit).base:.15g}")  # 0.001, not 0.0010…02
