"""A comparison of four runs small enough to check by hand.

Two sources in Hokkaido and one in Miyagi, a site in each, one sink in Chiba. Trucks alone need both
sites. With ships, and with rail as well, all of Hokkaido goes to Miyagi in the last period.
"""

from typing import Any

import numpy as np
import pandas as pd

from models.instance import Instance
from models.plan import COST_PARTS, KGCO2E_PARTS, Plan
from siting.outcome import Comparison, Outcome, Provenance, Timing

NASTY = "<script>alert(1)</script>"
FORMULA = "=1+1"
PERIODS = [2030, 2040]
WASTE, GOODS = "waste_plastic", "recycled_pellet"

ARC = ["origin", "destination", "mode", "commodity"]
LEG_COLUMNS = ["kind", "leg_mode", "vehicle", "form", "from_node", "to_node", "distance_km",
               "hours", "cost_jpy_per_t", "kgco2e_per_t", "mj_per_t", "driver_h_per_t",
               "lot_t"]  # fmt: skip
NONE = float("nan")


def line(start: str, end: str, vehicle: str, *amounts: float) -> list[tuple[Any, ...]]:
    """One truck from door to door: km, h, JPY, kgCO2e, MJ, driver hours, per tonne."""
    return [("line", "truck", vehicle, "loose", start, end, *amounts, NONE)]


def ship(start: str, end: str, first_jpy: float, km: float) -> list[tuple[Any, ...]]:
    """Baling 1,000, truck to port P1, handling 500, ship 600 km 7,000, handling 500, beside P2."""
    return [
        ("preparation", "", "", "bale", start, start, 0.0, 2.0, 1000.0, 1.0, 10.0, 0.0, NONE),
        ("haul", "truck", "truck_10t", "bale", start, "P1", km, 1.0, first_jpy, 2.0, 30.0, 0.5,
         NONE),
        ("handling", "", "", "bale", "P1", "P1", 0.0, 6.0, 500.0, 0.5, 5.0, 0.0, NONE),
        ("line", "ship", "coastal_499GT", "bale", "P1", "P2", 600.0, 30.0, 7000.0, 24.0, 250.0, 0.0,
         500.0),
        ("handling", "", "", "bale", "P2", "P2", 0.0, 6.0, 500.0, 0.5, 5.0, 0.0, NONE),
        ("haul", "truck", "truck_10t", "bale", "P2", end, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NONE),
    ]  # fmt: skip


def rail(start: str, end: str, stations: tuple[str, str], *amounts: float) -> list[tuple[Any, ...]]:
    """Truck 10 km 2,000 each side; the train's km, JPY and kgCO2e as given."""
    first, last = stations
    km, jpy, kgco2e = amounts
    return [
        ("haul", "truck", "jr_12ft", "bale", start, first, 10.0, 0.5, 2000.0, 1.0, 15.0, 0.5, NONE),
        ("line", "rail", "jr_12ft", "bale", first, last, km, 15.0, jpy, kgco2e, 200.0, 0.0, NONE),
        ("haul", "truck", "jr_12ft", "bale", last, end, 10.0, 0.5, 2000.0, 1.0, 15.0, 0.5, NONE),
    ]


OFFERS = {
    ("01100", "S01", "truck", WASTE): line("01100", "S01", "truck_10t", 60, 1.5, 6000, 6, 80, 1.5),
    ("01200", "S01", "truck", WASTE): line("01200", "S01", "truck_10t", 150, 3, 12e3, 15, 200, 3),
    ("04100", "S02", "truck", WASTE): line("04100", "S02", "truck_4t", 40, 1, 5000, 4, 50, 1),
    ("01100", "S02", "truck", WASTE): line("01100", "S02", "truck_10t", 900, 20, 4e4, 90, 1200, 16),
    ("01200", "S02", "truck", WASTE): line("01200", "S02", "truck_10t", 990, 23, 43e3, 99, 1320,
                                           19),
    ("01100", "S02", "rail", WASTE): rail("01100", "S02", ("R1", "R2"), 700, 18e3, 13),
    ("01200", "S02", "rail", WASTE): rail("01200", "S02", ("R1", "R2"), 730, 13e3, 13),
    ("01100", "S02", "ship", WASTE): ship("01100", "S02", 6000, 60),
    ("01200", "S02", "ship", WASTE): ship("01200", "S02", 12e3, 180),
    ("S01", "J01", "truck", GOODS): line("S01", "J01", "trailer_20t", 1100, 26, 3e4, 110, 1400, 20),
    ("S02", "J01", "truck", GOODS): line("S02", "J01", "trailer_20t", 350, 7, 9000, 35, 450, 7),
    ("S02", "J01", "rail", GOODS): rail("S02", "J01", ("R2", "R3"), 340, 5800, 10),
}  # fmt: skip

