"""The whole model of a small part, given to HiGHS with the strong rows that make it tight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.finding import Duals, Found, multipliers, target_fees
from siting.solve.highs import WHOLE, relax, rounded_up, search
from siting.solve.line import best_of, built_model, known_lines, starts
from siting.solve.matrix import scale_of, scaled, with_lines
from siting.solve.strong import strong_rows, tightened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.highs import Answer
    from siting.solve.line import Built, Known, Running
    from siting.solve.matrix import Array

LARGEST = 200_000
"""Arcs times periods up to which a part is given to HiGHS whole."""

SHARES = (0.1, 0.3, 0.5)
"""Shares of a line below which the relaxation's line is not opened in a first plan [-]."""


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
    """Return the best plan HiGHS finds for the part `data`, with its bound.

    Strong rows are no laws, so what anyone can check is the relaxation without them.
    """
    plain = built_model(data, objective)
    scale = scale_of(plain.form.cost)
    whole = replace(plain, form=scaled(plain.form, scale))
    rows, columns = plain.form.a.shape
    progress(f"relaxation, {columns:,} columns, {rows:,} rows")
    form, loose, relaxed = tightened(whole.form, strong_rows(data, plain))
    progress(f"search, {form.a.shape[0] - rows:,} rows more")
    built = replace(plain, form=form)

    def heard(incumbent: float, bound: float) -> None:
        progress(f"search, plan {incumbent / scale:,.1f}, bound {bound / scale:,.1f}")

    earlier = known_lines(built, known, effort.gap, effort.time_limit_s / 10)
    tried = [running for choices in earlier for running in choices]
    start = best_of(whole, [*starts(whole, relaxed.x), *fewer(whole, relaxed.x), *tried])
    x = None if start is None else start.x
    answer = search(form, x, effort.gap, effort.time_limit_s, heard, by_clock=True)
    flows = relax(with_lines(whole.form, answer.x))
    replayed = [best_of(whole, choices) for choices in earlier]
    return Found(
        core=data,
        built=plain,
        answer=unscaled(flows, scale),
        bound=max(answer.bound, relaxed.objective) / scale,
        fees=target_fees(Duals(plain, relaxed.duals / scale), data, objective),
        multipliers=multipliers(Duals(plain, loose.duals / scale), objective),
        certified=loose.objective / scale,
        known=tuple(a.objective / scale if a else float("inf") for a in replayed),
        interrupted=answer.interrupted,
    )


def fewer(built: Built, x: Array) -> list[Running]:
    """Return ways to round the relaxation `x` that open no line for a small share of one.

    Where no capacity is short, lines opened for a few tonnes cost far more than these tonnes do
    elsewhere. Some of the ways may leave too little capacity: then they lead to no plan.
    """
    whole = np.floor(x + WHOLE)
    ways = [np.where(x - whole < share, whole, x) for share in SHARES]
    found = [built.running(rounded_up(built.form, way)) for way in ways]
    return [way for place, way in enumerate(found) if way not in found[:place]]


def unscaled(answer: Answer, scale: float) -> Answer:
    """Return `answer` to a model whose costs were multiplied by `scale` in units of the model."""
    return replace(
        answer,
        objective=answer.objective / scale,
        bound=answer.bound / scale,
        duals=answer.duals / scale,
    )
