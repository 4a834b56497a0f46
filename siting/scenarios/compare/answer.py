"""How two plans differ in a few sentences, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report.number import GAS, MASS, MONEY, full
from siting.report.words import mode_label
from siting.scenarios.compare.difference import NOISE
from siting.scenarios.compare.words import block_name, sentence
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from siting.report.number import Units
    from siting.scenarios.compare.difference import Difference
    from siting.text import Language

ONE_YEN = 1.0
HALF_TONNE = 0.5
"""What is collected is told in whole tonnes [t/yr]."""

MOST_NAMES = 8
KINDS = ("added", "dropped", "more", "fewer", "resized", "retimed")


def answer(found: Difference, language: Language) -> list[str]:
    """Return what differs: cost and how sure that is, emissions, sites, hubs, flows."""
    said = [
        titles(found, language),
        "" if found.same_periods else sentence("periods", language),
        cost(found, language),
        sureness(found, language),
        blocks(found, language),
        gases(found, language),
        *sites(found, language),
        *hubs(found, language),
        collected(found, language),
        *flows(found, language),
    ]
    return [text for text in said if text]


def headlines(found: Difference, language: Language) -> list[str]:
    """Return what a page with tables need not leave to them."""
    said = [
        cost(found, language),
        sureness(found, language),
        "" if found.same_periods else sentence("periods", language),
        gases(found, language),
        *sites(found, language),
        hubs(found, language)[0],
        collected(found, language),
    ]
    return [text for text in said if text]


def titles(found: Difference, language: Language) -> str:
    """Say which two plans these are."""
    named = {"a": found.a.study, "b": found.b.study}
    shown = {f"{key}_title": getattr(found, key).record[f"title_{language}"] for key in ("a", "b")}
    return sentence("titles", language, **named, **shown)


def cost(found: Difference, language: Language) -> str:
    """Say which of the plans costs more."""
    change = found.cost_change_jpy
    key = "same_cost" if abs(change) < ONE_YEN else "dearer" if change > 0 else "cheaper"
    return sentence(
        key,
        language,
        a=full(MONEY, found.a.cost_jpy, language),
        b=full(MONEY, found.b.cost_jpy, language),
        change=full(MONEY, abs(change), language),
    )


def sureness(found: Difference, language: Language) -> str:
    """Say how sure the difference of cost is; nothing where both plans are the best."""
    sure = found.sure_change_jpy
    if sure is None:
        return sentence("no_bound", language)
    least, most = sure
    if most - least < ONE_YEN:
        return ""
    return sentence(
        "within_gaps" if found.is_within_gaps else "beyond_gaps",
        language,
        least=signed(MONEY, least, language),
        most=signed(MONEY, most, language),
    )


def signed(units: dict[Language, Units], value: float, language: Language) -> str:
    """Return a change with its sign."""
    return ("+" if value > 0 else "") + full(units, value, language)


def row(parts: Sequence[str], language: Language) -> str:
    """Return `parts` in a row; what is left out is counted."""
    shown = list(parts[:MOST_NAMES])
    if len(parts) > MOST_NAMES:
        shown.append(sentence("rest", language, count=len(parts) - MOST_NAMES))
    return ("、" if language == "ja" else "; ").join(shown)


def blocks(found: Difference, language: Language) -> str:
    """Say by how much each block of the cost changes."""
    change = found.costs["jpy_change"].groupby(level="block").sum()
    change = change[change.abs() >= ONE_YEN]
    order = change.abs().sort_values(ascending=False, kind="stable").index
    parts = [f"{block_name(k, language)} {signed(MONEY, change[k], language)}" for k in order]
    return sentence("block", language, parts=row(parts, language)) if parts else ""


def gases(found: Difference, language: Language) -> str:
    """Say which of the plans emits more."""
    change = found.b.kgco2e - found.a.kgco2e
    key = "same_gas" if abs(change) < 1.0 else "more_gas" if change > 0 else "less_gas"
    return sentence(
        key,
        language,
        a=full(GAS, found.a.kgco2e, language),
        b=full(GAS, found.b.kgco2e, language),
        change=full(GAS, abs(change), language),
    )


def sites(found: Difference, language: Language) -> list[str]:
    """Say which sites only one of the plans uses."""
    said = []
    for change in ("added", "dropped"):
        if chosen := found.sites(change):
            known = names(found, language)
            named = row([known.get(site, site) for site in chosen], language)
            said.append(sentence(change, language, count=len(chosen), names=named))
    return said or [sentence("same_sites", language)]


def names(found: Difference, language: Language) -> dict[str, str]:
    """Return the name of every site of either plan."""
    known = {}
    for output in (found.a, found.b):
        table = output.hubs[f"name_{language}"].groupby(level="site").first()
        known.update({str(site): str(name) or str(site) for site, name in table.items()})
    return known


def hubs(found: Difference, language: Language) -> list[str]:
    """Say how many hubs change in which way, and which change most."""
    table = found.changes[found.changes["change"] != "same"]
    if table.empty:
        return [sentence("same_hubs", language)]
    counts = table["change"].value_counts()
    parts = [sentence(f"change_{k}", language, count=counts[k]) for k in KINDS if k in counts]
    said = [sentence("hubs", language, parts=row(parts, language))]
    lines = hub_lines(found, table, language)
    return [*said, row(lines, language)] if lines else said


def hub_lines(found: Difference, table: pd.DataFrame, language: Language) -> list[str]:
    """Return the hubs whose lines change in words, those whose capacity changes most first."""
    known = names(found, language)
    order = table["capacity_t_change"].abs().sort_values(ascending=False, kind="stable").index
    rows = table.loc[order]
    return [
        sentence(
            "hub_line",
            language,
            site=known.get(site, site),
            technology=word(technology, language),
            a=f"{hub['lines_a']:.0f}",
            b=f"{hub['lines_b']:.0f}",
        )
        for (site, technology), hub in rows[rows["lines_change"] != 0].iterrows()
    ]


def collected(found: Difference, language: Language) -> str:
    """Say what is collected more or less in the last period that both plans have."""
    common = sorted(set(found.a.years.index) & set(found.b.years.index))
    if not common:
        return ""
    change = found.collected["collected_t_change"]
    is_last = change.index.get_level_values("period") == common[-1]
    change = change[is_last & (change.abs() >= HALF_TONNE)].droplevel("period")
    parts = [f"{word(k, language)} {signed(MASS, t, language)}" for k, t in change.items()]
    return sentence("collected", language, parts=row(parts, language)) if parts else ""


def flows(found: Difference, language: Language) -> list[str]:
    """Say what is carried more or less, by commodity and mode, and on which lanes most."""
    lanes = found.lanes["flow_t_change"]
    lanes = lanes[lanes.abs() > NOISE]
    if lanes.empty:
        return [sentence("same_flows", language)]
    change = lanes.groupby(level=["commodity", "mode"]).sum()
    change = change[change.abs() > NOISE]
    order = change.abs().sort_values(ascending=False, kind="stable").index
    parts = [
        sentence(
            "flow_line",
            language,
            what=word(k, language),
            mode=mode_label(mode, language),
            change=signed(MASS, change[k, mode], language),
        )
        for k, mode in order
    ]
    said = [sentence("flows", language, parts=row(parts, language))] if parts else []
    return [
        *said,
        sentence("lanes", language, parts=row(lane_lines(found, lanes, language), language)),
    ]


def lane_lines(found: Difference, lanes: pd.Series, language: Language) -> list[str]:
    """Return the lanes in words, those that change most first."""
    ends = end_names(found, language)
    return [
        sentence(
            "lane_line",
            language,
            start=ends.get(origin, origin),
            end=ends.get(destination, destination),
            what=word(commodity, language),
            mode=mode_label(mode, language),
            change=signed(MASS, change, language),
        )
        for (origin, destination, commodity, mode), change in lanes.head(MOST_NAMES).items()
    ]


def end_names(found: Difference, language: Language) -> dict[str, str]:
    """Return the name of every node that some flow starts or ends at."""
    known: dict[str, str] = {}
    for output in (found.a, found.b):
        for end in ("origin", "destination"):
            table = output.flows[f"{end}_{language}"].groupby(level=end).first()
            known.update({str(node): str(name) for node, name in table.items() if name})
    return known