EARLY = [
    ("01100", "S01", "truck", WASTE, 2030, 1000.0),
    ("01200", "S01", "truck", WASTE, 2030, 500.0),
    ("04100", "S02", "truck", WASTE, 2030, 800.0),
    ("S01", "J01", "truck", GOODS, 2030, 1200.0),
    ("S02", "J01", "truck", GOODS, 2030, 640.0),
]
LATE = [
    ("01100", "S01", "truck", WASTE, 2040, 2000.0),
    ("01200", "S01", "truck", WASTE, 2040, 1000.0),
    ("04100", "S02", "truck", WASTE, 2040, 1600.0),
    ("S01", "J01", "truck", GOODS, 2040, 2400.0),
    ("S02", "J01", "truck", GOODS, 2040, 1280.0),
]
ONE_SITE = [
    ("04100", "S02", "truck", WASTE, 2040, 1600.0),
    ("S02", "J01", "truck", GOODS, 2040, 3680.0),
    ("01100", "S02", "ship", WASTE, 2040, 2000.0),
]
FLOWS = {
    "truck": [*EARLY, *LATE],
    "truck+rail": [*EARLY, *LATE],
    "truck+ship": [*EARLY, *ONE_SITE, ("01200", "S02", "ship", WASTE, 2040, 1000.0)],
    "truck+rail+ship": [*EARLY, *ONE_SITE, ("01200", "S02", "rail", WASTE, 2040, 1000.0)],
}
OPENING_JPY_PER_YR = {
    "truck": (2e8, 2e8),
    "truck+rail": (2e8, 1.99e8),  # 5 million less in present value: less than any gap
    "truck+ship": (2e8, 1e8),
    "truck+rail+ship": (2e8, 1e8),
}


def table(index: list[str], columns: list[str], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*index, *columns]).set_index(index)


def leg_rows(arcs: Any) -> pd.DataFrame:
    rows = [(*arc, n, *leg) for arc in arcs for n, leg in enumerate(OFFERS[arc])]
    return table([*ARC, "leg"], LEG_COLUMNS, rows).sort_index()


def offer_rows() -> pd.DataFrame:
    columns = ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t", "mj_per_t",
               "driver_h_per_t"]  # fmt: skip
    sums = leg_rows(OFFERS).groupby(level=ARC)[columns].sum()
    return sums.reorder_levels(["origin", "destination", "commodity", "mode"]).sort_index()


