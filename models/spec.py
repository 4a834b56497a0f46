"""What each table of an instance holds: index levels, columns with their limits and defaults."""

from __future__ import annotations

import numpy as np

from models.table import Table

ANY, POSITIVE, SHARE = (-np.inf, np.inf), (0.0, np.inf), (0.0, 1.0)

LIMIT_COLUMNS = {"at_least": ANY, "at_most": ANY}
NO_LIMIT = {"at_least": -np.inf, "at_most": np.inf}

TABLES: dict[str, Table] = {
    "periods": Table(
        ("period",),
        {
            "years": (1.0, 100.0),
            "discount_yr": POSITIVE,
            "carbon_price_jpy_per_t": POSITIVE,
            "grid_kgco2e_per_kwh": POSITIVE,
        },
    ),
    "commodities": Table(
        ("commodity",),
        {"disposal_jpy_per_t": ANY, "disposal_kgco2e_per_t": ANY},
    ),
    "supply": Table(
        ("source", "commodity", "period"),
        {
            "supply_t": POSITIVE,
            "acquisition_jpy_per_t": ANY,
            "collectable_share": SHARE,
            "counts_to_target": SHARE,
        },
        defaults={"collectable_share": 1.0, "counts_to_target": 1.0},
    ),
    "baseline": Table(
        ("source", "commodity", "period"),
        {"cost_jpy_per_t": ANY, "kgco2e_per_t": ANY},
    ),
    "targets": Table(
        ("commodity", "period"),
        {"min_collected_share": SHARE, "shortfall_jpy_per_t": POSITIVE},
    ),
    "recipes": Table(
        ("technology", "commodity"),
        {"input_t_per_t": SHARE, "yield_t_per_t": SHARE},
    ),
    "hubs": Table(
        ("site", "technology", "size"),
        {
            "capacity_t": POSITIVE,
            "max_lines": POSITIVE,
            "opening_jpy": POSITIVE,
            "annuity_per_yr": SHARE,
            "running_jpy_per_yr": POSITIVE,
            "handling_jpy_per_t": ANY,
            "kwh_per_t": ANY,
            "kgco2e_per_t": ANY,
            **dict.fromkeys(("min_utilisation", "stands", "may_close"), SHARE),
            **dict.fromkeys(("land_m2", "jobs", "labour_jpy_per_yr"), POSITIVE),
            **dict.fromkeys(("heat_mj_per_t", "earliest_period"), ANY),
        },
        defaults=dict.fromkeys(
            (
                "min_utilisation",
                "stands",
                "may_close",
                "land_m2",
                "jobs",
                "labour_jpy_per_yr",
                "heat_mj_per_t",
                "earliest_period",
            ),
            0.0,
        ),
    ),
    "sinks": Table(
        ("sink", "commodity", "period"),
        {
            "price_jpy_per_t": ANY,
            "demand_t": POSITIVE,
            "credit_kgco2e_per_t": ANY,
            "contracted_t": POSITIVE,
            "contract_shortfall_jpy_per_t": POSITIVE,
            "virgin_t_per_t": POSITIVE,
        },
        defaults={
            "contracted_t": 0.0,
            "contract_shortfall_jpy_per_t": np.inf,
            "virgin_t_per_t": 0.0,
        },
    ),
    "arcs": Table(
        ("origin", "destination", "mode", "commodity"),
        {
            "distance_km": POSITIVE,
            "hours": POSITIVE,
            "cost_jpy_per_t": POSITIVE,
            "kgco2e_per_t": POSITIVE,
        },
    ),
    "services": Table(
        ("service",),
        {"yearly_cost_jpy": POSITIVE, "capacity_t": POSITIVE, "min_lot_t": POSITIVE},
        may_lack=True,
    ),
    "stowage": Table(("service", "commodity"), {"hold_t_per_t": (1.0, 1000.0)}, may_lack=True),
    "berths": Table(("port",), {"capacity_t_per_yr": POSITIVE}, may_lack=True),
    "calls": Table(
        ("port", "origin", "destination", "mode", "commodity"),
        {"handled_t_per_t": (0.0, 1000.0)},
        may_lack=True,
    ),
    "sites": Table(
        ("site",),
        {
            "opening_jpy": POSITIVE,
            "annuity_per_yr": SHARE,
            "plot_m2": POSITIVE,
            "must_run": SHARE,
        },
        may_lack=True,
        defaults={"plot_m2": np.inf, "must_run": 0.0},
    ),
    "regions": Table(("region", "node"), {}, may_lack=True),
    "energy": Table(
        ("region", "period"),
        {
            "power_jpy_per_kwh": ANY,
            "heat_jpy_per_mj": ANY,
            "grid_kgco2e_per_kwh": POSITIVE,
            "heat_kgco2e_per_mj": POSITIVE,
        },
        may_lack=True,
    ),
    "salvage": Table(("asset", "period"), {"paid_share": SHARE}, may_lack=True),
    "regional_targets": Table(
        ("region", "commodity", "period"),
        {"min_collected_share": SHARE, "shortfall_jpy_per_t": POSITIVE},
        may_lack=True,
    ),
    "budgets": Table(("period",), {"max_opening_jpy": POSITIVE}, may_lack=True),
    "hub_counts": Table(("count",), {"at_most": POSITIVE}, may_lack=True),
    "counted": Table(("count", "site", "technology"), {}, may_lack=True),
    "incompatible": Table(("technology", "other"), {}, may_lack=True),
    "orders": Table(
        ("site", "technology", "size", "period"),
        {"min_lines": POSITIVE, "max_lines": POSITIVE},
        may_lack=True,
        defaults={"min_lines": 0.0, "max_lines": np.inf},
    ),
    "site_shares": Table(("commodity", "period"), {"max_share": SHARE}, may_lack=True),
    "disposal_limits": Table(("commodity", "period"), {"max_disposal_t": POSITIVE}, may_lack=True),
    "limits": Table(("quantity", "period"), LIMIT_COLUMNS, may_lack=True, defaults=NO_LIMIT),
    "horizon_limits": Table(("quantity",), LIMIT_COLUMNS, may_lack=True, defaults=NO_LIMIT),
}

QUANTITIES = ("cost_jpy", "kgco2e", "virgin_material_avoided_t", "jobs")
"""What ``limits`` and ``horizon_limits`` may limit."""
