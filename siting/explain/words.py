"""Limits, changes and steps in the words of the user, Japanese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siting.report.number import GAS, MASS, MONEY, full, plain
from siting.text import word

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from models.slack import Limit, Row
    from siting.explain.change import Change
    from siting.text import Language

Words = dict[str, tuple[str, str]]

LIMITS: Words = {
    "targets.min_collected_share": (
        "{period}年の{commodity}の回収目標 {amount}",
        "the target to collect {amount} of {commodity} in {period}",
    ),
    "regional_targets.min_collected_share": (
        "{region}の{period}年の{commodity}の回収目標 {amount}",
        "the target to collect {amount} of {commodity} of {region} in {period}",
    ),
    "sinks.contracted_t": (
        "{node}に{commodity}を{period}年に年{amount}納める契約",
        "the contract to bring {amount}/yr of {commodity} to {node} in {period}",
    ),
    "sinks.demand_t": (
        "{node}が{period}年に引き取る{commodity}の上限 年{amount}",
        "the most {commodity} that {node} takes in {period}, {amount}/yr",
    ),
    "disposal_limits.max_disposal_t": (
        "{period}年の{commodity}の処分の上限 年{amount}",
        "the limit on disposal of {commodity} in {period}, {amount}/yr",
    ),
    "budgets.max_opening_jpy": (
        "{period}年の設置予算 {amount}",
        "the budget for opening in {period}, {amount}",
    ),
    "hub_counts.at_most": (
        "拠点数「{name}」の上限 {amount}か所",
        "the count '{name}', at most {amount} site(s)",
    ),
    "sites.plot_m2": ("{node}の敷地 {amount}", "the plot at {node}, {amount}"),
    "berths.capacity_t_per_yr": (
        "{node}の港湾取扱の上限 年{amount}",
        "what the port {node} can handle, {amount}/yr",
    ),
    "services.capacity_t": (
        "定期便 {name} の積載枠 年{amount}",
        "the hold of the service {name}, {amount}/yr",
    ),
    "hubs.min_utilisation": (
        "{hub}の最低稼働率 {amount}",
        "the least use of {hub}, {amount}",
    ),
    "hubs.max_lines": (
        "{hub}のライン数の上限 {amount}",
        "room for {amount} line(s) of {hub}",
    ),
    "hubs.earliest_period": (
        "{hub}は{amount}年より前には動かせない",
        "{hub} may not run before {amount}",
    ),
    "hubs.may_close": (
        "{hub}の既設ラインは閉められない",
        "the standing lines of {hub} may not close",
    ),
    "orders.min_lines": (
        "{hub}を{period}年から{amount}ライン以上動かす指定",
        "the order to run {amount} line(s) or more of {hub} from {period}",
    ),
    "orders.max_lines": (
        "{hub}を{period}年から{amount}ライン以下にする指定",
        "the order to run {amount} line(s) or fewer of {hub} from {period}",
    ),
    "site_shares.max_share": (
        "{period}年に1か所が受け入れる{commodity}の割合の上限 {amount}",
        "the largest share of {commodity} for one site in {period}, {amount}",
    ),
    "incompatible": (
        "{technology}と{other}は同じ場所に置けない",
        "{technology} and {other} may not share a site",
    ),
    "supply.collectable_share": (
        "{commodity}の回収できる割合の上限 {amount}",
        "the most that can be collected of {commodity}, {amount}",
    ),
    "limits.at_most": (
        "{period}年の{quantity}の上限 年{amount}",
        "the limit on {quantity} in {period}, at most {amount}/yr",
    ),
    "limits.at_least": (
        "{period}年の{quantity}の下限 年{amount}",
        "the limit on {quantity} in {period}, at least {amount}/yr",
    ),
    "horizon_limits.at_most": (
        "全期間の{quantity}の上限 {amount}",
        "the limit on {quantity} over all years, at most {amount}",
    ),
    "horizon_limits.at_least": (
        "全期間の{quantity}の下限 {amount}",
        "the limit on {quantity} over all years, at least {amount}",
    ),
}
"""Kind of a limit to what it says."""

CHANGES: Words = {
    "raise": ("{limit}を{new}に上げる", "raise {limit}, to {new}"),
    "lower": ("{limit}を{new}に下げる", "lower {limit}, to {new}"),
    "targets.min_collected_share": (
        "{period}年の{commodity}の回収目標を{new}にする({old}から)",
        "allow {new} of {commodity} to be collected in {period} instead of {old}",
    ),
    "regional_targets.min_collected_share": (
        "{region}の{period}年の{commodity}の回収目標を{new}にする({old}から)",
        "allow {new} of {commodity} of {region} to be collected in {period} instead of {old}",
    ),
    "hubs.max_lines": (
        "{hub}のラインを{more}増やす(上限{new}、設置費は1ライン{opening})",
        "+{more} line(s) of {hub} (room for {new}; opening one costs {opening})",
    ),
    "hubs.earliest_period": ("{hub}を{new}年から動かせるようにする", "let {hub} run from {new}"),
    "hubs.may_close": ("{hub}の既設ラインを閉められるようにする", "let {hub} close"),
    "orders.min_lines": (
        "{hub}を{period}年から動かす指定を{new}ラインに減らす(0は取消し)",
        "lower the order for {hub} from {period}, to {new} line(s) (0: drop it)",
    ),
    "orders.max_lines": (
        "{hub}の{period}年からの上限の指定を{new}ラインに増やす",
        "raise the most lines ordered of {hub} from {period}, to {new}",
    ),
    "incompatible": (
        "{technology}と{other}を同じ場所に置けるようにする",
        "let {technology} and {other} share a site",
    ),
}
"""Kind of a limit, or the way it moves, to what to change."""

QUANTITIES: Words = {
    "cost_jpy": ("費用", "cost"),
    "kgco2e": ("温室効果ガス排出", "greenhouse gas emissions"),
    "virgin_material_avoided_t": ("代替した新規材料", "virgin material avoided"),
    "jobs": ("雇用", "jobs"),
}

UNITS = {
    "disposal_limits": "t", "sinks": "t", "services": "t", "berths": "t", "budgets": "JPY",
    "sites": "m2", "targets": "share", "regional_targets": "share", "site_shares": "share",
    "supply": "share",
}  # fmt: skip
"""Table to the unit of its limit; of ``hubs`` and ``orders`` by column."""

QUANTITY_UNITS = {
    "cost_jpy": "JPY", "kgco2e": "kgCO2e", "virgin_material_avoided_t": "t", "jobs": "persons"
}  # fmt: skip


def unit_of(limit: Limit) -> str:
    """Return the unit in which `limit` is stated."""
    if limit.kind == "hubs.min_utilisation":
        return "share"
    if limit.kind == "hubs.earliest_period":
        return "period"
    if "limits" in limit.table and limit.table != "disposal_limits":
        return QUANTITY_UNITS[str(limit.rows[0][0])]
    return UNITS.get(limit.table, "sites" if limit.table == "hub_counts" else "lines")


def slack_unit(limit: Limit) -> str:
    """Return the unit in which `limit` gives way."""
    unit = unit_of(limit)
    return {"share": "t", "period": "lines"}.get(unit, unit)


def amount(value: float, unit: str, language: Language) -> str:
    """Return `value` with its unit."""
    known = {"t": MASS, "JPY": MONEY, "kgCO2e": GAS}
    if unit in known:
        return full(known[unit], value, language)
    if unit == "share":
        return f"{value * 100:.4g} %"
    if unit == "m2":
        return f"{plain(value, 0, language)} m2"
    if unit == "persons":
        return f"{plain(value, 0, language)}{'人' if language == 'ja' else ' persons'}"
    return f"{value:g}"


@dataclass(frozen=True)
class Speaker:
    """Who knows what places are called.

    Attributes
    ----------
    data : for the opening cost of lines.
    places : index node; name_ja, name_en. Empty for an instance without a study.
    """

    data: Instance
    places: pd.DataFrame
    language: Language

    def pick(self, words: Words, key: str) -> str:
        """Return the template `key` in the language."""
        return words[key][0 if self.language == "ja" else 1]

    def node(self, name: object) -> str:
        """Return what a place is called."""
        column = f"name_{self.language}"
        if name in self.places.index and column in self.places.columns:
            return str(self.places.loc[name, column])
        return str(name)

    def hub(self, row: Row) -> str:
        """Return what a hub is called."""
        site, technology, size = row[:3]
        place, kind, scale = self.node(site), self.word(technology), self.word(size)
        return (
            f"{place}の{kind}({scale})" if self.language == "ja" else f"{kind}, {scale}, at {place}"
        )

    def word(self, key: object) -> str:
        """Return the word for `key`."""
        return word(str(key), self.language)

    def holes(self, limit: Limit, row: Row) -> dict[str, str]:
        """Return what fills the templates for one `row` of `limit`."""
        levels = getattr(self.data, limit.table).index.names
        names = dict(zip(levels, row, strict=False))
        found = {"period": f"{names.get('period', '')}", "name": str(row[0])}
        for level in ("commodity", "technology", "other"):
            found[level] = self.word(names.get(level, row[0]))
        found["region"] = str(names.get("region", ""))
        found["node"] = self.node(row[0])
        if limit.table in ("hubs", "orders"):
            found["hub"] = self.hub(row)
        if row[0] in QUANTITIES:
            found["quantity"] = self.pick(QUANTITIES, str(row[0]))
        if limit.table == "supply":
            found["commodity"] = self.word(row[-1] if len(row) == 1 else row[1])
        return found

    def says(self, limit: Limit) -> str:
        """Return what `limit` says."""
        stated = amount(limit.amount, unit_of(limit), self.language)
        holes = self.holes(limit, limit.rows[0])
        return self.pick(LIMITS, limit.kind).format(amount=stated, **holes)

    def asks(self, limit: Limit, change: Change) -> str:
        """Return what to change in a row of `limit`."""
        unit, new = unit_of(limit), change.new or 0.0
        holes = self.holes(limit, change.row)
        holes["old"], holes["new"] = (amount(v, unit, self.language) for v in (change.old, new))
        if limit.kind == "hubs.max_lines":
            opening_jpy = float(self.data.hubs["opening_jpy"][change.row])
            holes["opening"] = amount(opening_jpy, "JPY", self.language)
            holes["more"] = f"{new - change.old:g}"
        holes["limit"] = self.says(limit)
        way = "raise" if new > change.old else "lower"
        return self.pick(CHANGES, limit.kind if limit.kind in CHANGES else way).format(**holes)
