"""The body of the paper: hubs, cost, targets, investment, gases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.charts import INK, MUTED, Line, share_lines, stacked_bars, waterfall
from siting.report.number import GAS, MASS, MONEY, NONE, percent, plain, scale
from siting.report.paper.hub_grid import hub_grids, ranked_technologies
from siting.report.paper.section import Chart, Grid, Section, heads
from siting.report.paper.site_list import site_chart, site_grid
from siting.report.words import gas_label, label, region_label
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from siting.outcome import Outcome
    from siting.report.number import Scale
    from siting.text import Language

COST_ORDER = (*facts.NETWORK_PARTS, "emissions", "baseline", "shortfall", "contract",
              "market")  # fmt: skip
GAS_ORDER = ("baseline", "conversion", "disposal", "transport", "market")
MOST_LAYERS = 8
ALWAYS = ("opening", "running", "handling", "transport", "baseline", "market")
"""Parts shown even where they are zero."""


def hubs_section(outcome: Outcome, language: Language) -> Section:
    """Say where hubs stand, by technology, with a chart of what they treat."""
    grids = [*site_grid(outcome, language), *hub_grids(outcome, language)]
    charts = [*site_chart(outcome, language), treated_chart(outcome, language)]
    return Section(
        title=label("hubs_heading", language),
        charts=charts if grids else [],
        grids=grids,
        remark=label("hubs_remark", language),
        files=["hubs.csv", "sites.csv"],
    )


def treated_chart(outcome: Outcome, language: Language) -> Chart:
    """Return bars of treated tonnes by period, one layer per technology."""
    periods = facts.periods(outcome)
    table = facts.built(outcome.plan)["throughput_t"].groupby(level=["technology", "period"]).sum()
    wide = table.unstack("period").reindex(columns=periods).fillna(0.0)
    wide = wide.loc[ranked_technologies(outcome.plan)]
    unit = scale(MASS, wide.sum(), language)
    named = {word(g, language): list(wide.loc[g] / unit.factor) for g in wide.index}
    title = f"{label('treated_chart', language)} [{unit.unit}]"
    layers = with_others(named, language)
    return Chart(title, stacked_bars(title, unit.unit, periods, layers, f"t{language}"))


def with_others(layers: dict[str, list[float]], language: Language) -> dict[str, list[float]]:
    """Return `layers`, those of the smallest sums added up where there are more than fit."""
    if len(layers) <= MOST_LAYERS:
        return layers
    ranked = sorted(layers, key=lambda name: -sum(layers[name]))
    kept = {name: layers[name] for name in layers if name in ranked[: MOST_LAYERS - 1]}
    rest = zip(*(layers[name] for name in ranked[MOST_LAYERS - 1 :]), strict=True)
    return kept | {label("others", language): [sum(values) for values in rest]}


def cost_section(outcome: Outcome, language: Language) -> Section:
    """Say how the cost adds up."""
    values = facts.part_cost_jpy(outcome.plan)
    known = [p for p in COST_ORDER if p in values] + sorted(set(values) - set(COST_ORDER))
    shown = [part for part in known if values[part] or part in ALWAYS]
    unit = scale(MONEY, [outcome.plan.objective_jpy, *values.values()], language)
    steps = [(word(part, language), values[part]) for part in shown]
    total = label("total", language)
    title = f"{label('cost_chart', language)} [{unit.unit}]"
    chart = Chart(title, waterfall(title, unit, steps, total))
    return Section(
        title=label("cost_heading", language),
        charts=[chart],
        grids=[cost_grid(outcome, {part: values[part] for part in shown}, unit)],
        remark=label("cost_remark", language),
        files=["costs.csv"],
    )


def cost_grid(outcome: Outcome, values: dict[str, float], unit: Scale) -> Grid:
    """Return the parts of the cost, in all and per tonne collected."""
    language = unit.language

    def row(name: str, jpy: float, *, per_t: bool = True) -> list[str]:
        spread = plain(facts.jpy_per_collected_t(outcome, jpy), 0, language) if per_t else ""
        return [name, unit.text(jpy), spread]

    of_collected = (*facts.NETWORK_PARTS, "market")
    rows = [row(word(k, language), jpy, per_t=k in of_collected) for k, jpy in values.items()]
    own = sum(part in facts.NETWORK_PARTS for part in values)
    network = row(label("network_total", language), facts.network_cost_jpy(outcome.plan))
    rows.insert(own, [f"({cell})" if n else cell for n, cell in enumerate(network)])
    return Grid(
        caption=f"{label('present_value', language)} [{unit.unit}]",
        head=heads("part present_value per_tonne", language),
        rows=rows,
        total=row(label("total", language), outcome.plan.objective_jpy, per_t=False),
    )


def targets_section(outcome: Outcome, language: Language) -> Section:
    """Say what share is required and reached, and what fee that takes."""
    targets = outcome.plan.targets.sort_index()
    if targets.empty:
        return Section(label("targets_heading", language))
    return Section(
        title=label("targets_heading", language),
        charts=target_charts(targets, language),
        grids=[targets_grid(outcome, targets, language)],
        remark=label("targets_remark", language),
        files=["prices.csv"],
    )


def target_charts(targets: pd.DataFrame, language: Language) -> list[str]:
    """Return one small chart of required and reached shares per commodity."""
    charts = []
    for commodity, rows in targets.groupby(level="commodity"):
        periods = [int(t) for t in rows.index.get_level_values("period")]
        required, reached = heads("required reached", language)
        lines = [
            Line(required, list(rows["min_collected_share"]), MUTED, "5 4"),
            Line(reached, list(rows["collected_share"].fillna(0.0)), INK),
        ]
        charts.append(share_lines(word(str(commodity), language), periods, lines))
    return charts


def targets_grid(outcome: Outcome, targets: pd.DataFrame, language: Language) -> Grid:
    """Return the targets, a row per commodity and period."""
    unit = scale(MASS, [*targets["collected_t"], *targets["shortfall_t"]], language)
    missed = facts.missed(outcome.plan).index
    starred = facts.capped(outcome)
    rows, named = [], ""
    for (commodity, period), target in targets.iterrows():
        fee = plain(target["fee_jpy_per_t"], 0, language)
        lacks = unit.text(target["shortfall_t"], up=True)
        rows.append(
            [
                word(commodity, language) if commodity != named else "",
                str(period),
                percent(target["min_collected_share"]),
                percent(target["collected_share"]),
                unit.text(target["collected_t"]),
                lacks if (commodity, period) in missed else NONE,
                f"{fee} *" if starred[commodity, period] else fee,
            ]
        )
        named = commodity
    head = heads("commodity period required reached collected_t missing_t fee", language)
    return Grid(f"[{unit.unit}]", head, rows, names=2, style="grouped")


def investment_section(outcome: Outcome, language: Language) -> Section:
    """Say when and where money is first needed."""
    paid = facts.investment(outcome)
    if paid.empty:
        return Section(label("investment_heading", language))
    periods = facts.periods(outcome)
    order = paid.index.unique("region")
    wide = paid.unstack("period").reindex(index=order, columns=periods).fillna(0.0)
    unit = scale(MONEY, [wide.sum().sum()], language)
    named = {region_label(str(r), language): list(wide.loc[r] / unit.factor) for r in order}
    layers = with_others(named, language)
    chart = stacked_bars(
        label("investment_chart", language), unit.unit, periods, layers, f"i{language}"
    )
    return Section(
        title=label("investment_heading", language),
        charts=[Chart(f"{label('investment_chart', language)} [{unit.unit}]", chart)],
        grids=[period_grid(wide, "region", region_label, unit)],
        remark=label("investment_remark", language),
        files=["investment.csv"],
    )


def period_grid(
    wide: pd.DataFrame, head: str, named: Callable[[str, Language], str], unit: Scale
) -> Grid:
    """Return a table with a column per period, a column and a row of totals."""
    language = unit.language

    def row(name: str, values: pd.Series) -> list[str]:
        return [name, *(unit.text(v) for v in values), unit.text(values.sum())]

    rows = [row(named(str(key), language), values) for key, values in wide.iterrows()]
    return Grid(
        caption=f"[{unit.unit}]",
        head=[label(head, language), *map(str, wide.columns), label("total", language)],
        rows=rows,
        total=row(label("total", language), wide.sum()),
    )


def gases_section(outcome: Outcome, language: Language) -> Section:
    """Say what is emitted by part and period, against collecting nothing."""
    wide = outcome.plan.kgco2e["kgco2e_per_yr"].unstack("period")
    wide = wide.reindex([p for p in GAS_ORDER if p in wide.index]).fillna(0.0)
    before = facts.kgco2e_nothing_collected(outcome)
    unit = scale(GAS, [*wide.to_numpy().ravel(), *before], language)

    def row(name: str, values: pd.Series) -> list[str]:
        return [name, *(unit.text(v) for v in values)]

    rows = [row(gas_label(str(part), language), values) for part, values in wide.iterrows()]
    rows.append(row(label("total", language), wide.sum()))
    rows.append(row(label("nothing_collected", language), before))
    saved = row(label("saved", language), before - wide.sum())
    head = [label("part", language), *map(str, wide.columns)]
    grid = Grid(f"[{unit.unit}/{label('period', language)}]", head, rows, total=saved)
    remark = label("gases_remark", language)
    title = label("gases_heading", language)
    return Section(
        title, grids=[grid], remark=remark, files=["kgco2e.csv", "nothing_collected.csv"]
    )
