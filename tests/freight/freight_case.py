"""Small ways, forms and chains to price by hand, and the law of the best pair of terminals."""

from collections.abc import Callable
from itertools import product

import numpy as np

from siting.freight.chain import Chain, Haul, hauled
from siting.freight.leg import Array, Leg, Ways, still
from siting.freight.load import Carrier, Form
from siting.network.road import Routes

HOUR_KM = 50.0
"""Speed of the roads of the examples [km/h]."""


def ways(road_km, tariff_index=1.0, ferry_km=0.0, ferries=0.0, beside=False) -> Ways:
    """Return truck ways of `road_km`, in the shape given, each with the same ferries."""
    km = np.atleast_1d(np.asarray(road_km, dtype=float))
    full = np.full_like
    routes = Routes(km, full(km, ferry_km), full(km, ferries), km / HOUR_KM)
    return Ways(routes, full(km, tariff_index), np.broadcast_to(np.asarray(beside), km.shape))


def made(*carriers: Carrier, **changes) -> Form:
    """Return dense cargo that travels in `carriers` and returns empty, or as `changes` say."""
    settings = {
        "commodity": "x",
        "name": "dense",
        "density_t_per_m3": 2.0,
        "preparation_jpy_per_t": 0.0,
        "terminal_preparation_jpy_per_t": None,
        "multiplier": 1.0,
        "empty_return": 1.0,
        "stevedoring_jpy_per_t": 1500.0,
        "is_waste": False,
    }
    return Form(**(settings | changes), carriers=carriers)


def everywhere(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return `count` ports that are all open, each joined to each other."""
    return np.ones(count, dtype=bool), ~np.eye(count, dtype=bool)


def leg_of(cost_jpy_per_t: Array) -> Leg:
    """Return a leg that costs that much, and a tenth of it in everything else."""
    tenth = np.asarray(cost_jpy_per_t) / 10
    return Leg(tenth, tenth, np.asarray(cost_jpy_per_t), tenth, tenth, tenth)


def toy_chain(per_km: float = 10.0, fixed: float = 100.0, count: int = 3, **changes) -> Chain:
    """Return a chain whose trucks cost 40 JPY per t and km, its line `per_km`."""
    truck = Haul("cart", lambda w: leg_of(40.0 * w.routes.road_km))
    open_ports, links = everywhere(count)
    settings = {
        "mode": "ship",
        "vehicle": "boat",
        "form": "dense",
        "first_form": "dense",
        "preparation": still(7.0),
        "first": (truck,),
        "loading": still(fixed, 5.0),
        "line": lambda distance_km: leg_of(per_km * distance_km),
        "unloading": still(fixed, 5.0),
        "last": (truck,),
        "may_load": open_ports,
        "may_unload": open_ports,
        "may_link": links,
        "lot_t": 1000.0,
    }
    return Chain(**(settings | changes))


def by_brute_force(chains: list[Chain], to: Ways, distance_km: Array, away: Ways) -> Array:
    """Return the least cost of a tonne for every pair, each pair of terminals tried in turn."""
    least = np.full((len(to.beside), away.beside.shape[1]), np.inf)
    count = len(distance_km)
    for chain, i, j, a, b in product(
        chains, range(len(least)), range(least.shape[1]), range(count), range(count)
    ):
        if not (chain.may_load[a] and chain.may_unload[b] and chain.may_link[a, b]):
            continue
        legs = [
            chain.preparation,
            hauled(chain.first, to.at([i], [a]))[0],
            chain.loading,
            chain.line(distance_km[[a], [b]]),
            chain.unloading,
            hauled(chain.last, away.at([b], [j]))[0],
        ]
        least[i, j] = min(least[i, j], sum(np.asarray(leg.cost_jpy_per_t).item() for leg in legs))
    return least


Draw = Callable[..., tuple[list[Chain], Ways, Array, Ways]]


def drawn(seed: int, origins: int = 3, terminals: int = 4, destinations: int = 2):
    """Return two random chains, ways to and from terminals, and distances between these."""
    rng = np.random.default_rng(seed)
    between_km = np.triu(rng.uniform(50, 900, (terminals, terminals)), 1)
    chains = [
        toy_chain(
            rng.uniform(2, 40),
            rng.uniform(0, 2000),
            terminals,
            may_load=rng.random(terminals) < 0.7,
            may_unload=rng.random(terminals) < 0.7,
            may_link=everywhere(terminals)[1] & (rng.random((terminals, terminals)) < 0.8),
        )
        for _ in range(2)
    ]
    to = ways(rng.uniform(1, 300, (origins, terminals)), beside=rng.random((1, terminals)) < 0.2)
    away = ways(rng.uniform(1, 300, (terminals, destinations)))
    return chains, to, between_km + between_km.T, away
