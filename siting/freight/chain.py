"""Chains truck - terminal - line - terminal - truck, and the best of them for every pair."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from siting.freight.leg import Leg, cheapest

if TYPE_CHECKING:
    from collections.abc import Callable

    from siting.freight.leg import Array, Ways

Whole = npt.NDArray[np.int16]
Texts = npt.NDArray[np.str_]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Haul:
    """A truck that brings goods to a terminal or takes them away."""

    vehicle: str
    leg: Callable[[Ways], Leg]


@dataclass(frozen=True)
class Chain:
    """How one carrier and form gets a commodity from terminal to terminal, and to and from them.

    Attributes
    ----------
    mode, vehicle, form : of the line; `first_form` is that of the haul to the terminal
    preparation : where the way begins
    first, last : trucks to choose from, to the first and from the last terminal
    loading, unloading : at the terminals
    line : from the distance between terminals [km]
    may_load, may_unload : (terminals,) which ones it may use
    may_link : (terminals, terminals) between which of them it runs
    lot_t : a full load [t]
    """

    mode: str
    vehicle: str
    form: str
    first_form: str
    preparation: Leg
    first: tuple[Haul, ...]
    loading: Leg
    line: Callable[[Array], Leg]
    unloading: Leg
    last: tuple[Haul, ...]
    may_load: Mask
    may_unload: Mask
    may_link: Mask
    lot_t: float


@dataclass(frozen=True)
class Best:
    """The cheapest chain for each pair of places; arrays of shape (origins, destinations).

    Attributes
    ----------
    cost_jpy_per_t : the whole way; infinite where no chain leads
    option : number of the chain
    loaded, unloaded : numbers of its terminals
    """

    cost_jpy_per_t: Array
    option: Whole
    loaded: Whole
    unloaded: Whole


@dataclass(frozen=True)
class Step:
    """One leg of a journey, named.

    Attributes
    ----------
    kind : ``preparation``, ``haul``, ``handling`` or ``line``
    mode : truck, rail or ship; empty where nothing moves
    lot_t : a full load of the vehicle of a line, else NaN [t]
    """

    kind: str
    mode: str
    vehicle: Texts
    form: str
    leg: Leg
    lot_t: float = float("nan")


def hauled(hauls: tuple[Haul, ...], ways: Ways) -> tuple[Leg, Texts]:
    """Return the cheapest truck leg along `ways`, and its vehicle.

    None is needed where the two places are one.
    """
    leg, number = cheapest([haul.leg(ways) for haul in hauls])
    names = np.array([haul.vehicle for haul in hauls])
    return leg.where(~ways.beside, nothing(leg)), np.where(ways.beside, "", names[number])


def nothing(leg: Leg) -> Leg:
    """Return a leg of the shape of `leg` that is not travelled."""
    zero = np.zeros(np.shape(leg.cost_jpy_per_t))
    return Leg(zero, zero, zero, zero, zero, zero)


def best_chain(chains: list[Chain], to: Ways, distance_km: Array, away: Ways) -> Best:
    """Return the cheapest of `chains` for each pair, every pair of terminals tried.

    Parameters
    ----------
    to : (origins, terminals)
    distance_km : (terminals, terminals)
    away : (terminals, destinations)
    """
    shape = (to.beside.shape[0], away.beside.shape[1])
    best = Best(np.full(shape, np.inf), *(np.zeros(shape, dtype=np.int16) for _ in range(3)))
    for number, chain in enumerate(chains):
        best = better(best, through(chain, number, to, distance_km, away))
    return best


def better(one: Best, other: Best) -> Best:
    """Return the cheaper of two for each pair; the first where they tie."""
    kept = one.cost_jpy_per_t <= other.cost_jpy_per_t
    names = [field.name for field in fields(Best)]
    return Best(*(np.where(kept, getattr(one, n), getattr(other, n)) for n in names))


def through(chain: Chain, number: int, to: Ways, distance_km: Array, away: Ways) -> Best:
    """Return the best terminals of one chain for each pair."""
    first = hauled(chain.first, to)[0].cost_jpy_per_t
    last = hauled(chain.last, away)[0].cost_jpy_per_t
    barred = ~(chain.may_load[:, None] & chain.may_unload[None, :] & chain.may_link)
    ends = [chain.preparation, chain.loading, chain.unloading]
    fixed = sum(float(leg.cost_jpy_per_t) for leg in ends)
    line = np.where(barred, np.inf, chain.line(distance_km).cost_jpy_per_t + fixed)
    to_last, before = least_sum(first, line)
    cost, unloaded = least_sum(to_last, last)
    loaded = np.take_along_axis(before, unloaded.astype(np.intp), axis=1)
    return Best(cost, np.full(cost.shape, number, dtype=np.int16), loaded, unloaded)


def steps(chain: Chain, to: Ways, distance_km: Array, away: Ways) -> list[Step]:
    """Return the legs of `chain` in order, for pairs with terminals chosen: arrays (pairs,)."""
    first, first_vehicle = hauled(chain.first, to)
    last, last_vehicle = hauled(chain.last, away)
    line_vehicle = np.full(np.shape(distance_km), chain.vehicle)
    line = chain.line(distance_km)
    none = np.full(np.shape(distance_km), "")
    return [
        Step("preparation", "", none, chain.first_form, chain.preparation),
        Step("haul", "truck", first_vehicle, chain.first_form, first),
        Step("handling", "", none, chain.form, chain.loading),
        Step("line", chain.mode, line_vehicle, chain.form, line, chain.lot_t),
        Step("handling", "", none, chain.form, chain.unloading),
        Step("haul", "truck", last_vehicle, chain.form, last),
    ]


def least_sum(left: Array, right: Array) -> tuple[Array, Whole]:
    """Return the least of ``left[i, k] + right[k, j]`` over k, and that k.

    One pass per k over an array of the result's size: the full cube is never made.
    """
    least = np.full((left.shape[0], right.shape[1]), np.inf)
    through_k = np.zeros(least.shape, dtype=np.int16)
    for k in range(left.shape[1]):
        columns = np.flatnonzero(np.isfinite(right[k]))
        if not (len(columns) and np.isfinite(left[:, k]).any()):
            continue
        whole = slice(None) if len(columns) == len(right[k]) else columns
        candidate = left[:, k, None] + right[None, k, whole]
        is_less = candidate < least[:, whole]
        least[:, whole] = np.where(is_less, candidate, least[:, whole])
        through_k[:, whole] = np.where(is_less, np.int16(k), through_k[:, whole])
    return least, through_k