def instance() -> Instance:
    supply = [("01100", 1000.0), ("01200", 500.0), ("04100", 800.0)]
    times = list(zip(PERIODS, (1, 2), strict=True))
    rows = [(i, WASTE, t, t_per_yr * n) for i, t_per_yr in supply for t, n in times]
    keys = ["source", "commodity", "period"]
    technology = "plastic_recycling"
    hub = [20_000.0, 3, 1e9, 0.1, 1e8, 2e4, 400.0, 20.0]
    arcs = offer_rows().reorder_levels(ARC)
    return Instance(
        periods=table(
            ["period"],
            ["years", "discount_yr", "carbon_price_jpy_per_t", "grid_kgco2e_per_kwh"],
            [(2030, 10.0, 8.0, 3000.0, 0.4), (2040, 10.0, 5.0, 8000.0, 0.2)],
        ),
        commodities=table(
            ["commodity"],
            ["disposal_jpy_per_t", "disposal_kgco2e_per_t"],
            [(k, 3e4, 50.0) for k in (WASTE, GOODS, "residue")],
        ),
        supply=table(keys, ["supply_t", "acquisition_jpy_per_t"], [(*r, 0.0) for r in rows]),
        baseline=table(
            keys, ["cost_jpy_per_t", "kgco2e_per_t"], [(*r[:3], 3e4, 900.0) for r in rows]
        ),
        targets=table(["commodity", "period"], ["min_collected_share", "shortfall_jpy_per_t"], []),
        recipes=table(
            ["technology", "commodity"],
            ["input_t_per_t", "yield_t_per_t"],
            [(technology, WASTE, 1.0, 0.0), (technology, GOODS, 0.0, 0.8),
             (technology, "residue", 0.0, 0.2)],
        ),
        hubs=table(
            ["site", "technology", "size"],
            ["capacity_t", "max_lines", "opening_jpy", "annuity_per_yr", "running_jpy_per_yr",
             "handling_jpy_per_t", "kwh_per_t", "kgco2e_per_t"],
            [(site, technology, "large", *hub) for site in ("S01", "S02")],
        ),
        sinks=table(
            ["sink", "commodity", "period"],
            ["price_jpy_per_t", "demand_t", "credit_kgco2e_per_t"],
            [("J01", GOODS, t, 9e4, np.inf, 800.0) for t in PERIODS],
        ),
        arcs=arcs[["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t"]],
    )  # fmt: skip


def flow_rows(rows: list[tuple[Any, ...]], data: Instance) -> pd.DataFrame:
    flows = table([*ARC, "period"], ["flow_t"], rows)
    arcs = data.arcs.reindex(flows.index.droplevel("period")).set_index(flows.index)
    flows = flows.join(arcs[["distance_km", "hours"]])
    flows["tkm"] = flows["flow_t"] * arcs["distance_km"]
    flows["cost_jpy"] = flows["flow_t"] * arcs["cost_jpy_per_t"]
    flows["kgco2e"] = flows["flow_t"] * arcs["kgco2e_per_t"]
    return flows.sort_index()


def hub_rows(run: str) -> pd.DataFrame:
    both = [("S01", 2030), ("S02", 2030), ("S02", 2040)]
    standing = both if "ship" in run else [*both, ("S01", 2040)]
    return table(
        ["site", "technology", "size", "period"],
        ["lines", "opened_lines", "capacity_t", "throughput_t", "opening_jpy"],
        [(s, "plastic_recycling", "large", t, 1, int(t == 2030), 2e4, 1500.0, 1e9 * (t == 2030))
         for s, t in standing],
    ).sort_index()  # fmt: skip


def plan(run: str, data: Instance) -> Plan:
    flows = flow_rows(FLOWS[run], data)
    yearly = {
        "opening": OPENING_JPY_PER_YR[run],
        "transport": tuple(flows["cost_jpy"].groupby("period").sum()),
    }
    gases = {
        "transport": tuple(flows["kgco2e"].groupby("period").sum()),
        "baseline": (1e5, 2e5),
    }
    discount_yr = data.periods["discount_yr"]
    costs = table(
        ["block", "part", "period"],
        ["cost_jpy_per_yr", "present_value_jpy"],
        [(block, part, t, cost, cost * discount_yr[t])
         for part, block in COST_PARTS.items()
         for t, cost in zip(PERIODS, yearly.get(part, (0.0, 0.0)), strict=True)],
    )  # fmt: skip
    objective_jpy = float(costs["present_value_jpy"].sum())
    sources = data.supply[["supply_t"]].sort_index()
    sources = sources.assign(collected_t=sources["supply_t"], uncollected_t=0.0)
    return Plan(
        status="optimal",
        objective_jpy=objective_jpy,
        bound_jpy=objective_jpy * 0.99,
        hubs=hub_rows(run),
        flows=flows,
        sources=sources,
        sinks=table(["sink", "commodity", "period"], ["inflow_t", "demand_t", "sales_jpy"], []),
        disposals=table(["site", "commodity", "period"], ["disposal_t"], []),
        targets=table(["commodity", "period"], ["shortfall_t"], []),
        costs=costs.sort_index(),
        kgco2e=table(
            ["part", "period"],
            ["kgco2e_per_yr"],
            [(part, t, v) for part in KGCO2E_PARTS
             for t, v in zip(PERIODS, gases.get(part, (0.0, 0.0)), strict=True)],
        ).sort_index(),
        bounds=table(["commodities"], ["objective_jpy", "bound_jpy", "gap"], []),
    )  # fmt: skip


