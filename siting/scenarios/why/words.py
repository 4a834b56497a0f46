"""The words of regrets, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siting.text import Language

SENTENCES: dict[str, tuple[str, str]] = {
    # one site
    "in": (
        "{site}に拠点を置くと、見つかった計画どうしの比較で{found}高くなる。",
        "With a hub at {site} the best plan found costs {found} more.",
    ),
    "in_free": (
        "{site}に拠点を置いても、見つかった計画の費用は変わらない。",
        "With a hub at {site} the best plan found costs no more.",
    ),
    "out": (
        "{site}の拠点を置かないと、見つかった計画どうしの比較で{found}高くなる。",
        "Without the hubs at {site} the best plan found costs {found} more.",
    ),
    "out_free": (
        "{site}の拠点がなくても、見つかった計画の費用は変わらない。",
        "Without the hubs at {site} the best plan found costs no more.",
    ),
    "not_in_plan": (
        "{site}は計画に入っていない。除いても何も変わらない。",
        "{site} is not in the plan: leaving it out changes nothing.",
    ),
    "fixed": (
        "{site}の拠点は既設または必須の指定のため、除くことができない。",
        "The hubs at {site} stand or must open: they cannot be left out.",
    ),
    "nowhere": (
        "{site}にはこの検討の技術を置けない(最終期に動かせるラインがない)。",
        "No technology of this study may run at {site} in the last period.",
    ),
    "no_plan": (
        "{site}をそのようにした計画は見つからなかった。",
        "No plan was found with {site} so.",
    ),
    "interval": (
        "証明できるのは{low}以上{high}以下。どちらの最良の計画も、下界と見つかった計画の間にしか"
        "分からないため。",
        "Proven is: at least {low} and at most {high}. Of both best plans it is known only that "
        "they lie between a bound and a plan that was found.",
    ),
    "better": (
        "この計画は元の計画より{found}安い。元の計画は最良ではなかった。",
        "This plan is {found} cheaper than the one before, which was not the best.",
    ),
    "serves": (
        "{period}年に{sources}か所から{t}/年を受け入れる。",
        "In {period} it would take {t}/yr from {sources} place(s).",
    ),
    "serves_out": (
        "{period}年に{sources}か所から{t}/年を受け入れている。",
        "In {period} it takes {t}/yr from {sources} place(s).",
    ),
    "serves_nothing": (
        "置いても{period}年に何も受け入れない(遊休のライン)。",
        "Even then nothing would go there in {period}: an idle line.",
    ),
    "takes": ("その分は{hubs}から移る。", "It would take that from {hubs}."),
    "gives": ("その分は{hubs}へ移る。", "That would go to {hubs}."),
    "share": ("{hub}({t}/年)", "{hub} ({t}/yr)"),
    "collected_more": ("ほかに{t}/年が新たに回収される。", "{t}/yr more would be collected."),
    "collected_less": ("{t}/年は回収されなくなる。", "{t}/yr would no longer be collected."),
    "change": (
        "次のどれか一つで、置かない計画と並ぶ(流れはそのまま。流れも変えれば、もっと小さくて足りうる)。",
        "Each of these alone would make it as cheap (flows as they are; with other flows less may "
        "do).",
    ),
    "subsidy": (
        "投資への補助{jpy}(現在価値、投資の{share})",
        "a subsidy of {jpy} on its investment (present value, {share} of it)",
    ),
    "subsidy_too_little": (
        "投資への補助では、全額でも足りない(投資の{share}倍が要る)",
        "no subsidy on its investment would do: {share} times the investment is needed",
    ),
    "price": (
        "{item}の売値が{jpy}/t 上がる({share})",
        "{item} sold for {jpy}/t more ({share} up)",
    ),
    "transport": (
        "そこへの、またそこからの輸送費が受入1 t当たり{jpy}({share})下がる。距離なら{km} km 相当",
        "carrying to and from it cheaper by {jpy} per tonne received ({share}), as if {km} km "
        "nearer",
    ),
    "transport_too_little": (
        "輸送費がゼロになっても足りない({share}の削減が要る)",
        "even carrying for nothing would not do: {share} of it is needed",
    ),
    # all sites
    "kicker": ("なぜこの候補地ではないのか", "Why not this site?"),
    "count": (
        "候補地{count}のうち{inside}は計画に入り、{outside}は入らない。",
        "Of {count} candidate sites {inside} are in the plan and {outside} are not.",
    ),
    "nearest": (
        "入れても最も高くならない候補地は{site}で、{found}高くなるだけである({low}以上{high}以下)。",
        "The site that costs least to add is {site}: {found} more (between {low} and {high}).",
    ),
    "weakest": (
        "計画の拠点のうち、除いて最も失うものが少ないのは{site}({found})である。",
        "Of the sites in the plan {site} is the least missed: {found} more without it.",
    ),
    "unsolved": (
        "時間の限りで、{count}か所は計画を探していない。限界だけが分かる。",
        "Time was up before a plan was sought for {count} site(s): only limits are known of them.",
    ),
    "improved": (
        "途中で元の計画より{found}安い計画が見つかった。後悔額はそれと比べてある。",
        "On the way a plan {found} cheaper than the first was found; regrets are against that.",
    ),
    "in_heading": ("計画にない候補地: 入れると", "Sites not in the plan: to have them costs"),
    "out_heading": ("計画にある拠点: 除くと", "Sites in the plan: to do without them costs"),
    "site": ("候補地", "Site"),
    "prefecture": ("都道府県", "Prefecture"),
    "found": ("見つかった計画の差 [{unit}]", "Plans found [{unit}]"),
    "low": ("証明: 以上 [{unit}]", "Proven: at least [{unit}]"),
    "high": ("証明: 以下 [{unit}]", "Proven: at most [{unit}]"),
    "gap": ("幅(計画の費用比)", "Width, of the plan's cost"),
    "priced": ("下界の増し [{unit}]", "Rise of the bound [{unit}]"),
    "served": ("受入量 [{unit}/年]", "Takes [{unit}/yr]"),
    "basis": ("根拠", "Known from"),
    "searched": ("計画を探した", "a plan sought"),
    "idle": ("遊休ライン", "an idle line"),
    "limits_only": ("限界のみ", "limits alone"),
    "fixed_short": ("既設・必須", "stands or must open"),
    "nowhere_short": ("技術を置けない", "no technology may run here"),
    "tile_count": ("候補地", "Candidates"),
    "tile_searched": ("計画を探した候補地", "With a plan sought"),
    "tile_cost": ("計画の費用", "Cost of the plan"),
    "tile_gap": ("計画の差(証明)", "Proven gap of the plan"),
    "method_heading": ("読み方と限界", "How to read this, and its limits"),
    "meaning": (
        "後悔額とは、最終期に少なくとも1ラインをそこで動かす(計画にある拠点では、そこで何も動かさない)"
        "最良の計画が、制約のない最良の計画より高い分(現在価値)。",
        "The regret of a site is what the best plan with a line there in the last period (for a "
        "site of the plan: with none there) costs more than the best plan, in present value.",
    ),
    "known": (
        "最良の計画の費用は下界Lと見つかった計画Uの間にしか分からない。そこで後悔額はL'−U以上、U'−L以下"
        "(′は候補地を固定した問題)。どの計画にも遊休ラインを1本足せるので、その費用を超えることもない。",
        "Of the best plan it is known only that its cost lies between a bound L and a plan found "
        "U. So the regret is at least L' - U and at most U' - L, with ' for the problem with the "
        "site forced. As an idle line can be added to any plan, it is no more than that costs.",
    ),
    "priced_meaning": (
        "「下界の増し」は、下界を与える価格のもとで、そこに1ライン置くと下界がどれだけ上がるか。"
        "順位の目安であり、後悔額の限界ではない。",
        "The rise of the bound is what a line there adds at the prices behind the bound: it ranks "
        "sites, and is no limit of the regret.",
    ),
}  # fmt: skip


def sentence(key: str, language: Language, **values: object) -> str:
    """Return the words `key` with their `values` filled in."""
    return SENTENCES[key][language == "en"].format(**values)
