"""Why the plan chose a mode for a lane, in a sentence or two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from siting.report import facts
from siting.report.modes.facts.lane import PARTS
from siting.report.modes.names import Names, names_of
from siting.report.modes.sentences import sentence
from siting.report.modes.words import label, mode_inside, mode_name
from siting.report.number import percent, plain
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.report.modes.facts.finding import Findings
    from siting.text import Language

Offer = dict[str, Any]

MOSTLY = 0.995
"""A mode with more than this share of a lane is said to have all of it [-]."""

NEAR_KM = 1.0
"""A haul shorter than this is no way to speak of [km]."""


@dataclass(frozen=True)
class Reasons:
    """What the sentences need: the offers by (lane, mode), names, and the carbon price."""

    names: Names
    chosen: dict[int, str]
    offers: dict[int, dict[str, Offer]]
    carbon_jpy_per_kg: float

    @property
    def language(self) -> Language:
        """Return the language of the names."""
        return self.names.language

    def why(self, lane: int) -> str:
        """Return why the plan chose the mode it uses most on `lane`."""
        offers, mode = self.offers[lane], self.chosen[lane]
        said = [
            self.against_others(offers, mode),
            self.against_truck(offers, mode),
            self.chain(offers[mode], mode),
            self.rest(offers, mode),
        ]
        return ("" if self.language == "ja" else " ").join(text for text in said if text)

    def against_others(self, offers: dict[str, Offer], mode: str) -> str:
        """Say how much cheaper the mode is than the next one, and what makes the difference."""
        own = offers[mode]
        others = {m: o for m, o in offers.items() if m != mode and known(o)}
        if not others or not known(own):
            return sentence("why_alone", self.language, mode=mode_name(mode, self.language))
        other = min(others, key=lambda m: (others[m]["cost_jpy_per_t"], m))
        extra = others[other]["cost_jpy_per_t"] - own["cost_jpy_per_t"]
        part = max(PARTS, key=lambda p: others[other][p] - own[p])
        return sentence(
            self.verdict(own, others[other]),
            self.language,
            mode=mode_name(mode, self.language),
            other=self.rival(other, others[other]),
            extra=plain(abs(extra), 0, self.language),
            part=label(f"{part}_part", self.language),
            part_own=plain(own[part], 0, self.language),
            part_other=plain(others[other][part], 0, self.language),
        )

    def against_truck(self, offers: dict[str, Offer], mode: str) -> str:
        """Say how much cheaper the mode is than a truck, where another mode comes between."""
        own, truck = offers[mode], offers.get("truck")
        costs = [o["cost_jpy_per_t"] for m, o in offers.items() if m != mode and known(o)]
        if truck is None or mode == "truck" or not known(truck) or not known(own):
            return ""
        extra = truck["cost_jpy_per_t"] - own["cost_jpy_per_t"]
        if extra < 0.5 or truck["cost_jpy_per_t"] <= min(costs):
            return ""
        other, amount = self.rival("truck", truck), plain(extra, 0, self.language)
        return sentence("why_also", self.language, other=other, extra=amount)

    def verdict(self, own: Offer, other: Offer) -> str:
        """Return which sentence fits: cheaper, equal, cheaper with the carbon price, or neither."""
        extra = other["cost_jpy_per_t"] - own["cost_jpy_per_t"]
        carbon = (other["kgco2e_per_t"] - own["kgco2e_per_t"]) * self.carbon_jpy_per_kg
        if abs(extra) < 0.5:
            return "why_equal"
        if extra > 0:
            return "why_cheaper"
        return "why_carbon" if extra + carbon > 0 else "why_mixed"

    def rival(self, mode: str, offer: Offer) -> str:
        """Return the words for the mode compared with: for a truck, which truck."""
        vehicle = str(offer["vehicle"])
        is_known = mode == "truck" and word(vehicle, self.language) != vehicle
        return word(vehicle, self.language) if is_known else mode_inside(mode, self.language)

    def chain(self, offer: Offer, mode: str) -> str:
        """Say how far it is to the terminal, between the terminals, and onward."""
        key = f"by_{mode.partition(':')[0]}"
        if key == "by_truck" or not known(offer) or offer["from_node"] != offer["from_node"]:
            return ""
        return sentence(
            key,
            self.language,
            start=self.names.place(offer["from_node"]),
            end=self.names.place(offer["to_node"]),
            first=km(offer["first_haul_km"], self.language),
            line=km(offer["line_km"], self.language),
            last=self.onward(offer["last_haul_km"]),
        )

    def onward(self, last_km: float) -> str:
        """Say how far it is from the last terminal to the destination."""
        if last_km < NEAR_KM:
            return sentence("beside", self.language)
        return sentence("onward", self.language, km=km(last_km, self.language))

    def rest(self, offers: dict[str, Offer], mode: str) -> str:
        """Say which other modes the plan uses on the lane."""
        if offers[mode]["share"] >= MOSTLY:
            return ""
        used = sorted((-o["share"], m) for m, o in offers.items() if m != mode and o["share"] > 0)
        named = [f"{mode_inside(m, self.language)} {percent(-share, 0)}" for share, m in used]
        between = "・" if self.language == "ja" else ", "
        return sentence("rest", self.language, modes=between.join(named)) if named else ""


def reasons_of(found: Findings, language: Language, lanes: Sequence[int] | None = None) -> Reasons:
    """Return what the sentences about `lanes` of `found` need; about all if None."""
    outcome, chosen = found.outcome, found.lanes.table["chosen"]
    if lanes is not None:
        chosen = chosen.loc[list(lanes)]
    rows = found.lanes.offers.reset_index()
    rows = rows[rows["lane"].isin(chosen.index)]
    offers: dict[int, dict[str, Offer]] = {}
    for row in rows.to_dict("records"):
        offers.setdefault(int(row["lane"]), {})[str(row["mode"])] = row
    price = outcome.instance.periods["carbon_price_jpy_per_t"]
    return Reasons(
        names=names_of(outcome, language),
        chosen={int(lane): str(mode) for lane, mode in chosen.items()},
        offers=offers,
        carbon_jpy_per_kg=float(price[facts.periods(outcome)[-1]]) / 1000,
    )


def known(offer: Offer) -> bool:
    """Return whether the mode is compared on the lane."""
    return math.isfinite(offer["cost_jpy_per_t"])


def km(value: float, language: Language) -> str:
    """Return a distance."""
    return f"{plain(value, 0, language)} km"
