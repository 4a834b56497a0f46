"""The sentences of the report, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siting.text import Language

SENTENCES: dict[str, tuple[str, str]] = {
    "hubs": (
        "{last}年に{sites}か所・{hubs}拠点({lines}ライン、処理能力 年{capacity})を置く計画です。"
        "最初の拠点は{first}年に動き、処理量の最も多い場所は{largest}です。",
        "In {last} the plan runs {hubs} with {lines} at {sites} (capacity {capacity} a year); the "
        "first starts in {first}. Most is treated at {largest}.",
    ),
    "no_hubs": (
        "どの候補地にも拠点を置かない計画です。",
        "The plan builds no hub at any candidate site.",
    ),
    "collected": (
        "{last}年に年{collected}(発生量の{share})を回収します。",
        "In {last} it collects {collected} a year, {share} of what arises.",
    ),
    "cost": (
        "費用は現在価値で{total}です(回収しない分の現行処理と、再生材の販売収入を含む)。"
        "うち回収・輸送・処理のネットワーク自体の費用は{network}、"
        "施設の初期投資は{investment}(割引前)です。",
        "It costs {total} in present value, present treatment of the rest and sales of material "
        "included. The network itself costs {network} before sales; opening its lines takes "
        "{investment}, undiscounted.",
    ),
    "cost_without": (
        "費用は現在価値で{total}です(発生したものすべての現行処理と、目標未達の罰則を含む)。",
        "It costs {total} in present value: the present treatment of all that arises, and the "
        "penalty for missed targets.",
    ),
    "gap": (
        "同じ前提のもとで、これより{share}({distance})を超えて安い計画は存在しません(証明済み)。",
        "Under the same assumptions no plan can be more than {share} ({distance}) cheaper; this is "
        "proven.",
    ),
    "gap_other": (
        "同じ前提のもとで、ねらい({objective})が{share}を超えて良い計画は存在しません(証明済み)。",
        "Under the same assumptions no plan can be more than {share} better at the aim "
        "({objective}); this is proven.",
    ),
    "best": (
        "同じ前提のもとで、これより安い計画は存在しません(証明済み)。",
        "Under the same assumptions no cheaper plan exists; this is proven.",
    ),
    "gap_of_network": (
        "この差は、ネットワーク自体の費用に対しては{share}です。",
        "Measured against the cost of the network itself, that difference is {share}.",
    ),
    "no_targets": (
        "回収目標は置かれていません。",
        "The study sets no collection target.",
    ),
    "all_met": (
        "{total}件の回収目標をすべて達成します。",
        "All {total} collection targets are reached.",
    ),
    "unmet": (
        "回収目標{total}件のうち{unmet}件に届きません。不足は最大の年で{named}です。",
        "The plan misses {unmet} of {total} collection targets, in the worst year by {named} a "
        "year.",
    ),
    "fee": (
        "{last}年の目標を市場で達成するには、回収1 t当たり最大{most}円({dear})の上乗せが必要です。",
        "For the market to reach the {last} targets by itself, a collected tonne must be paid up "
        "to {most} JPY on top ({dear}).",
    ),
    "no_fee": (
        "{last}年に達成する目標は、上乗せなしでも採算に合います。",
        "The targets reached in {last} pay for themselves without a fee.",
    ),
    "headline": (
        "{last}年に{sites}か所・{hubs}拠点({lines}ライン、処理能力 年{capacity})で、"
        "年{collected}(発生量の{share})を回収・処理する計画です。",
        "In {last} the plan runs {hubs} hubs with {lines} lines at {sites} sites (capacity "
        "{capacity} a year) and collects {collected} a year, {share} of what arises.",
    ),
    "where": (
        "{last}年の年間処理量が多い順に、{named}です。",
        "By tonnes treated in {last} (a year): {named}.",
    ),
    "where_more": (
        "{last}年の年間処理量が多い順に、{named}、ほか{rest}か所です。",
        "By tonnes treated in {last} (a year): {named}, and {rest} more.",
    ),
    "when": ("{parts}で稼働を始めます。", "Sites begin: {parts}."),
    "starts": ("{year}年に{count}か所", "{count} in {year}"),
    "invested": ("初期投資(割引前)は{parts}です。", "Investment, undiscounted: {parts}."),
    "verdict_near": (
        "最良の計画との差は{near}以内で、この前提のもとでは最良と同等とみなせます。",
        "Within {near} of the best: under these assumptions as good as the best plan.",
    ),
    "verdict_fair": (
        "最良の計画との差は{far}以内で、大筋は変わりませんが、個々の拠点は入れ替わることがあります。",
        "Within {far} of the best: the outline holds, single sites may still change.",
    ),
    "verdict_far": (
        "証明はまだ弱く(差が{far}超)、より安い計画が残っている可能性があります。"
        "拠点の数と場所は変わることがあります。",
        "The proof is still weak (gap above {far}): a cheaper plan may exist, and number and "
        "place of the hubs may change.",
    ),
    "rests_on": (
        "費用の{share}は推計値に基づいています。",
        "{share} of the cost rests on estimates.",
    ),
    "saved": (
        "何も回収しない場合に比べ、期間全体で{amount}の排出を減らします(素材代替の控除を含む)。",
        "Against collecting nothing it saves {amount} over the horizon, credit for displaced "
        "virgin material included.",
    ),
    "added": (
        "何も回収しない場合に比べ、期間全体で{amount}の排出が増えます。",
        "Against collecting nothing it emits {amount} more over the horizon.",
    ),
}


def sentence(key: str, language: Language, **values: object) -> str:
    """Return the sentence of `key` with `values` in it."""
    return SENTENCES[key][language == "en"].format(**values)
