"""The answer in a few sentences, the same on the terminal and at the head of the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.modes.facts.finding import findings
from siting.report.modes.facts.run import is_within_gaps, kind, levelled_jpy_per_yr
from siting.report.modes.names import names_of
from siting.report.modes.sentences import sentence
from siting.report.modes.words import HOURS, added_modes
from siting.report.number import GAS, MASS, MONEY, full, percent, scale
from siting.report.words import mode_label

if TYPE_CHECKING:
    import pandas as pd

    from siting.outcome import Comparison
    from siting.report.modes.facts.finding import Findings
    from siting.text import Language


def closing_lines(comparison: Comparison, language: Language) -> list[str]:
    """Return the comparison in a few sentences for the terminal."""
    return answer(findings(comparison), language)


def answer(found: Findings, language: Language) -> list[str]:
    """Return which modes pay, what they save, how sure that is, and where they are used."""
    if found.widest == found.base:
        return []
    said = [
        same_hubs_in_words(found, language),
        saving_in_words(found, language),
        singles_in_words(found, language),
        gases_in_words(found, language),
        sureness_in_words(found, language),
        use_in_words(found, language),
    ]
    return [text for text in said if text]


def verdict(found: Findings, run: str) -> str:
    """Return whether a run ``saves``, is ``dearer``, the ``same``, or ``unsure``."""
    saving = float(found.runs.loc[run, "saving_jpy"])
    if abs(saving) < 1 and not gap_jpy(found, run):
        return "same"
    if is_within_gaps(found.runs, run, found.base):
        return "unsure"
    return "saves" if saving > 0 else "dearer"


def gap_jpy(found: Findings, run: str) -> float:
    """Return the larger of the gaps of `run` and of the run with the fewest modes [JPY]."""
    return float(found.runs.loc[[run, found.base], "gap_jpy"].max())


def has_same_hubs_saving(found: Findings) -> bool:
    """Return whether the modes save money with the hubs of trucks alone."""
    return bool(found.runs.loc[found.widest, "same_hubs_jpy"] >= 1)


def same_hubs_in_words(found: Findings, language: Language) -> str:
    """Say what all modes together save if no hub moves; nothing where that is not known."""
    if not has_same_hubs_saving(found):
        return ""
    saving_jpy = float(found.runs.loc[found.widest, "same_hubs_jpy"])
    return sentence(
        "same_hubs",
        language,
        modes=added_modes(found.widest, language),
        saving=at_least(saving_jpy, language),
        yearly=at_least(levelled_jpy_per_yr(found.outcome, saving_jpy), language),
    )


def saving_in_words(found: Findings, language: Language) -> str:
    """Say what all modes together save."""
    run = found.runs.loc[found.widest]
    before = float(found.runs.loc[found.base, "cost_jpy"])
    return sentence(
        verdict(found, found.widest),
        language,
        modes=added_modes(found.widest, language),
        saving=full(MONEY, abs(run["saving_jpy"]), language),
        yearly=full(MONEY, abs(run["saving_jpy_per_yr"]), language),
        share=percent(abs(run["saving_jpy"] / before)) if before else percent(math.nan),
        gap=full(MONEY, gap_jpy(found, found.widest), language, up=True),
    )


def singles_in_words(found: Findings, language: Language) -> str:
    """Say what each mode saves when it alone is added; nothing where only one can be."""
    singles = [run for run in found.runs.index if run.count("+") == 1 and run != found.widest]
    said = [
        sentence(
            f"only_{verdict(found, run)}",
            language,
            modes=added_modes(run, language) if language == "ja" else capital(run),
            saving=full(MONEY, abs(found.runs.loc[run, "saving_jpy"]), language),
            gap=full(MONEY, gap_jpy(found, run), language, up=True),
        )
        for run in singles
    ]
    return ("" if language == "ja" else " ").join(said)


def capital(run: str) -> str:
    """Return the English name of the added modes for the head of a sentence."""
    return added_modes(run, "en").capitalize()


def gases_in_words(found: Findings, language: Language) -> str:
    """Say how emissions and drivers' work change."""
    before, after = found.runs.loc[found.base], found.runs.loc[found.widest]
    gas = before["kgco2e"] - after["kgco2e"]
    hours = before["driver_h"] - after["driver_h"]
    return sentence(
        "gases",
        language,
        gas=full(GAS, abs(gas), language),
        gas_share=percent(share(abs(gas), before["transport_kgco2e"])),
        gas_way=way(gas, language),
        hours=full(HOURS, abs(hours), language),
        hours_share=percent(share(abs(hours), before["driver_h"])),
        hours_way=way(hours, language),
    )


def share(part: float, whole: float) -> float:
    """Return `part` of `whole` [-]; NaN of nothing."""
    return part / whole if whole else math.nan


def way(less: float, language: Language) -> str:
    """Return the verb for an amount that is less by `less`."""
    if language == "ja":
        return "減り" if less >= 0 else "増え"
    return "fall" if less >= 0 else "rise"


def sureness_in_words(found: Findings, language: Language) -> str:
    """Say between what limits the saving lies; smaller than the gaps, it is none."""
    run = found.runs.loc[found.widest]
    largest = float(found.runs["gap_jpy"].max())
    if verdict(found, found.widest) in ("unsure", "same"):
        if has_same_hubs_saving(found):
            return ""
        gap = full(MONEY, largest, language, up=True)
        return sentence("sure_unsure", language, gap=gap) if largest else ""
    if not gap_jpy(found, found.widest):
        return sentence("sure_exact", language)
    return sentence(
        "sure",
        language,
        least=at_least(run["least_saving_jpy"], language),
        most=full(MONEY, run["most_saving_jpy"], language, up=True),
    )


def at_least(jpy: float, language: Language) -> str:
    """Return an amount rounded down, so that a claim 'at least' stays true."""
    unit = scale(MONEY, [jpy], language)
    step = unit.factor * 10.0**-unit.decimals
    return unit.full(math.floor(jpy / step + 1e-9) * step)


def use_in_words(found: Findings, language: Language) -> str:
    """Say on how many lanes each added mode is used, and on which most."""
    last = facts.periods(found.outcome)[-1]
    used = found.lanes.offers.loc[found.lanes.offers["flow_t"] > 0, "flow_t"].reset_index()
    used["kind"] = kind(used["mode"])
    said = []
    for name in found.widest.split("+")[1:]:
        flow_t = used[used["kind"] == name].groupby("lane")["flow_t"].sum()
        if flow_t.empty:
            said.append(sentence("nowhere", language, last=last, modes=added_name(name, language)))
        else:
            said.append(mode_use(found, name, flow_t, language))
    return ("" if language == "ja" else " ").join(said)


def mode_use(found: Findings, name: str, flow_t: pd.Series, language: Language) -> str:
    """Say where one mode is used; `flow_t` is what it carries by lane [t/yr]."""
    largest = found.lanes.table.loc[flow_t.idxmax()]
    return sentence(
        "where",
        language,
        last=facts.periods(found.outcome)[-1],
        mode=added_name(name, language),
        lanes=f"{len(flow_t):,}",
        total=f"{len(found.lanes.table):,}",
        tonnes=full(MASS, flow_t.sum(), language),
        largest=names_of(found.outcome, language).lane(largest),
        most=full(MASS, flow_t.max(), language),
    )


def added_name(name: str, language: Language) -> str:
    """Return the word for one mode inside a sentence."""
    named = mode_label(name, language)
    return named if language == "ja" else named.lower()
