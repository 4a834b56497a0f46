"""What a screening found, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from siting.screening import Screened
    from siting.text import Language

SENTENCES = {
    "passes": (
        "陸域 {n:,} セルのうち {k:,} セル({share:.0%})が適格。",
        "Of {n:,} cells of land {k:,} ({share:.0%}) pass.",
    ),
    "removed": (
        "{title}が {n:,} セルを除外(この基準だけで除外: {alone:,} セル)。",
        "{title} removes {n:,} cells ({alone:,} by it alone).",
    ),
    "proposed": (
        "提案地点は {regions} 地域に {n} か所。",
        "{n} sites are proposed in {regions} regions.",
    ),
    "candidates": (
        "ほかの候補地 {n} か所のうち {k} か所が除外条件に当たる: {names}。",
        "Of the {n} other candidates {k} lie on land that is excluded: {names}.",
    ),
    "absent": (
        "データがなく使っていない基準: {names}。レイヤーを加えるには docs/screening.md。",
        "Left out for want of data: {names}. How to bring layers: docs/screening.md.",
    ),
}
"""Sentence to (Japanese, English)."""

SHOWN = 5
"""How many names a sentence lists."""


def answer(screened: Screened, judged: pd.DataFrame, language: Language) -> list[str]:
    """Return what was found: how much passes, what removed the rest, what is proposed.

    Parameters
    ----------
    judged : as ``output.candidate_table`` gives it.
    """
    place = 0 if language == "ja" else 1
    title = ("title_ja", "title_en")[place]
    name = ("name_ja", "name_en")[place]

    def said(key: str, **values: object) -> str:
        return SENTENCES[key][place].format(**values)

    count, passing = len(screened.passes), int(screened.passes.sum())
    found = [said("passes", n=count, k=passing, share=passing / count)]
    found += [
        said("removed", title=row[title], n=row["removed"], alone=row["removed_alone"])
        for _, row in screened.criteria.iterrows()
        if row["removed"]
    ]
    proposed = judged["detail"] == "screening"
    regions = screened.grid.cells["region"].loc[judged.loc[proposed, "cell"]].nunique()
    found.append(said("proposed", n=int(proposed.sum()), regions=regions))
    others = judged[~proposed]
    if len(out := others[~others["passes"]]):
        names = joined(list(out[name]), language)
        found.append(said("candidates", n=len(others), k=len(out), names=names))
    if len(screened.absent):
        found.append(said("absent", names=joined(list(screened.absent[title]), language, 99)))
    return found


def joined(names: list[str], language: Language, most: int = SHOWN) -> str:
    """Return at most so many `names`, and how many more there are."""
    more = len(names) - most
    listed = ("、" if language == "ja" else ", ").join(names[:most])
    if more <= 0:
        return listed
    return listed + (f"ほか {more}" if language == "ja" else f" (+{more} more)")
