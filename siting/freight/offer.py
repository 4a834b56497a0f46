"""What each mode offers for one commodity between origins and destinations."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from siting.freight.chain import Best, Chain, Step, best_chain, steps
from siting.freight.leg import Leg, still
from siting.freight.load import ROAD, load_t
from siting.freight.truck import road_leg

if TYPE_CHECKING:
    import pandas as pd

    from siting.freight.leg import Array, Terms, Ways
    from siting.freight.load import Carrier, Form

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Choice:
    """What was chosen for each of some pairs; arrays (pairs,) as in ``Best``."""

    rows: Rows
    columns: Rows
    option: npt.NDArray[np.int16]
    loaded: npt.NDArray[np.int16]
    unloaded: npt.NDArray[np.int16]

    def at(self, picked: npt.NDArray[np.intp]) -> Choice:
        """Return the choice for the pairs `picked`."""
        return Choice(*(getattr(self, field.name)[picked] for field in fields(Choice)))


class Offer(Protocol):
    """One mode between every origin (rows) and destination (columns)."""

    def best(self, rows: Rows) -> Best:
        """Return the cheapest way from the origins `rows` to every destination."""

    def steps(self, option: int, choice: Choice) -> list[Step]:
        """Return the legs of way number `option` for pairs that chose it."""

    def terminal(self, number: npt.NDArray[np.int16]) -> npt.NDArray[np.object_]:
        """Return the terminals of those numbers."""


@dataclass(frozen=True)
class Direct:
    """By truck from door to door, in the cheapest form and truck.

    Attributes
    ----------
    ways : (origins, destinations)
    """

    terms: Terms
    trucks: list[tuple[Form, Carrier]]
    ways: Ways

    def best(self, rows: Rows) -> Best:
        """Return the cheapest truck from the origins `rows`."""
        ways = self.ways.at(rows)
        costs = [
            road_leg(self.terms, form, truck, ways).cost_jpy_per_t + form.preparation_jpy_per_t
            for form, truck in self.trucks
        ]
        option = np.argmin(costs, axis=0).astype(np.int16)
        nowhere = np.zeros(option.shape, dtype=np.int16)
        return Best(np.minimum.reduce(costs), option, nowhere, nowhere)

    def steps(self, option: int, choice: Choice) -> list[Step]:
        """Return preparation and the truck's leg."""
        form, truck = self.trucks[option]
        leg = road_leg(self.terms, form, truck, self.ways.at(choice.rows, choice.columns))
        none = np.full(len(choice.rows), "")
        prepared = still(form.preparation_jpy_per_t)
        return [
            Step("preparation", "", none, form.name, prepared),
            Step(
                "line",
                "truck",
                np.full(len(none), truck.name),
                form.name,
                leg,
                load_t(self.terms, form, truck),
            ),
        ]

    def terminal(self, number: npt.NDArray[np.int16]) -> npt.NDArray[np.object_]:
        """Return nothing: a truck calls at no terminal."""
        return np.full(len(number), "", dtype=object)


@dataclass(frozen=True)
class Linked:
    """By rail or ship between terminals, with trucks at both ends.

    Attributes
    ----------
    terminals : their ids
    to : (origins, terminals)
    distance_km : (terminals, terminals)
    away : (terminals, destinations)
    """

    chains: list[Chain]
    terminals: pd.Index
    to: Ways
    distance_km: Array
    away: Ways

    def best(self, rows: Rows) -> Best:
        """Return the cheapest chain from the origins `rows`."""
        return best_chain(self.chains, self.to.at(rows), self.distance_km, self.away)

    def steps(self, option: int, choice: Choice) -> list[Step]:
        """Return the legs from door to door."""
        return steps(
            self.chains[option],
            self.to.at(choice.rows, choice.loaded),
            self.distance_km[choice.loaded, choice.unloaded],
            self.away.at(choice.unloaded, choice.columns),
        )

    def terminal(self, number: npt.NDArray[np.int16]) -> npt.NDArray[np.object_]:
        """Return the terminals of those numbers."""
        return np.asarray(self.terminals.to_numpy(dtype=object)[number])


def trucks_of(forms: list[Form]) -> list[tuple[Form, Carrier]]:
    """Return every form with every truck it may travel in."""
    return [(form, truck) for form in forms for truck in form.of_kind(ROAD)]


def chosen(best: Best, origins: Rows, rows: Rows, columns: Rows) -> Choice:
    """Return what `best`, made for `origins`, holds at its `rows` and `columns`."""
    at = (rows, columns)
    return Choice(origins[rows], columns, best.option[at], best.loaded[at], best.unloaded[at])


def total(offer: Offer, choice: Choice) -> Leg:
    """Return the whole way of each pair: all its legs added."""
    whole = Leg(*(np.zeros(len(choice.rows)) for _ in fields(Leg)))
    for option in np.unique(choice.option):
        picked = np.flatnonzero(choice.option == option)
        legs = [step.leg for step in offer.steps(int(option), choice.at(picked))]
        for field in fields(Leg):
            getattr(whole, field.name)[picked] = sum(getattr(leg, field.name) for leg in legs)
    return whole
