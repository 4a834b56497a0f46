"""Legs of the toy's arcs: three by truck from door to door, a chain by ship, a chain by rail."""

import pandas as pd

from siting.assemble.transport.leg import COLUMNS, one_leg_each

ARC = ["origin", "destination", "mode", "commodity"]

SHIP = [
    ("preparation", "", "", "04100", "04100", 0.0, 0.0, 1000.0, 0.5, 10.0, 0.0),
    ("haul", "truck", "truck_10t", "04100", "P1", 20.0, 1.0, 3000.0, 3.0, 40.0, 0.2),
    ("handling", "", "", "P1", "P1", 0.0, 4.0, 1000.0, 0.0, 5.0, 0.0),
    ("line", "ship", "coastal_499GT", "P1", "P2", 660.0, 20.0, 6000.0, 23.5, 250.0, 0.0),
    ("handling", "", "", "P2", "P2", 0.0, 4.0, 1000.0, 0.0, 5.0, 0.0),
    ("haul", "truck", "truck_10t", "P2", "S01", 20.0, 1.0, 2000.0, 3.0, 40.0, 0.2),
]
RAIL = [
    ("haul", "truck", "drayage_container", "S02", "R1", 30.0, 1.0, 2500.0, 2.5, 60.0, 0.3),
    ("handling", "", "", "R1", "R1", 0.0, 1.0, 500.0, 0.0, 5.0, 0.0),
    ("line", "rail", "jr_12ft", "R1", "R2", 450.0, 10.0, 4000.0, 4.5, 200.0, 0.0),
    ("handling", "", "", "R2", "R2", 0.0, 1.0, 500.0, 0.0, 5.0, 0.0),
    ("haul", "truck", "drayage_container", "R2", "J01", 20.0, 1.0, 1500.0, 3.0, 50.0, 0.2),
]
NASTY = "<script>alert(1)</script>"
TERMINALS = [
    ("P1", "port", "塩釜港", "Shiogama port", "宮城県", 38.3, 141.0, "", "compiled"),
    ("P2", "port", "苫小牧西港", "Tomakomai west port", "北海道", 42.6, 141.6, "", "compiled"),
    ("R1", "station", "苫小牧貨物", "Tomakomai freight", "北海道", 42.6, 141.5, "", "compiled"),
    ("R2", "station", NASTY, "<b>Chiba</b>", "千葉県", 35.6, 140.1, "", "compiled"),
]  # fmt: skip
STEP = ["kind", "leg_mode", "vehicle", "from_node", "to_node", "distance_km", "hours",
        "cost_jpy_per_t", "kgco2e_per_t", "mj_per_t", "driver_h_per_t"]  # fmt: skip
TRUCK_MJ_PER_T_KM, TRUCK_H_PER_T = 2.0, 0.1


def chain(arc: tuple[str, ...], steps: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return the legs of one arc."""
    table = pd.DataFrame(steps, columns=STEP).assign(form="bale", lot_t=10.0)
    table[ARC] = arc
    table["leg"] = range(len(table))
    return table.set_index([*ARC, "leg"])[COLUMNS]


def toy_legs(arcs: pd.DataFrame) -> pd.DataFrame:
    """Return the legs of the toy's `arcs`; those by truck know their energy and work."""
    trucks = one_leg_each(arcs[arcs.index.get_level_values("mode") == "truck"])
    trucks = trucks.assign(
        vehicle="truck_10t",
        mj_per_t=trucks["distance_km"] * TRUCK_MJ_PER_T_KM,
        driver_h_per_t=TRUCK_H_PER_T,
        lot_t=10.0,
    )
    by_ship = chain(("04100", "S01", "ship", "pv_panel"), SHIP)
    by_rail = chain(("S02", "J01", "rail", "recycled_pellet"), RAIL)
    return pd.concat([trucks, by_ship, by_rail])
