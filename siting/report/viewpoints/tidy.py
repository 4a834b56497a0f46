"""A viewpoint as one tidy table for machines and offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.report.viewpoints.grid import named
from siting.report.viewpoints.words.sentence import question_text

if TYPE_CHECKING:
    from siting.outcome import Outcome
    from siting.report.viewpoints.table import Table, Viewpoint
    from siting.text import Language

FIXED = ["table", "basis", "quantity", "value", "item_ja", "item_en", "note_ja", "note_en"]
OPEN = "open_question"
LANGUAGES: tuple[Language, ...] = ("ja", "en")


def tidy(view: Viewpoint, outcome: Outcome) -> pd.DataFrame:
    """Return all numbers of `view`, one a row.

    Returns
    -------
    DataFrame
        table, basis; a column for every key of its tables (site, commodity, period, ...), empty
        where a table has none such; quantity (its name ends in its unit), value; item_ja,
        item_en: the keys in words. A question that takes another run is a row without a value
        whose note says which run.
    """
    parts = [tidy_table(table, outcome) for table in view.tables if len(table.data)]
    parts.append(open_questions(view, outcome))
    found = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    keys = [column for column in found if column not in FIXED]
    if "period" in keys:
        keys = [*(k for k in keys if k != "period"), "period"]
        found["period"] = found["period"].astype("Int64")
    found = found.reindex(columns=["table", "basis", *keys, *FIXED[2:]])
    return found.astype({key: object for key in keys if key != "period"})


def tidy_table(table: Table, outcome: Outcome) -> pd.DataFrame:
    """Return the numbers of one table, one a row; those not known are left out."""
    keys = [str(key) for key in table.data.index.names]
    rows = table.data.reset_index()
    words = table.data.index.to_frame(index=False).drop(columns="period", errors="ignore")
    for language in LANGUAGES:
        item = [named(str(key), words[key], outcome, language) for key in words]
        spoken = [" / ".join(filter(None, parts)) for parts in zip(*item, strict=True)]
        rows[f"item_{language}"] = spoken or ""
    names = [*keys, "item_ja", "item_en"]
    long = rows.melt(names, var_name="quantity", value_name="value").dropna(subset="value")
    return long.assign(table=table.key, basis=table.basis)


def open_questions(view: Viewpoint, outcome: Outcome) -> pd.DataFrame:
    """Return a row for each question that takes another run."""
    rows = [
        {
            "table": OPEN,
            "basis": "scenario" if question.scenario or question.command else "not_modelled",
            "quantity": question.key,
            "note_ja": question_text(question, outcome.study, "ja"),
            "note_en": question_text(question, outcome.study, "en"),
        }
        for question in view.questions
    ]
    return pd.DataFrame(rows, columns=["table", "basis", "quantity", "note_ja", "note_en"])
