"""Where the material goes, from what arises to its end: the links of the plan's Sankey diagram.

Where several come together in one commodity, what leaves it is cut in proportion: a plan does not
say which of the tonnes in a heap goes where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.report.viewpoints.flow.material import balance
from siting.report.viewpoints.trace import processed
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from siting.outcome import Outcome

LINK = ["period", "from_kind", "from_key", "to_kind", "to_key", "commodity"]
ENDS = ("sold", "exported", "disposed", "given")
"""What becomes of a commodity that no hub takes in; ``given`` is disposal at no cost."""

NOISE = 1e-6
"""Amounts below this are the solver's rounding [t/yr]."""

Node = tuple[str, str]
"""Kind (``supply``, ``import``, ``technology``, ``material``, ``end``) and key."""


def links(outcome: Outcome) -> pd.DataFrame:
    """Return the links in every period.

    Returns
    -------
    DataFrame
        period, from_kind, from_key, to_kind, to_key, commodity, flow_t [t/yr]. ``supply`` and
        ``import`` are what arises and what is bought, ``technology`` is all hubs of one, a
        ``material`` leaves the network, and its ``end`` is one of ``sold``, ``exported``,
        ``disposed``, ``given``, ``uncollected``.
    """
    table = with_given(balance(outcome), outcome)
    keys = ["commodity", "period", "technology"]
    hubs = processed(outcome).groupby(level=keys).sum()
    rows = [
        (int(period), *start, *end, str(commodity), flow_t)
        for (commodity, period), row in table.iterrows()
        for start, end, flow_t in links_of(
            str(commodity), row, of_commodity(hubs, commodity, period)
        )
        if flow_t > NOISE
    ]
    found = pd.DataFrame(rows, columns=[*LINK, "flow_t"])
    return found.groupby(LINK, as_index=False, sort=True)["flow_t"].sum()


def with_given(table: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """Return the balance with what leaves at no cost, such as reused parts, apart from disposal."""
    cost = outcome.instance.commodities["disposal_jpy_per_t"]
    is_free = table.index.get_level_values("commodity").map(cost) == 0
    disposed_t = table["disposed_t"]
    return table.assign(disposed_t=disposed_t.where(~is_free, 0.0), given_t=disposed_t * is_free)


def of_commodity(hubs: pd.DataFrame, commodity: str, period: int) -> pd.DataFrame:
    """Return what each technology takes and makes of `commodity` in `period`."""
    at = (commodity, period)
    return hubs.loc[at] if at in hubs.index.droplevel("technology") else hubs.iloc[:0]


def links_of(
    commodity: str, row: pd.Series, hubs: pd.DataFrame
) -> Iterator[tuple[Node, Node, float]]:
    """Yield the links of one commodity in one period, from its makers to its takers."""
    home_t = row["collected_t"] - row["imports_t"]
    starts: dict[Node, float] = {
        ("supply", commodity): home_t,
        ("import", commodity): row["imports_t"],
        **{("technology", str(g)): t for g, t in hubs.get("made_t", pd.Series()).items()},
    }
    takers = {("technology", str(g)): t for g, t in hubs.get("input_t", pd.Series()).items()}
    ends = {("end", name): float(row[f"{name}_t"]) for name in ENDS}
    yield ("supply", commodity), ("end", "uncollected"), float(row["uncollected_t"])
    total_t = sum(takers.values()) + sum(ends.values())
    material: Node = ("material", commodity)
    made_t = 0.0
    for start, start_t in starts.items():
        is_made = start[0] == "technology"
        made_t += start_t if is_made else 0.0
        for end, end_t in takers.items():
            yield start, end, start_t * end_t / total_t if total_t else 0.0
        for end, end_t in ends.items():
            flow_t = start_t * end_t / total_t if total_t else 0.0
            yield start, material if is_made else end, flow_t
    for end, end_t in ends.items():
        yield material, end, made_t * end_t / total_t if total_t else 0.0


def stream_table(outcome: Outcome) -> pd.DataFrame:
    """Return the links with the names of their ends and of what flows."""
    table = links(outcome)
    for language in ("ja", "en"):
        for side in ("from", "to"):
            pairs = zip(table[f"{side}_kind"], table[f"{side}_key"], strict=True)
            table[f"{side}_{language}"] = [node_name((k, v), language) for k, v in pairs]
        table[f"commodity_{language}"] = [word(k, language) for k in table["commodity"]]
    return table


def node_name(node: Node, language: str) -> str:
    """Return the words for one end of a link."""
    kind, key = node
    is_english = language == "en"
    if kind == "end" or key == "others":
        return NAMES[key][is_english]
    named = word(key, "en" if is_english else "ja")
    return NAMES["import"][is_english].format(named) if kind == "import" else named


NAMES: dict[str, tuple[str, str]] = {
    "sold": ("国内で利用", "Used at home"),
    "exported": ("輸出", "Exported"),
    "disposed": ("処分", "Disposed of"),
    "given": ("引渡し(費用0)", "Leaves at no cost"),
    "uncollected": ("未回収(現行処理)", "Not collected"),
    "others": ("その他", "Others"),
    "import": ("{}(輸入)", "{} (import)"),
}
"""Ends and additions to (Japanese, English)."""
