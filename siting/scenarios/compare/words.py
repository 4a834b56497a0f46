"""The sentences that say how two plans differ, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siting.text import Language

SENTENCES: dict[str, tuple[str, str]] = {
    "titles": ("A={a}({a_title})、B={b}({b_title})。", "A = {a} ({a_title}), B = {b} ({b_title})."),
    "dearer": (
        "費用の現在価値はAが{a}、Bが{b}。BはAより{change}高い。",
        "In present value A costs {a} and B {b}: B is {change} dearer.",
    ),
    "cheaper": (
        "費用の現在価値はAが{a}、Bが{b}。BはAより{change}安い。",
        "In present value A costs {a} and B {b}: B is {change} cheaper.",
    ),
    "same_cost": (
        "費用の現在価値はどちらも{a}で、差はない。",
        "Both cost {a} in present value: there is no difference.",
    ),
    "within_gaps": (
        "この差は両計画の証明された差(ギャップ)の範囲内で、どちらが安いかは証明されていない"
        "(最良の計画どうしの差は{least}から{most}の間)。",
        "That difference is inside the gaps of the two plans: which of them can be cheaper is not "
        "proven (the best plans differ by {least} to {most}).",
    ),
    "beyond_gaps": (
        "最良の計画どうしの差は{least}から{most}の間と証明されている。",
        "It is proven that the best plans differ by {least} to {most}.",
    ),
    "no_bound": (
        "費用以外を目的とした計画があるため、費用の差がどこまで確かかは言えない。",
        "One of the plans was not made for least cost, so nothing is proven of the difference.",
    ),
    "periods": (
        "計画期間が異なるため、現在価値と期間合計はそのまま比べられない。",
        "The plans have different periods: present values and totals do not compare directly.",
    ),
    "block": ("費用の内訳の差(B-A): {parts}。", "By block of the cost (B - A): {parts}."),
    "more_gas": (
        "温室効果ガスの排出(全期間)はAが{a}、Bが{b}。Bが{change}多い。",
        "Over the horizon A emits {a} and B {b}: {change} more.",
    ),
    "less_gas": (
        "温室効果ガスの排出(全期間)はAが{a}、Bが{b}。Bが{change}少ない。",
        "Over the horizon A emits {a} and B {b}: {change} less.",
    ),
    "same_gas": (
        "温室効果ガスの排出(全期間)はどちらも{a}。",
        "Over the horizon both emit {a}.",
    ),
    "added": ("Bで加わる場所{count}か所: {names}。", "{count} site(s) only in B: {names}."),
    "dropped": ("Bで外れる場所{count}か所: {names}。", "{count} site(s) only in A: {names}."),
    "same_sites": ("使う場所は同じ。", "Both use the same sites."),
    "hubs": (
        "拠点(場所と技術)の変化: {parts}。",
        "Hubs, a technology at a site: {parts}.",
    ),
    "same_hubs": ("拠点とライン数は同じ。", "Hubs and lines are the same."),
    "flows": ("輸送の変化(年平均): {parts}。", "Carried in the mean year: {parts}."),
    "same_flows": ("輸送は同じ。", "What is carried is the same."),
    "lanes": ("変化の大きい区間: {parts}。", "Lanes that change most: {parts}."),
    "collected": ("回収量の変化(最終期): {parts}。", "Collected in the last period: {parts}."),
    "rest": ("ほか{count}", "{count} more"),
    "change_added": ("新設{count}", "{count} added"),
    "change_dropped": ("取りやめ{count}", "{count} dropped"),
    "change_more": ("ライン増{count}", "{count} with more lines"),
    "change_fewer": ("ライン減{count}", "{count} with fewer lines"),
    "change_resized": ("規模の変更{count}", "{count} of another size"),
    "change_retimed": ("開始時期の変更{count}", "{count} starting at another time"),
    "hub_line": (
        "{site} {technology}: {a}→{b}ライン",
        "{site}, {technology}: {a} to {b} lines",
    ),
    "lane_line": (
        "{start}→{end} {what}({mode}) {change}",
        "{start} to {end}, {what} by {mode} {change}",
    ),
    "flow_line": ("{what}({mode}) {change}", "{what} by {mode} {change}"),
}


def sentence(key: str, language: Language, **values: object) -> str:
    """Return the sentence `key` with its `values` filled in."""
    return SENTENCES[key][language == "en"].format(**values)


BLOCKS: dict[str, tuple[str, str]] = {
    "facility": ("施設", "facilities"),
    "site": ("場所の整備", "sites"),
    "labour": ("人件費", "labour"),
    "energy": ("エネルギー", "energy"),
    "collection": ("回収と、回収しない分", "collection and what is left"),
    "conversion": ("処理と処分", "processing and disposal"),
    "transport": ("輸送", "transport"),
    "services": ("定期便", "services"),
    "market": ("販売収入", "sales"),
    "emissions": ("炭素価格", "carbon price"),
}


MAP_WORDS: dict[str, tuple[str, str]] = {
    "maps": ("二つの計画の地図(連動)", "The two plans on linked maps"),
    "map": ("拠点と流れの地図", "Map of hubs and flows"),
    "period": ("表示年", "Year shown"),
    "in_year": ("{year}年", "{year}"),
    "home": ("全体表示", "Whole map"),
    "site_list": ("場所を選ぶ", "Choose a site"),
    "choose": ("円か下の一覧から場所を選ぶと、両計画の処理量を示します。",
               "Choose a disc or a site below to see what both plans treat there."),
    "chosen": (
        "{name}({change}): {what}。年間処理量 A {a} t、B {b} t。",
        "{name} ({change}): {what}. Treated a year: A {a} t, B {b} t.",
    ),
    "added": ("Bだけが使う", "Only in B"),
    "dropped": ("Aだけが使う", "Only in A"),
    "changed": ("規模・時期・技術が変わる", "Other size, time or technology"),
    "same": ("同じ", "Same"),
    "sizes": (
        "円の面積=処理量、線の太さ ∝ √t/年(両図で同じ尺度)",
        "Disc area = tonnes treated, line width ∝ √(t/yr), same scale on both maps",
    ),
    "others": (
        "ほかの流れ {n} 本、{t} t/年は描いていません",
        "Others, not drawn: {n} flows, {t} t/yr",
    ),
}  # fmt: skip
"""Key as in the script of the maps to (Japanese, English)."""

LABELS: dict[str, tuple[str, str]] = {
    "kicker": ("二つの計画の比較", "Two plans side by side"),
    "title": ("A: {a} / B: {b}", "A: {a} / B: {b}"),
    "sites_heading": ("場所と拠点の変化", "Sites and hubs that change"),
    "cost_heading": ("費用の差", "What the difference costs"),
    "gas_heading": ("温室効果ガスの差(全期間)", "Greenhouse gases over the horizon"),
    "flow_heading": ("輸送の差(年平均)", "What is carried, mean year"),
    "collected_heading": ("回収量の差", "What is collected"),
    "source_heading": ("来歴と出典 / Provenance and credits",) * 2,
    "cost_chart": ("AからBへ、区分ごとの差", "From A to B, block by block"),
    "site": ("場所", "Site"),
    "technology": ("技術", "Technology"),
    "change": ("変化", "Change"),
    "lines": ("ライン A→B", "Lines A→B"),
    "capacity": ("能力/年", "Capacity/yr"),
    "from": ("開始 A→B", "From A→B"),
    "difference": ("差(B-A)", "B - A"),
    "block": ("区分", "Block"),
    "part": ("項目", "Part"),
    "commodity": ("品目", "Commodity"),
    "period": ("年", "Year"),
    "mode": ("手段", "Mode"),
    "lane": ("区間", "Lane"),
    "up": ("増える区間", "Lanes that carry more"),
    "down": ("減る区間", "Lanes that carry less"),
    "total": ("合計", "Total"),
    "rest": ("ほか{count}件", "{count} more"),
    "tile_cost": ("費用の差(B-A)", "Cost, B - A"),
    "tile_gas": ("排出の差(B-A、全期間)", "Emissions, B - A"),
    "tile_added": ("加わる場所", "Sites added"),
    "tile_dropped": ("外れる場所", "Sites dropped"),
    "kind_added": ("新設", "added"),
    "kind_dropped": ("取りやめ", "dropped"),
    "kind_more": ("ライン増", "more lines"),
    "kind_fewer": ("ライン減", "fewer lines"),
    "kind_resized": ("規模の変更", "other size"),
    "kind_retimed": ("時期の変更", "other time"),
    "what": ("項目 / Item",) * 2,
    "study": ("検討名 / Study",) * 2,
    "config": ("検討条件ファイル / Study file (sha256)",) * 2,
    "gap": ("証明された差 / Proven gap",) * 2,
    "credits": ("出典表示 / Credits",) * 2,
}


def said(key: str, language: Language, **values: object) -> str:
    """Return the label `key` with its `values` filled in."""
    return LABELS[key][language == "en"].format(**values)


def block_name(block: str, language: Language) -> str:
    """Return the word for a block of the cost."""
    return BLOCKS.get(block, (block, block))[language == "en"]
