"""Which places can be joined by which mode, and what carrying a tonne takes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.errors import ConfigError
from siting.freight.offer import Linked, chosen, total
from siting.network.cache import cached, content_hash

if TYPE_CHECKING:
    import numpy.typing as npt

    from siting.freight.leg import Array
    from siting.freight.offer import Offer

INDEX = ["origin", "destination", "mode", "commodity"]
COLUMNS = ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t"]

ROWS_AT_ONCE = 400
"""Origins priced together: keeps the arrays of a national study small."""

DECIMALS = 4


@dataclass(frozen=True)
class Lanes:
    """What every mode offers for one commodity between two sets of places.

    Attributes
    ----------
    offers : mode to its offer; a scheduled service is a mode of its own, ``ship:NAME``
    limited : terminals whose berths have a limit
    """

    commodity: str
    origins: pd.Index
    destinations: pd.Index
    offers: dict[str, Offer]
    limited: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arcs:
    """Arcs as arrays of equal length: numbers of their ends, mode and terminals, and amounts."""

    row: npt.NDArray[np.int32]
    column: npt.NDArray[np.int32]
    mode: npt.NDArray[np.int8]
    loaded: npt.NDArray[np.int16]
    unloaded: npt.NDArray[np.int16]
    distance_km: Array
    hours: Array
    cost_jpy_per_t: Array
    kgco2e_per_t: Array
    used: npt.NDArray[np.str_]
    """Keys of the figures that all of it rests on."""

    def at(self, picked: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Arcs:
        """Return the arcs `picked`."""
        return replace(self, **{name: getattr(self, name)[picked] for name in PER_ARC})


PER_ARC = [field.name for field in fields(Arcs) if field.name != "used"]


def find_arcs(lanes: Lanes, key: str, carbon: Array, used: dict[str, None]) -> Arcs:
    """Return the arcs of `lanes` that can be the best of their pair, from the cache if known.

    Parameters
    ----------
    key : hash of all that the lanes rest on.
    carbon : carbon price of each period [JPY/t].
    used : where the figures read are noted, also when the arcs come from the cache.
    """
    ends = ["|".join(map(str, index)) for index in (lanes.origins, lanes.destinations)]
    names = [lanes.commodity, *lanes.offers, *sorted(lanes.limited), *ends]
    masks = [mask for offer in lanes.offers.values() for mask in terminals_of(offer)]
    name = content_hash(key, *names, *masks, carbon.tobytes())
    arcs = cached(f"arcs-{name}", lambda: priced(lanes, carbon, used), Arcs)
    used.update(dict.fromkeys(arcs.used.tolist()))
    return arcs


def terminals_of(offer: Offer) -> list[bytes]:
    """Return what only an offer knows of its terminals: distances, and which ones a chain may use.

    A hold calls where enough tonnes gather, and these are part of no figure.
    """
    if not isinstance(offer, Linked):
        return []
    masks = [mask for c in offer.chains for mask in (c.may_load, c.may_unload, c.may_link)]
    return [array.tobytes() for array in (offer.distance_km, *masks)]


def priced(lanes: Lanes, carbon: Array, used: dict[str, None]) -> Arcs:
    """Return the arcs of `lanes`, dominated ones left out."""
    before = dict(used)
    used.clear()
    starts = range(0, len(lanes.origins), ROWS_AT_ONCE)
    blocks = [np.arange(s, min(s + ROWS_AT_ONCE, len(lanes.origins))) for s in starts]
    parts = [arcs for rows in blocks for arcs in rows_priced(lanes, rows, carbon)]
    read = np.array(list(used), dtype=str)
    used.update(before)
    if not sum(len(arcs.row) for arcs in parts):
        raise ConfigError(f"network: no mode carries '{lanes.commodity}' between its places.")
    joined = {name: np.concatenate([getattr(arcs, name) for arcs in parts]) for name in PER_ARC}
    arcs = Arcs(**joined, used=read)
    return arcs.at(np.lexsort((arcs.mode, arcs.column, arcs.row)))


def rows_priced(lanes: Lanes, rows: npt.NDArray[np.intp], carbon: Array) -> list[Arcs]:
    """Return the arcs of each mode from the origins `rows` that no other mode dominates.

    Those of a scheduled service all stay: a dear tonne may be what fills its least lot.
    """
    found = [mode_priced(lanes, mode, rows) for mode in range(len(lanes.offers))]
    free = [is_free(lanes, arcs) for arcs in found]
    kept = undominated(found, free, len(lanes.destinations), carbon)
    booked = [":" in mode for mode in lanes.offers]
    kept = [k | is_booked for k, is_booked in zip(kept, booked, strict=True)]
    return [arcs.at(k) for arcs, k in zip(found, kept, strict=True)]


def mode_priced(lanes: Lanes, mode: int, rows: npt.NDArray[np.intp]) -> Arcs:
    """Return every arc of one mode from the origins `rows`."""
    offer = list(lanes.offers.values())[mode]
    best = offer.best(rows)
    elsewhere = lanes.origins.to_numpy()[rows][:, None] != lanes.destinations.to_numpy()[None, :]
    r, c = np.nonzero(np.isfinite(best.cost_jpy_per_t) & elsewhere)
    choice = chosen(best, rows, r, c)
    leg = total(offer, choice)
    return Arcs(
        row=rows[r].astype(np.int32),
        column=c.astype(np.int32),
        mode=np.full(len(r), mode, dtype=np.int8),
        loaded=choice.loaded,
        unloaded=choice.unloaded,
        **{name: np.round(getattr(leg, name), DECIMALS) for name in COLUMNS},
        used=np.array([], dtype=str),
    )


def is_free(lanes: Lanes, arcs: Arcs) -> npt.NDArray[np.bool_]:
    """Return which arcs of one mode have no limit: no service, and no berth that could be full."""
    if not len(arcs.mode):
        return np.zeros(0, dtype=bool)
    name, offer = list(lanes.offers.items())[arcs.mode[0]]
    if ":" in name:
        return np.zeros(len(arcs.mode), dtype=bool)
    ends = (offer.terminal(numbers) for numbers in (arcs.loaded, arcs.unloaded))
    calls = [pd.Index(end).isin(lanes.limited) for end in ends]
    return np.asarray(~(calls[0] | calls[1]), dtype=bool)


def undominated(
    found: list[Arcs], free: list[npt.NDArray[np.bool_]], width: int, carbon: Array
) -> list[npt.NDArray[np.bool_]]:
    """Return which arcs of each mode are the cheapest of their pair at some carbon price.

    What an arc emits is the same in every period, so an arc that is never the cheapest at the
    prices of the study is used by no optimal plan. An arc with a limit has to be cheaper than
    every free one at some price; it drives out nothing itself.
    """
    pairs = [arcs.row.astype(np.intp) * width + arcs.column for arcs in found]
    size = max((int(pair.max()) + 1 for pair in pairs if len(pair)), default=0)
    kept = [np.zeros(len(pair), dtype=bool) for pair in pairs]
    for price in np.unique(carbon) / 1000:
        asked = [arcs.cost_jpy_per_t + price * arcs.kgco2e_per_t for arcs in found]
        least = np.full(size, np.inf)
        for cost, pair, is_open in zip(asked, pairs, free, strict=True):
            np.minimum.at(least, pair[is_open], cost[is_open])
        taken = np.zeros(size, dtype=bool)
        for number, (cost, pair, is_open) in enumerate(zip(asked, pairs, free, strict=True)):
            first = is_open & (cost <= least[pair]) & ~taken[pair]
            kept[number] |= first | (~is_open & (cost < least[pair]))
            taken[pair[first]] = True
    return kept


def arc_table(lanes: Lanes, arcs: Arcs) -> pd.DataFrame:
    """Return `arcs` as a table of the instance."""
    values = {name: getattr(arcs, name) for name in COLUMNS}
    return pd.DataFrame(values, index=arc_index(lanes, arcs))


def arc_index(lanes: Lanes, arcs: Arcs) -> pd.MultiIndex:
    """Return origin, destination, mode and commodity of `arcs`."""
    columns = [
        lanes.origins.to_numpy(dtype=object)[arcs.row],
        lanes.destinations.to_numpy(dtype=object)[arcs.column],
        np.array(list(lanes.offers), dtype=object)[arcs.mode],
        np.full(len(arcs.row), lanes.commodity, dtype=object),
    ]
    return pd.MultiIndex.from_arrays(columns, names=INDEX)


def call_table(lanes: Lanes, arcs: Arcs) -> pd.DataFrame:
    """Return the calls of `arcs` at ports with a limit, a tonne handled for a tonne carried."""
    index = arc_index(lanes, arcs).to_frame(index=False)
    calls = []
    for number, (mode, offer) in enumerate(lanes.offers.items()):
        rows = np.flatnonzero(arcs.mode == number)
        if mode.split(":")[0] != "ship" or not lanes.limited or not len(rows):
            continue
        for numbers in (arcs.loaded, arcs.unloaded):
            port = pd.Series(offer.terminal(numbers[rows]), index=rows)
            port = port[port.isin(lanes.limited)]
            calls.append(index.loc[port.index].assign(port=port, handled_t_per_t=1.0))
    columns = ["port", *INDEX]
    if not calls:
        calls = [index.iloc[:0].assign(port="", handled_t_per_t=1.0)]
    return pd.concat(calls).set_index(columns).sort_index()
