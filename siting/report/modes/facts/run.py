"""Facts of the runs of a comparison: cost, proof, haulage, and the hubs that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.carriage import ARC, leg_table
from siting.report import facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from siting.outcome import Comparison, Outcome

KINDS = ("truck", "rail", "ship")

TRANSPORT_PARTS = ("transport", "services")
"""Parts of the cost that pay for carriage: per tonne, and the yearly cost of scheduled services."""

HAULAGE = [f"{kind}_{unit}" for unit in ("t", "tkm") for kind in KINDS] + ["driver_h", "mj"]


def base(comparison: Comparison) -> str:
    """Return the run with the fewest modes, which the others are measured against."""
    return min(comparison.runs, key=lambda name: name.count("+"))


def widest(comparison: Comparison) -> str:
    """Return the run with the most modes."""
    return max(comparison.runs, key=lambda name: name.count("+"))


def kind(modes: pd.Series) -> pd.Series:
    """Return truck, rail or ship for each mode: what stands before the colon of a service."""
    codes, names = pd.factorize(modes, use_na_sentinel=False)
    kinds = np.array([str(name).partition(":")[0] for name in names], dtype=object)
    return pd.Series(kinds[codes], index=modes.index)


def per_arc(outcome: Outcome) -> pd.DataFrame:
    """Return by arc what a tonne takes along its legs.

    Columns: truck_km, rail_km, ship_km [km], driver_h_per_t [h/t], mj_per_t [MJ/t]. A haul to a
    port is travelled by truck, whatever the mode of the arc.
    """
    legs = leg_table(outcome)
    for name in KINDS:
        legs[f"{name}_km"] = legs["distance_km"].where(kind(legs["leg_mode"]) == name, 0.0)
    columns = [*(f"{name}_km" for name in KINDS), "driver_h_per_t", "mj_per_t"]
    return legs.groupby(ARC, sort=False)[columns].sum()


def haulage(outcome: Outcome) -> pd.DataFrame:
    """Return by period what is carried, by which mode, and what it takes.

    Columns: truck_t, rail_t, ship_t [t/yr] by the mode of the main carriage; truck_tkm, rail_tkm,
    ship_tkm [tkm/yr] leg by leg; driver_h [h/yr]; mj [MJ/yr].
    """
    flow_t = outcome.plan.flows["flow_t"]
    arcs = flow_t.index.droplevel("period").reorder_levels(ARC)
    per_t = per_arc(outcome).reindex(arcs).fillna(0.0).to_numpy() * flow_t.to_numpy()[:, None]
    columns = [*(f"{name}_tkm" for name in KINDS), "driver_h", "mj"]
    rows = pd.DataFrame(per_t, index=flow_t.index, columns=columns)
    named = kind(flow_t.index.get_level_values("mode").to_series()).to_numpy()
    for name in KINDS:
        rows[f"{name}_t"] = np.where(named == name, flow_t, 0.0)
    return rows[HAULAGE].groupby(level="period").sum().reindex(facts.periods(outcome)).fillna(0.0)


def per_yr(outcome: Outcome, yearly: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
    """Return the mean year over the horizon of values by period."""
    years = outcome.instance.periods["years"].reindex(yearly.index)
    return yearly.mul(years, axis=0).sum() / years.sum()


def levelled_jpy_per_yr(outcome: Outcome, present_value_jpy: float) -> float:
    """Return the equal yearly amount with that present value over the horizon [JPY/yr]."""
    return present_value_jpy / float(outcome.instance.periods["discount_yr"].sum())


def transport_jpy(outcome: Outcome) -> float:
    """Return what carriage costs, as a present value [JPY]."""
    parts = facts.part_cost_jpy(outcome.plan)
    return sum(parts.get(part, 0.0) for part in TRANSPORT_PARTS)


def sites(outcome: Outcome) -> set[str]:
    """Return the sites with a line in the last period."""
    standing = facts.at(facts.built(outcome.plan), facts.periods(outcome)[-1])
    return set(standing.index.unique("site"))


def run_table(comparison: Comparison, yearly: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per run, in the order of ``Comparison.runs``; `yearly` is their haulage.

    Columns: cost_jpy, bound_jpy, gap_jpy, gap (relative), transport_jpy (present values);
    saving_jpy against the run with the fewest modes, least_saving_jpy and most_saving_jpy that
    the two bounds allow, saving_jpy_per_yr; same_hubs_jpy, what the modes save if every hub stays
    where trucks alone have it: no gap is in it; mean years kgco2e, transport_kgco2e [kgCO2e/yr] and
    those of ``haulage``; sites, lines in the last period; added_sites and dropped_sites, lists.
    """
    plain = comparison.runs[base(comparison)]
    rows = [one_run(plain, outcome, yearly[run]) for run, outcome in comparison.runs.items()]
    return pd.DataFrame(rows, index=pd.Index(comparison.runs, name="run"))


