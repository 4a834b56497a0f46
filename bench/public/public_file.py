"""Read the files of the public facility-location sets.

=================  ===========================================================================
format             numbers in the file
=================  ===========================================================================
``orlib_cap``      m n; m × (capacity, fixed cost); per customer: demand, m costs of all of it
``holmberg``       m n; m × (capacity, fixed cost); n demands; m × n costs of a whole demand
``tbed1``          m n; n demands; m capacities; m fixed costs; m × n costs of a unit
``koerkel_ghosh``  m n 0; m × (number, fixed cost, n costs of a whole demand)
``two_stage``      I J K; K demands; I × (capacity, fixed cost); I × J costs of a unit;
                   J × (capacity, fixed cost); J × K costs of a unit
``mauri``          as ``two_stage``, with L products: I J K L; a demand, a capacity and a
                   matrix of costs for each product, one fixed cost for a plant or satellite
=================  ===========================================================================

m warehouses serve n customers; I plants serve J satellites, which serve K customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

WORDS = ("FILE:", "capacity")
"""Words among the numbers: a name follows the first, the second stands for "no limit"."""


@dataclass(frozen=True)
class Level:
    """Facilities of one kind and what it costs to reach them from the level before.

    Attributes
    ----------
    name : what each facility is.
    capacity : (facility, product) most units it serves; `inf` is no limit.
    fixed : (facility,) cost of opening it.
    cost : (product, from, facility) cost of a unit from a customer, or a facility one level before.
    """

    name: str
    capacity: Array
    fixed: Array
    cost: Array


@dataclass(frozen=True)
class Network:
    """Customers with their demand (customer, product), and the levels that serve them in turn."""

    demand: Array
    levels: tuple[Level, ...]


@dataclass
class Numbers:
    """The numbers of a file, taken one after the other."""

    values: Array
    place: int = 0

    def take(self, *shape: int) -> Array:
        """Return the next numbers in an array of `shape`.

        Raises
        ------
        ValueError
            If fewer are left.
        """
        end = self.place + int(np.prod(shape))
        if end > len(self.values):
            raise ValueError(f"it has {len(self.values)} numbers, expected {end} or more.")
        taken = self.values[self.place : end].reshape(shape)
        self.place = end
        return taken

    def counts(self, number: int) -> list[int]:
        """Return the next `number` numbers as counts.

        Raises
        ------
        ValueError
            If one of them is not a whole number of at least 1.
        """
        found = self.take(number)
        if not (np.isfinite(found) & (found >= 1) & (found == np.floor(found))).all():
            said = " ".join(f"{value:g}" for value in found)
            raise ValueError(f"it starts with {said}, expected {number} counts above 0.")
        return [int(value) for value in found]


def read_network(path: Path, form: str | None = None) -> Network:
    """Return the network in the file at `path`.

    Parameters
    ----------
    form : a key of ``FORMATS``; else the one that a folder of `path` is named for.

    Raises
    ------
    ValueError
        If the format is not known, or the file has fewer or more numbers than it asks for.
    """
    form = form or next((part for part in reversed(path.parts) if part in FORMATS), None)
    if form not in FORMATS:
        raise ValueError(f"{path}: format is {form}, expected one of {', '.join(FORMATS)}.")
    try:
        numbers = Numbers(numbers_of(path.read_text(encoding="utf-8")))
        network = FORMATS[form](numbers)
    except ValueError as error:
        raise ValueError(f"{path}: {error} Is its format {form}, and is it whole?") from error
    if numbers.place < len(numbers.values):
        rest = len(numbers.values) - numbers.place
        raise ValueError(f"{path}: {rest} numbers are left over. Is its format {form}?")
    return network


def numbers_of(text: str) -> Array:
    """Return the numbers in `text`, `inf` for a capacity that is only the word.

    Raises
    ------
    ValueError
        If another word is in it.
    """
    words = text.replace("\0", " ").split()
    if words and words[0] == WORDS[0]:
        words = words[2:]
    return np.array([np.inf if word == WORDS[1] else number(word) for word in words])


def number(word: str) -> float:
    """Return the finite number that `word` is.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        value = float(word)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise ValueError(f"it holds {word!r}, expected numbers.")
    return value


def orlib_cap(numbers: Numbers) -> Network:
    """Return an OR-Library network; its costs are those of a customer's whole demand."""
    m, n = numbers.counts(2)
    facility = numbers.take(m, 2)
    customer = numbers.take(n, m + 1)
    return one_level(customer[:, 0], facility[:, 0], facility[:, 1], customer[:, 1:])


def holmberg(numbers: Numbers) -> Network:
    """Return a network of Holmberg's set; its costs are those of a customer's whole demand."""
    m, n = numbers.counts(2)
    facility, demand = numbers.take(m, 2), numbers.take(n)
    return one_level(demand, facility[:, 0], facility[:, 1], numbers.take(m, n).T)


def tbed1(numbers: Numbers) -> Network:
    """Return a network of the TBED1 set."""
    m, n = numbers.counts(2)
    demand, capacity, fixed = numbers.take(n), numbers.take(m), numbers.take(m)
    return one_level(demand, capacity, fixed, numbers.take(m, n).T * demand[:, None])


def koerkel_ghosh(numbers: Numbers) -> Network:
    """Return an uncapacitated network; every customer asks for one unit."""
    m, n = numbers.counts(2)
    numbers.take(1)
    facility = numbers.take(m, n + 2)
    return one_level(np.ones(n), np.full(m, np.inf), facility[:, 1], facility[:, 2:].T)


def one_level(demand: Array, capacity: Array, fixed: Array, whole_cost: Array) -> Network:
    """Return warehouses that serve customers at `whole_cost` (customer, warehouse) for all of it.

    Raises
    ------
    ValueError
        If a customer asks for nothing: its cost cannot be told by the unit.
    """
    if (demand <= 0).any():
        raise ValueError("a customer asks for nothing, expected a demand above 0.")
    cost = (whole_cost / demand[:, None])[None]
    return Network(demand[:, None], (Level("warehouse", capacity[:, None], fixed, cost),))


def two_stage(numbers: Numbers) -> Network:
    """Return a network of plants, satellites and customers with one product."""
    return two_levels(numbers, *numbers.counts(3), products=1)


def mauri(numbers: Numbers) -> Network:
    """Return a network of plants, satellites and customers with several products."""
    i, j, k, products = numbers.counts(4)
    return two_levels(numbers, i, j, k, products=products)


def two_levels(numbers: Numbers, i: int, j: int, k: int, *, products: int) -> Network:
    """Return `i` plants that serve `k` customers by way of `j` satellites."""
    demand = numbers.take(k, products)
    plant, to_satellite = numbers.take(i, products + 1), numbers.take(products, i, j)
    satellite, to_customer = numbers.take(j, products + 1), numbers.take(products, j, k)
    return Network(
        demand,
        (
            Level("satellite", satellite[:, :-1], satellite[:, -1], to_customer.swapaxes(1, 2)),
            Level("plant", plant[:, :-1], plant[:, -1], to_satellite.swapaxes(1, 2)),
        ),
    )


FORMATS: dict[str, Callable[[Numbers], Network]] = {
    "orlib_cap": orlib_cap,
    "holmberg": holmberg,
    "tbed1": tbed1,
    "koerkel_ghosh": koerkel_ghosh,
    "two_stage": two_stage,
    "mauri": mauri,
}
