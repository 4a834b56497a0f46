"""The toy outcome with imports, tariffs, a shared site, staff, contracts and prices."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from models.instance import TABLES
from siting.outcome import Outcome
from siting.report.tables import write_tables
from siting.report.viewpoints.eleven import viewpoints
from siting.report.viewpoints.table import Viewpoint

PERIODS = (2030, 2040)


def frame(index: list[str], columns: list[str], rows: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*index, *columns]).set_index(index).sort_index()


def with_rows(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    spec = TABLES[name]
    return frame(list(spec.index), list(spec.columns), rows)


@pytest.fixture(scope="session")
def rich(built: Outcome) -> Outcome:
    """S01 lies in the area of Hokkaido and on a shared site; panels are imported as well.

    The import of 500 t a year at 50,000 JPY/t joins the 600 t (4,000 t) of home panels.
    """
    data, plan = built.instance, built.plan
    imported = [("import-P9", "pv_panel", t) for t in PERIODS]
    supply = [(*key, 800.0, 50_000.0, 1.0, 0.0) for key in imported]
    arcs = with_rows("arcs", [("import-P9", "S01", "truck", "pv_panel", 10.0, 0.5, 2000.0, 2.0)])
    instance = replace(
        data,
        supply=pd.concat([data.supply, with_rows("supply", supply)]).sort_index(),
        baseline=pd.concat(
            [data.baseline, with_rows("baseline", [(*key, 0.0, 0.0) for key in imported])]
        ).sort_index(),
        arcs=pd.concat([data.arcs, arcs]).sort_index(),
        hubs=data.hubs.assign(
            earliest_period=[2040.0 if g == "pv_recycling" else 0.0
                             for g in data.hubs.index.get_level_values("technology")],
        ),
        sites=with_rows("sites", [("S01", 4e8, 0.06, 20_000.0, 0.0)]),
        regions=pd.DataFrame(
            index=pd.MultiIndex.from_tuples(
                [("Hokkaido", "S01"), ("north", "S01")], names=["region", "node"]
            )
        ),
        energy=with_rows(
            "energy", [("Hokkaido", t, 20.0, 2.5, grid, 0.05)
                       for t, grid in zip(PERIODS, (0.5, 0.3), strict=True)],
        ),
    )  # fmt: skip
    flow = ["origin", "destination", "mode", "commodity", "period"]
    more = frame(
        flow,
        ["flow_t", "distance_km", "hours", "tkm", "cost_jpy", "kgco2e"],
        [("import-P9", "S01", "truck", "pv_panel", t, 500.0, 10.0, 0.5, 5000.0, 1e6, 1000.0)
         for t in PERIODS],
    )  # fmt: skip
    sources = frame(
        ["source", "commodity", "period"],
        ["supply_t", "collected_t", "uncollected_t"],
        [(*key, 800.0, 500.0, 300.0) for key in imported],
    )
    is_first = plan.hubs.index.isin(["S01"], level="site")
    treated = plan.hubs["throughput_t"] + 500.0 * is_first
    hubs = plan.hubs.assign(
        throughput_t=treated,
        jobs=plan.hubs["lines"] * 10.0,
        land_m2=plan.hubs["lines"] * 8000.0,
        heat_mj=treated * 100.0 * is_first,
        kwh=treated * 60.0 * is_first + plan.hubs["kwh"] * ~is_first,
    )
    hubs["energy_jpy"] = (hubs["kwh"] * 20.0 + hubs["heat_mj"] * 2.5) * is_first
    residue = plan.disposals.copy()
    residue.loc[residue.index.isin(["S01"], level="site"), "disposal_t"] += 150.0
    flows = plan.flows.copy()
    more_glass = flows.index.isin(["glass_cullet"], level="commodity")
    flows.loc[more_glass, ["flow_t", "tkm"]] += [350.0, 350.0 * 120]
    sold = plan.sinks.copy()
    glass = sold.index.isin(["glass_cullet"], level="commodity")
    sold.loc[glass, "inflow_t"] += 350.0
    plan = replace(
        plan,
        hubs=hubs,
        flows=pd.concat([flows, more]).sort_index(),
        sources=pd.concat([plan.sources, sources]).sort_index(),
        disposals=residue,
        sinks=sold,
        sites=frame(
            ["site", "period"],
            ["used", "opened", "opening_jpy"],
            [("S01", 2030, 1.0, 1.0, 4e8), ("S01", 2040, 1.0, 0.0, 0.0)],
        ),
        quantities=frame(
            ["quantity", "period"],
            ["amount"],
            [("virgin_material_avoided_t", 2030, 500.0), ("jobs", 2030, 20.0)],
        ),
        contracts=frame(
            ["sink", "commodity", "period"],
            ["contracted_t", "inflow_t", "shortfall_t"],
            [("J01", "glass_cullet", 2040, 3500.0, 3150.0, 350.0)],
        ),
        prices=frame(
            ["kind", "node", "item", "period"],
            ["price_jpy_per_t"],
            [("source", "01100", "pv_panel", 2040, -20e3),
             ("source", "04100", "pv_panel", 2040, -10e3),
             ("hub", "S01", "pv_recycling|medium", 2040, 4e3)],
        ),
    )  # fmt: skip
    port = pd.DataFrame(
        [("source", "輸入港", "Port of entry", "北海道", 42.6, 141.6, "", "compiled")],
        columns=["kind", "name_ja", "name_en", "pref_ja", "lat", "lon", "detail", "confidence"],
        index=pd.Index(["import-P9"], name="node"),
    )
    return replace(built, instance=instance, plan=plan, places=pd.concat([built.places, port]))


@pytest.fixture(scope="session")
def views(rich: Outcome, built: Outcome, empty: Outcome) -> dict[str, list[Viewpoint]]:
    """Return the viewpoints of each outcome, made once."""
    made = {"rich": rich, "built": built, "empty": empty}
    return {name: viewpoints(outcome) for name, outcome in made.items()}


@pytest.fixture(scope="session")
def rich_folder(
    rich: Outcome, views: dict[str, list[Viewpoint]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with the tables of the rich outcome, written once."""
    folder = tmp_path_factory.mktemp("rich")
    write_tables(folder, rich, views["rich"])
    return folder