def one_run(plain: Outcome, outcome: Outcome, carried: pd.DataFrame) -> dict[str, object]:
    """Return the row of one run, measured against the run `plain`."""
    plan, stands = outcome.plan, facts.extent(outcome.plan, facts.periods(outcome)[-1])
    yearly = plan.kgco2e["kgco2e_per_yr"].unstack("period").fillna(0.0)
    saving_jpy = plain.plan.objective_jpy - plan.objective_jpy
    own, others = sites(outcome), sites(plain)
    is_plain = outcome is plain
    return {
        "cost_jpy": plan.objective_jpy,
        "bound_jpy": plan.bound_jpy,
        "gap_jpy": facts.sureness(plan).distance_jpy,
        "gap": plan.gap,
        "transport_jpy": transport_jpy(outcome),
        "saving_jpy": saving_jpy,
        "least_saving_jpy": 0.0 if is_plain else plain.plan.bound_jpy - plan.objective_jpy,
        "most_saving_jpy": 0.0 if is_plain else plain.plan.objective_jpy - plan.bound_jpy,
        "same_hubs_jpy": same_hubs_jpy(plain, outcome),
        "saving_jpy_per_yr": levelled_jpy_per_yr(outcome, saving_jpy),
        "kgco2e": per_yr(outcome, yearly.sum()),
        "transport_kgco2e": per_yr(outcome, yearly.T.get("transport", yearly.sum() * 0.0)),
        **per_yr(outcome, carried).to_dict(),
        "sites": stands.sites,
        "lines": stands.lines,
        "added_sites": sorted(own - others),
        "dropped_sites": sorted(others - own),
    }


def same_hubs_jpy(plain: Outcome, outcome: Outcome) -> float:
    """Return what `outcome` would save with the hubs of `plain`; NaN if that was not computed.

    Both sides are optima of flows alone, so nothing of the gaps is in the difference. The first
    of the plans a run starts from is that with the fewest modes.
    """
    if outcome is plain or not outcome.plan.known_jpy:
        return float("nan")
    return plain.plan.objective_jpy - outcome.plan.known_jpy[0]


def is_within_gaps(runs: pd.DataFrame, run: str, plain: str) -> bool:
    """Return whether the saving of `run` is no larger than the gap of either plan."""
    saving = abs(float(runs.loc[run, "saving_jpy"]))
    return saving <= max(float(runs.loc[run, "gap_jpy"]), float(runs.loc[plain, "gap_jpy"]))


def shares(values: pd.Series, unit: str) -> dict[str, float]:
    """Return the share of each mode in `values` of ``haulage``, in ``t`` or ``tkm`` [-]."""
    amounts = {name: float(values[f"{name}_{unit}"]) for name in KINDS}
    total = sum(amounts.values())
    return {name: amount / total if total > 0 else 0.0 for name, amount in amounts.items()}


def some_periods(periods: Sequence[int], most: int = 6) -> list[int]:
    """Return up to `most` of `periods`, the first and the last among them, evenly spread."""
    if len(periods) <= most:
        return list(periods)
    chosen = np.linspace(0, len(periods) - 1, most).round().astype(int)
    return [periods[i] for i in chosen]
