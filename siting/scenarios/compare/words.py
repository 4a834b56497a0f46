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


def block_name(block: str, language: Language) -> str:
    """Return the word for a block of the cost."""
    return BLOCKS.get(block, (block, block))[language == "en"]
