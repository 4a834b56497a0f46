"""The sentences of the page of modes, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siting.text import Language

SENTENCES: dict[str, tuple[str, str]] = {
    # the answer
    "saves": (
        "{modes}をトラックに加えると、トラックだけの計画より現在価値で{saving}"
        "(年{yearly}、総費用の{share})安くなります。",
        "With {modes} beside trucks the plan costs {saving} less in present value than with trucks "
        "alone ({yearly} a year, {share} of the total).",
    ),
    "dearer": (
        "{modes}をトラックに加えた計画は、トラックだけの計画より現在価値で{saving}"
        "(年{yearly}、総費用の{share})高くなっています。",
        "With {modes} beside trucks the plan found costs {saving} more in present value than with "
        "trucks alone ({yearly} a year, {share} of the total).",
    ),
    "same_hubs": (
        "拠点をトラックだけの計画から動かさなくても、{modes}を使えるようにして運び方を選び直すだけで、"
        "現在価値で{saving}(年{yearly})安くなります。同じ拠点どうしの比較で、計算の誤差を含みません。",
        "With every hub where trucks alone have it, {modes} save {saving} in present value "
        "({yearly} a year) by carrying differently alone. The hubs are the same on both sides, so "
        "nothing of the gaps is in this figure.",
    ),
    "unsure": (
        "{modes}を加えて拠点も選び直した計画は、トラックだけの計画と現在価値で{saving}(年{yearly})"
        "違いますが、この差は計算の誤差(最大{gap})の範囲内です。",
        "With {modes} and hubs chosen anew the plan differs from trucks alone by {saving} in "
        "present value ({yearly} a year), which is within the uncertainty of the search (up to "
        "{gap}).",
    ),
    "same": (
        "{modes}をトラックに加えても、費用はトラックだけの計画と同じです。",
        "With {modes} beside trucks the plan costs the same as with trucks alone.",
    ),
    "only_saves": (
        "{modes}だけを加えた計画は{saving}安い。",
        "{modes} alone saves {saving}.",
    ),
    "only_dearer": (
        "{modes}だけを加えた計画は{saving}高い。",
        "{modes} alone costs {saving} more.",
    ),
    "only_unsure": (
        "{modes}だけを加えた計画の差は{saving}で、計算の誤差(最大{gap})の範囲内。",
        "{modes} alone differs by {saving}, which is within the uncertainty (up to {gap}).",
    ),
    "only_same": (
        "{modes}だけを加えても費用は同じ。",
        "{modes} alone changes nothing.",
    ),
    "gases": (
        "温室効果ガスは年平均{gas}(トラックだけの輸送の排出の{gas_share}に当たる){gas_way}、"
        "運転者の労働は年{hours}({hours_share}){hours_way}ます。",
        "Greenhouse gases {gas_way} by {gas} in a mean year ({gas_share} of what carriage by "
        "trucks alone emits), drivers' work {hours_way}s by {hours} a year ({hours_share}).",
    ),
    "sure": (
        "同じ前提で最も安い計画どうしの差は、{least}以上{most}以下です(証明済み)。",
        "Between the cheapest plans there are, the saving is at least {least} and at most {most}; "
        "this is proven under the same assumptions.",
    ),
    "sure_exact": (
        "どちらの計画も同じ前提で最も安いことが証明されており、この差は正確です。",
        "Both plans are proven to be the cheapest under the same assumptions, so the saving is "
        "exact.",
    ),
    "sure_unsure": (
        "どの計画にも最適との差(最大{gap})が残り、それより小さい節約の有無は判断できません。",
        "Each plan may be up to {gap} from the cheapest; a saving smaller than that can be neither "
        "claimed nor denied.",
    ),
    "where": (
        "{last}年に{mode}は{total}レーン中{lanes}レーンで年{tonnes}を運び、最も多いのは{largest}の年{most}です。",
        "In {last} {mode} carries {tonnes} a year, on {lanes} of {total} lanes; most, {most} a "
        "year, on {largest}.",
    ),
    "nowhere": (
        "{last}年に{modes}を使うレーンはありません。",
        "In {last} no lane uses {modes}.",
    ),
    # why this mode
    "why_cheaper": (
        "{mode}: {other}より1 t当たり{extra}円安い。"
        "差が最も大きいのは{part}で、{part_other}円が{part_own}円になる。",
        "{mode}: {extra} JPY/t cheaper than by {other}; the largest difference is {part} "
        "({part_own} instead of {part_other} JPY/t).",
    ),
    "why_also": (
        "{other}よりは{extra}円安い。",
        "By {other} it would be {extra} JPY/t dearer.",
    ),
    "why_carbon": (
        "{mode}: {other}より1 t当たり{extra}円高いが、排出が少なく、炭素価格を含めれば安い。",
        "{mode}: {extra} JPY/t dearer than by {other}, but it emits less, and is cheaper with the "
        "carbon price.",
    ),
    "why_mixed": (
        "{mode}: レーンの平均では{other}より1 t当たり{extra}円高い。地点ごとの差、"
        "便や岸壁の容量、計算の誤差のいずれかによる。",
        "{mode}: on the lane's mean {extra} JPY/t dearer than by {other}; due to single places, to "
        "the capacity of services or berths, or to the gap of the plan.",
    ),
    "why_equal": (
        "{mode}: {other}と1 t当たりの輸送費が同じ。",
        "{mode}: costs the same per tonne as by {other}.",
    ),
    "why_alone": (
        "{mode}: 同じ発地で比べられるほかの手段がない。",
        "{mode}: no other mode to compare with from the same origins.",
    ),
    "by_ship": (
        "積出港の{start}まで{first}、海上{line}、陸揚港の{end}{last}。",
        "{first} to the port {start}, {line} by sea, port {end} {last}.",
    ),
    "by_rail": (
        "発駅の{start}まで{first}、鉄道{line}、着駅の{end}{last}。",
        "{first} to {start}, {line} by rail, {end} {last}.",
    ),
    "beside": ("は行き先に隣接", "beside the destination"),
    "onward": ("から{km}", "{km} from the destination"),
    "rest": ("ほかに{modes}。", "Also by {modes}."),
}


def sentence(key: str, language: Language, **values: object) -> str:
    """Return the sentence of `key` with `values` in it."""
    return SENTENCES[key][language == "en"].format(**values)
