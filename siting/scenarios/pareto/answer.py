"""A front in a few sentences, the same on the terminal and at the head of its page."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from siting.report.number import full, percent_up, plain
from siting.scenarios.pareto.words import GAINED, RATE, UNITS, sentence

if TYPE_CHECKING:
    from siting.scenarios.objective import Objective
    from siting.scenarios.pareto.front import Front, Point
    from siting.text import Language

ROUNDING = 1e-9
"""A gap below this is none [-]."""


def answer(front: Front, language: Language) -> list[str]:
    """Return the two ends, what a step costs, how sure that is, and what was left out."""
    said = [ends(front, language), steps(front, language), sureness(front, language)]
    return [text for text in [*said, *remarks(front, language)] if text]


def ends(front: Front, language: Language) -> str:
    """Say what the plans that are best in one objective have of the other."""
    names = {"x": front.x.word(language), "y": front.y.word(language)}
    first, last = front.points[0], front.points[-1]
    if first is last:
        return sentence("one_point", language, **names) if not front.interrupted else ""
    return sentence(
        "ends",
        language,
        **names,
        best_x=shown(front.x, first.x, language),
        y_at_x=shown(front.y, first.y, language),
        best_y=shown(front.y, last.y, language),
        x_at_y=shown(front.x, last.x, language),
    )


def shown(objective: Objective, value: float, language: Language) -> str:
    """Return `value` of `objective` with the unit that suits it."""
    return full(UNITS[objective], value, language)


def steps(front: Front, language: Language) -> str:
    """Say what the first and the last step take of x for one of y."""
    rates = [rate(front, *pair) for pair in pairwise(front.points)]
    if not rates:
        return ""
    first, last = (f"{rate_text(front, r, language)}" for r in (rates[0], rates[-1]))
    unit = GAINED[front.y][1 + (language == "en")]
    return sentence("cheapest_step", language, unit=unit, first=first, last=last)


def rate(front: Front, before: Point, after: Point) -> float:
    """Return what x is given for one more of y, in the units of ``RATE`` and ``GAINED``."""
    given = abs(after.x - before.x) / RATE[front.x][0]
    return given / (abs(after.y - before.y) / GAINED[front.y][0])


def rate_text(front: Front, value: float, language: Language) -> str:
    """Return what x is given for one of y, with the unit of x."""
    blank = "" if language == "ja" else " "
    decimals = 0 if value >= 100 else 3
    return f"{plain(value, decimals, language)}{blank}{RATE[front.x][1 + (language == 'en')]}"


def sureness(front: Front, language: Language) -> str:
    """Say how far the points may at most be from the best."""
    gap = max(point.gap for point in front.points)
    key = "sureness" if gap > ROUNDING else "best"
    return sentence(key, language, x=front.x.word(language), gap=percent_up(gap))


def remarks(front: Front, language: Language) -> list[str]:
    """Say what was dropped, not found, or not sought."""
    said = []
    if front.dominated:
        said.append(sentence("dominated", language, count=len(front.dominated)))
    if front.without_plan:
        held = ", ".join(shown(front.y, limit, language) for limit in front.without_plan)
        said.append(sentence("without_plan", language, y=front.y.word(language), limits=held))
    if front.interrupted:
        said.append(sentence("interrupted", language))
    return said
