"""Made-up outcomes whose flows change between truck, rail and ship on the way."""

from dataclasses import replace

import numpy as np
import pandas as pd
from map_studies import FLOW, GIVEN, instance, national_outcome, outcome, place_table, plan

from siting.assemble.transport.leg import COLUMNS, one_leg_each
from siting.outcome import Outcome

SERVICE = "関門航路"
SHIP = f"ship:{SERVICE}"
LEG = [*FLOW[:4], "leg"]
SHARES = {"haul": 0.2, "handling": 0.0, "line": 0.6}
"""Share of the arc's distance that each kind of leg has [-]."""


def chain(arc: tuple[str, ...], stops: tuple[str, str], mode: str) -> list[dict[str, object]]:
    """Return the five legs of an arc by `mode` between two `stops`: haul, handling, line, …."""
    first, last = stops
    steps = [
        ("haul", "truck", "truck_10t", arc[0], first),
        ("handling", "", "", first, first),
        ("line", mode, f"{mode}_container", first, last),
        ("handling", "", "", last, last),
        ("haul", "truck", "truck_10t", last, arc[1]),
    ]
    return [
        {
            **dict(zip(FLOW[:4], arc, strict=True)),
            **dict(zip(["kind", "leg_mode", "vehicle", "from_node", "to_node"], step, strict=True)),
            "leg": number, "form": "bale", "distance_km": 120.0 * SHARES[step[0]], "hours": 0.4,
            "cost_jpy_per_t": 1800.0, "kgco2e_per_t": 3.0, "mj_per_t": 40.0,
            "driver_h_per_t": 0.05, "lot_t": 10.0,
        }
        for number, step in enumerate(steps)
    ]  # fmt: skip


def leg_table(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return rows of ``chain`` as a table of legs."""
    return pd.DataFrame(rows).set_index(LEG)[COLUMNS]


def chained_outcome() -> Outcome:
    """Return three sources, two by rail over the same stations, and a sink over two ports."""
    periods = [2030, 2040]
    places = place_table([
        ("a", "source", "宇部市", "Ube", "山口県", 33.95, 131.25),
        ("b", "source", "広島市", "Hiroshima", "広島県", 34.39, 132.46),
        ("c", "source", "呉市", "Kure", "広島県", 34.25, 132.57),
        ("h", "site", "周南", "Shunan", "山口県", 34.05, 131.8),
        ("j", "sink", "大分工場", "Oita works", "大分県", 33.25, 131.65),
        ("port1", "port", "徳山港", "Tokuyama port", "山口県", 34.03, 131.75),
        ("port2", "port", "大分港", "Oita port", "大分県", 33.27, 131.68),
        ("rail1", "station", "広島貨物", "Hiroshima freight", "広島県", 34.4, 132.5),
        ("rail2", "station", "新南陽", "Shin-Nanyo", "山口県", 34.07, 131.75),
        ("rail9", "station", "使わない駅", "Unused", "山口県", 34.2, 131.0),
    ])  # fmt: skip
    flows = [
        ("a", "h", "truck", "waste_plastic", 2040, 60.0),
        ("b", "h", "rail", "waste_plastic", 2030, 50.0),
        ("b", "h", "rail", "waste_plastic", 2040, 80.0),
        ("c", "h", "rail", "waste_plastic", 2040, 30.0),
        ("h", "j", SHIP, "recycled_pellet", 2030, 40.0),
        ("h", "j", SHIP, "recycled_pellet", 2040, 136.0),
    ]
    flow_t = pd.DataFrame(flows, columns=[*FLOW, "t"]).set_index(FLOW)["t"]
    supply = pd.Series(
        100.0,
        pd.MultiIndex.from_product(
            [["a", "b", "c"], ["waste_plastic"], periods], names=["source", "commodity", "period"]
        ),
    )
    taken = pd.Series(
        [40.0, 136.0],
        pd.MultiIndex.from_product(
            [["j"], ["recycled_pellet"], periods], names=["sink", "commodity", "period"]
        ),
    )
    hub = ("h", "plastic_recycling", "small")
    data = instance(periods, supply, [hub], taken)
    run = pd.DataFrame(
        {"lines": 1, "opened_lines": [1, 0], "capacity_t": 200.0, "throughput_t": [50.0, 170.0],
         "opening_jpy": [5e8, 0.0]},
        pd.MultiIndex.from_tuples([(*hub, t) for t in periods],
                                  names=["site", "technology", "size", "period"]),
    )  # fmt: skip
    made = plan(data, flow_t, run)
    legs = [
        *chain(("b", "h", "rail", "waste_plastic"), ("rail1", "rail2"), "rail"),
        *chain(("c", "h", "rail", "waste_plastic"), ("rail1", "rail2"), "rail"),
        *chain(("h", "j", SHIP, "recycled_pellet"), ("port1", "port2"), "ship"),
    ]
    return outcome(data, made, places, legs=pd.concat([by_truck(made.flows), leg_table(legs)]))


def by_truck(flows: pd.DataFrame) -> pd.DataFrame:
    """Return one leg for each arc of `flows` by truck."""
    arcs = flows.xs("truck", level="mode", drop_level=False)[["distance_km", "hours"]]
    arcs = arcs.groupby(level=FLOW[:4]).first()
    return one_leg_each(arcs.assign(cost_jpy_per_t=9000.0, kgco2e_per_t=15.0))


def national_chains(folder: str) -> Outcome:
    """Return the random national plan with its rail and ship flows over 40 made-up terminals."""
    made = national_outcome(folder)
    draw = np.random.default_rng(2)
    towns = made.places[made.places["kind"] == "source"]
    chosen = towns.iloc[np.sort(draw.choice(len(towns), 40, replace=False))]
    kind = np.where(np.arange(40) % 2, "port", "station")
    terminals = chosen.assign(kind=kind).set_axis([f"t{i}" for i in range(40)])
    spot = made.places[["lat", "lon"]]
    arcs = made.plan.flows.index.droplevel("period").unique()
    rows = []
    for arc in arcs[arcs.get_level_values("mode") != "truck"]:
        mode = arc[2]
        near = terminals[terminals["kind"] == {"ship": "port", "rail": "station"}[mode]]
        gaps = [((near[["lat", "lon"]] - spot.loc[end]) ** 2).sum(axis=1) for end in arc[:2]]
        rows += chain(arc, (gaps[0].idxmin(), gaps[1].idxmin()), mode)
    assert set(GIVEN.values()) <= set(arcs.unique("commodity"))
    legs = pd.concat([by_truck(made.plan.flows), leg_table(rows)])
    return replace(made, legs=legs, places=pd.concat([made.places, terminals]))