def places() -> pd.DataFrame:
    rows = [
        ("01100", "source", "札幌市", "Sapporo", "北海道"),
        ("01200", "source", "旭川市", "Asahikawa", "北海道"),
        ("04100", "source", "仙台市", "Sendai", "宮城県"),
        ("S01", "site", "苫小牧<拠点>", FORMULA, "北海道"),
        ("S02", "site", NASTY, NASTY, "宮城県"),
        ("J01", "sink", "千葉樹脂工場", "Chiba works", "千葉県"),
        ("P1", "port", "苫小牧港", "Tomakomai port", "北海道"),
        ("P2", "port", "仙台塩釜港", "Sendai-Shiogama port", "宮城県"),
        ("R1", "station", "札幌貨物ターミナル駅", "Sapporo terminal", "北海道"),
        ("R2", "station", "仙台貨物ターミナル駅", "Sendai terminal", "宮城県"),
        ("R3", "station", "千葉貨物駅", "Chiba freight", "千葉県"),
    ]
    named = table(["node"], ["kind", "name_ja", "name_en", "pref_ja"], rows)
    return named.assign(lat=38.0, lon=140.0, detail="", confidence="compiled")


def outcome(run: str, data: Instance) -> Outcome:
    return Outcome(
        study="modes_toy",
        title_ja="廃プラスチックの拠点 <試算>",
        title_en="Hubs for plastics & more",
        instance=data,
        plan=plan(run, data),
        places=places(),
        legs=leg_rows(sorted({row[:4] for row in FLOWS[run]})),
        assumptions=pd.DataFrame(columns=["table", "name", "value"]),
        outlines=None,
        provenance=Provenance(
            config_sha256="ab" * 32,
            layer_sha256={"ports.gpkg": "cd" * 32},
            versions={"siting": "0.1.0"},
            model="12本の経路をすべて解いた。 / All 12 arcs were solved.",
            notes=[
                "排出は従来トンキロ法による。 / Emissions by tonne-kilometres.",
                NASTY,
            ],
            credits=["国土数値情報(国土交通省)"],
        ),
        timing=Timing(build_s=0.1, solve_s=0.2, peak_rss_mib=150.0),
    )


def curves() -> pd.DataFrame:
    """Draw trucks at 2,000 + 40 and + 70 a km, rail at 8,000 + 15, a ship at 11,000 + 8."""
    rates = [
        ("truck_10t", "truck", 2000.0, 40.0),
        ("truck_4t", "truck", 2000.0, 70.0),
        ("jr_12ft", "rail", 8000.0, 15.0),
        ("coastal_499GT", "ship", 11_000.0, 8.0),
    ]
    rows = [
        (WASTE, "bale", vehicle, float(km), mode, fixed + per_km * km)
        for vehicle, mode, fixed, per_km in rates
        for km in range(0, 1001, 50)
    ]
    index = ["commodity", "form", "vehicle", "distance_km"]
    return table(index, ["mode", "cost_jpy_per_t"], rows).sort_index()


def crossings() -> pd.DataFrame:
    """Where the lines of ``curves`` meet: 6,000 / 25, 9,000 / 32 and 3,000 / 7 km."""
    rows = [
        (WASTE, "bale", "truck_10t", "jr_12ft", 240.0),
        (WASTE, "bale", "truck_10t", "coastal_499GT", 281.25),
        (WASTE, "bale", "jr_12ft", "coastal_499GT", 3000 / 7),
    ]
    return table(["commodity", "form", "vehicle", "other"], ["distance_km"], rows).sort_index()


def comparison() -> Comparison:
    data = instance()
    return Comparison(
        runs={run: outcome(run, data) for run in FLOWS},
        offers=offer_rows(),
        legs=leg_rows(OFFERS),
        curves=curves(),
        crossings=crossings(),
    )
