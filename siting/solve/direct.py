"""The whole model of a small part, given to HiGHS with the strong rows that make it tight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from siting.solve.finding import Duals, Found
from siting.solve.highs import relax, search, with_lines
from siting.solve.line import best_of, built_model, known_lines, starts
from siting.solve.strong import strong_rows, tightened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.line import Known

LARGEST = 200_000
"""Arcs times periods up to which a part is given to HiGHS whole."""


def is_small(data: Instance) -> bool:
    """Return whether `data` is small enough to be solved whole."""
    return len(data.arcs) * len(data.periods) <= LARGEST


def direct(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
) -> Found:
    """Return the best plan HiGHS finds for the part `data`, with its bound."""
    plain = built_model(data, objective)
    rows, columns = plain.form.a.shape
    progress(f"relaxation, {columns:,} columns, {rows:,} rows")
    form, relaxed = tightened(plain.form, strong_rows(data, plain))
    progress(f"search, {form.a.shape[0] - rows:,} rows more")
    built = replace(plain, form=form)

    def heard(incumbent: float, bound: float) -> None:
        progress(f"search, plan {incumbent:,.1f}, bound {bound:,.1f}")

    earlier = known_lines(built, known, effort.gap, effort.time_limit_s / 10)
    tried = [running for choices in earlier for running in choices]
    start = best_of(built, [*starts(built, relaxed.x), *tried])
    x = None if start is None else start.x
    answer = search(form, x, effort.gap, effort.time_limit_s, heard)
    flows = relax(with_lines(plain.form, answer.x))
    replayed = [best_of(plain, choices) for choices in earlier]
    return Found(
        core=data,
        built=plain,
        answer=flows,
        bound=max(answer.bound, relaxed.objective),
        duals=Duals(plain, relaxed.duals),
        known=tuple(a.objective if a else float("inf") for a in replayed),
        interrupted=answer.interrupted,
    )
