"""In which rows of the model the flow of an arc is, with which coefficient, and what it costs.

Every law of ``models/`` that sums over arcs has its line here, in arrays over all arcs; the words
are those of the blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.services import hold_t_per_t
from siting.solve.reduced.weight import carbon
from siting.solve.shell.place import (
    COMMODITY,
    DESTINATION,
    ORIGIN,
    Term,
    in_limits,
    pair_of_arcs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.instance import Instance
    from siting.solve.matrix import Array, Whole
    from siting.solve.shell.place import Rows
    from siting.solve.shell.source_term import Supply

AT_ENDS = (
    ("site_balance", ORIGIN, -1.0),
    ("site_balance", DESTINATION, 1.0),
    ("outflow_within_made", ORIGIN, 1.0),
    ("demand_within_sink", DESTINATION, 1.0),
    ("contract_is_met", DESTINATION, 1.0),
)
"""Law with rows by (node, commodity, period), the end of an arc that is its node, coefficient."""


def arc_terms(data: Instance, rows: Rows, supply: Supply, first: int) -> Iterator[Term]:
    """Yield all that flows of `data` are in rows.

    Parameters
    ----------
    first : the row of the first supply in the first period, in ``all_supply_is_placed``.
    """
    count = len(rows.periods)
    every = np.arange(len(data.arcs), dtype=np.int64)
    sent = pair_of_arcs(data, ORIGIN, supply.pairs)
    collected = np.flatnonzero(sent >= 0)
    yield Term(collected, first + sent[collected, None] * count + np.arange(count), np.array(1.0))
    for law, end, value in AT_ENDS:
        if len(rows.m.component(law)):
            row = at_end(data, rows, law, end)
            yield from some(every, row, value * rows.sign[row])
    if len(data.site_shares):
        taken = at_end(data, rows, "share_of_one_site", DESTINATION)
        yield from some(collected, taken[collected], 1.0)
    yield from riding(data, rows)
    yield from calling(data, rows)
    if len(data.limits) or len(data.horizon_limits):
        yield from in_limits(rows, data, len(every), amounts(data))


def at_end(data: Instance, rows: Rows, law: str, end: int) -> Whole:
    """Return the rows of `law` at one end of every arc, shape (arcs, periods)."""
    index = data.arcs.index
    table = rows.by_end(law, index.levels[end], index.levels[COMMODITY])
    row: Whole = table[index.codes[end], index.codes[COMMODITY]]
    return row


def some(item: Whole, row: Whole, value: Array | float) -> Iterator[Term]:
    """Yield the term of the items that have a row in some period; none if none has."""
    there = np.flatnonzero(row.max(axis=1, initial=-1) >= 0)
    values = np.asarray(value, dtype=float)
    if len(there) == len(item):
        yield Term(item, row, values)
    elif len(there):
        yield Term(item[there], row[there], values[there] if values.ndim else values)


def riding(data: Instance, rows: Rows) -> Iterator[Term]:
    """Yield what arcs that ride a service are in its rows."""
    if not len(data.services):
        return
    hold = hold_t_per_t(data)
    arc = np.asarray(data.arcs.index.get_indexer(hold.index), dtype=np.int64)
    none = np.full(len(rows.periods), -1, dtype=np.int64)
    for law in ("service_carries_flow", "lot_is_full"):
        place = rows.by_name(law)
        row = [place.get(name, none) for name in hold.index.get_level_values("mode")]
        yield from some(
            arc, np.array(row, dtype=np.int64).reshape(len(arc), -1), hold.to_numpy(float)[:, None]
        )


def calling(data: Instance, rows: Rows) -> Iterator[Term]:
    """Yield what arcs that call at a port are in its row."""
    place = rows.by_name("berth_within_capacity") if len(data.calls) else {}
    calls = data.calls[data.calls.index.get_level_values("port").isin(list(place))]
    if len(calls):
        arc = np.asarray(data.arcs.index.get_indexer(calls.index.droplevel("port")), dtype=np.int64)
        row = np.array([place[port] for port in calls.index.get_level_values("port")])
        yield from some(arc, row, calls["handled_t_per_t"].to_numpy(float)[:, None])


def amounts(data: Instance) -> dict[str, Array]:
    """Return what a tonne on each arc is of each quantity, shape (arcs, periods) [per t].

    Freight and its emissions, less what the sink pays and displaces.
    """
    emitted = data.arcs["kgco2e_per_t"].to_numpy(float)[:, None]
    freight = data.arcs["cost_jpy_per_t"].to_numpy(float)[:, None]
    sink = at_sinks(data, ["credit_kgco2e_per_t", "price_jpy_per_t", "virgin_t_per_t"])
    emitted = emitted - sink["credit_kgco2e_per_t"]
    paid = freight - sink["price_jpy_per_t"]
    return {
        "cost_jpy": paid + carbon(data) * emitted,
        "kgco2e": emitted,
        "virgin_material_avoided_t": sink["virgin_t_per_t"],
    }


def at_sinks(data: Instance, columns: list[str]) -> dict[str, Array]:
    """Return `columns` of the sinks for each arc and period; 0 where an arc ends at no sink."""
    found = {column: np.zeros((len(data.arcs), len(data.periods))) for column in columns}
    if not len(data.sinks):
        return found
    wide = data.sinks[columns].unstack("period")
    number = pair_of_arcs(data, DESTINATION, wide.index)
    there = np.flatnonzero(number >= 0)
    for column, values in found.items():
        of_sink = wide[column].reindex(columns=data.periods.index).to_numpy(float)
        values[there] = of_sink[number[there]]
    return found
