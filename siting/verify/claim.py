"""What an output claims, held against its instance, its plan and its certificate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from siting.verify.bound import proven_bound
from siting.verify.laws import whole_model
from siting.verify.output import read_certificate, read_decisions, read_record
from siting.verify.plan import (
    LEAST,
    SLACK,
    Broken,
    kept_laws,
    kept_limits,
    rounding,
    settle,
)
from siting.verify.quantity import (
    AMOUNTS,
    COSTS,
    GASES,
    MORE_IS_BETTER,
    total_years,
    yearly,
)
from siting.verify.table import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from siting.verify.bound import Bound
    from siting.verify.model import Model, Values
    from siting.verify.table import Tables

AGREES = 1e-6
"""A gap may be this far from the one computed anew [-]."""

ONE_YEN = 1.0
"""A plan and a bound nearer than this are the same, in the unit of the objective."""

SEARCH = "search"
"""What a part's bound rests on if it is not the certificate: the search of HiGHS."""


@dataclass(frozen=True)
class Verdict:
    """What was checked and found.

    Attributes
    ----------
    laws, rows : how many kinds of law were checked, and how many rows.
    worst : the law that is kept worst, in tolerances.
    broken : laws and claims that do not hold, the worst first; none if all is well.
    value, bound, gap : pairs of what is claimed and what was computed anew; the bound and gap of
        the certificate alone.
    searched : parts whose bound rests on the search of HiGHS.
    ignored : multipliers that count as zero, for want of a row or the right sign.
    """

    objective: str
    laws: int
    rows: int
    worst: Broken
    broken: list[Broken]
    value: tuple[float, float]
    bound: tuple[float, float]
    gap: tuple[float, float]
    searched: list[str]
    ignored: int


@dataclass(frozen=True)
class Computed:
    """What the plan comes to, by the year and period, and how exactly the tables say so."""

    amounts: Values
    tolerance: Values
    x: Values

    def total(self, data: Tables, amount: str) -> tuple[float, float]:
        """Return the total of `amount` and its tolerance."""
        years = total_years(data, amount)
        exact = LEAST + float(self.tolerance[amount] @ years)
        return float(self.amounts[amount] @ years), exact


def verify(folder: Path) -> Verdict:
    """Return what became of the claims of the output in `folder`.

    Raises
    ------
    ConfigError
        If a file is missing or cannot be read.
    """
    record = read_record(folder)
    multipliers, claimed_jpy = read_certificate(folder / "certificate.npz")
    data = read_tables(folder / "instance")
    model = whole_model(data)
    found = read_decisions(folder, model)
    checks = [*found.unknown, *settle(model, found.x), *kept_laws(model, found.x)]
    computed = computed_amounts(model, data, found.x)
    checks += kept_limits(data, computed.amounts, computed.tolerance)
    worst = max(checks, key=lambda check: check.ratio)
    checks += [*amount_claims(record, data, computed), *target_claims(record, model, computed)]
    objective = str(record["objective"])
    proven = proven_bound(model, data, objective, multipliers)
    sign = -1.0 if objective in MORE_IS_BETTER else 1.0
    quantity = "cost_jpy" if objective == "cost" else objective
    value, exact = computed.total(data, quantity)
    claims = Claims(record, sign, value, exact, proven)
    checks += [*claims.bound_claims(), *claims.gap_claims()]
    if objective == "cost":
        checks.append(claims.agrees("bound_jpy of certificate.npz", claimed_jpy))
    broken = sorted((c for c in checks if not c.ratio <= 1.0), key=lambda c: -c.ratio)
    return Verdict(
        objective=objective,
        laws=len(set(model.laws) - set(AMOUNTS)) + 2,
        rows=sum(family.lower.size for law, family in model.laws.items() if law not in AMOUNTS),
        worst=worst,
        broken=broken,
        value=(float(record["objective_value"]), value),
        bound=(float(record["bound_value"]), sign * proven.value),
        gap=(float(record["gap"]), claims.gap_to(proven.value)),
        searched=claims.searched,
        ignored=proven.unknown + proven.wrong,
    )


def computed_amounts(model: Model, data: Tables, x: Values) -> Computed:
    """Return what the plan costs, emits, avoids and employs."""
    size, rounded = model.activity(x, absolute=True), rounding(model, x)
    parts = {
        name: SLACK * (size[name][0] + np.abs(model.constants.get(name, 0.0))) + rounded[name][0]
        for name in AMOUNTS
    }
    carbon = data.by_period("periods", "carbon_price_jpy_per_t")[0] / 1000
    parts["kgco2e"] = np.sum([parts[f"kgco2e:{part}"] for part in GASES], axis=0)
    parts["cost_jpy:emissions"] = carbon * parts["kgco2e"]
    costs = [parts[f"cost_jpy:{part}"] for part in (*COSTS, "emissions")]
    parts["cost_jpy"] = np.sum(costs, axis=0)
    return Computed(yearly(model, data, model.activity(x)), parts, x)


def amount_claims(record: dict[str, Any], data: Tables, computed: Computed) -> Iterator[Broken]:
    """Yield how far the costs and emissions of ``plan.json`` are from what the plan comes to."""
    blocks = record.get("cost_jpy", {})
    costs = {part: value for block in blocks.values() for part, value in block.items()}
    gases = record.get("kgco2e", {})
    claims = {f"cost_jpy:{part}": costs.get(part) for part in (*COSTS, "emissions")}
    claims |= {f"kgco2e:{part}": gases.get(part) for part in GASES}
    claims["cost_jpy"] = record["objective_jpy"]
    quantity = "cost_jpy" if record["objective"] == "cost" else record["objective"]
    named = [(name, name, claim) for name, claim in claims.items()]
    for name, amount, claim in [*named, ("objective_value", quantity, record["objective_value"])]:
        total, exact = computed.total(data, amount)
        off = abs(float(claim or 0.0) - total)
        yield Broken(f"claim {name}", f"{claim or 0:,.0f}, computed {total:,.0f}", off, exact)


def target_claims(record: dict[str, Any], model: Model, computed: Computed) -> Iterator[Broken]:
    """Yield how far the shortfalls of ``plan.json`` are from what the plan misses."""
    claims = {
        f"{row.get('commodity')}|{row.get('period')}": float(row.get("shortfall_t") or 0.0)
        for row in record.get("targets", [])
    }
    family, missing = model.variables["shortfall"], computed.x["shortfall"]
    sizes = model.activity(computed.x, absolute=True)["target_is_met"]
    for row, t in np.argwhere(np.isfinite(model.laws["target_is_met"].upper)):
        index = f"{family.name(int(row))}|{model.periods[int(t)]}"
        off = abs(claims.get(index, math.inf) - float(missing[row, t]))
        yield Broken("claim shortfall_t", index, off, 1e-3 + SLACK * float(sizes[row, t]))


@dataclass(frozen=True)
class Claims:
    """The claims of ``plan.json`` on bound and gap; smaller is better after `sign`.

    Attributes
    ----------
    value, exact : what the plan comes to, and how exactly that is known.
    """

    record: dict[str, Any]
    sign: float
    value: float
    exact: float
    proven: Bound

    @property
    def searched(self) -> list[str]:
        """Return the parts whose bound rests on the search of HiGHS."""
        parts = [part for part in self.record["parts"] if part.get("rests_on") == SEARCH]
        return [str(part.get("commodities", "")) for part in parts]

    def agrees(self, name: str, bound: float) -> Broken:
        """Return how far a bound is from the one claimed."""
        claimed = self.record["bound_value"]
        off = abs(bound - claimed)
        return Broken(
            f"claim {name}", f"{bound:,.0f}, in plan.json {claimed:,.0f}", off, self.exact
        )

    def bound_claims(self) -> Iterator[Broken]:
        """Yield how far the claimed bound is above what the certificate proves.

        Where parts rest on the search of HiGHS, the certificate must prove what the record says it
        does of them, and the claim be no more than the sum of the parts.
        """
        claimed = self.sign * self.record["bound_value"]
        own = self.sign * self.value
        yield self.above("bound_value above the plan", claimed, own)
        if not self.searched:
            yield self.above("bound_value above the certificate", claimed, self.proven.value)
            return
        certified = [self.sign * float(p.get("certified_value") or math.inf) for p in self.parts]
        yield self.above("certified_value above the certificate", sum(certified), self.proven.value)
        if self.record["objective"] == "cost":
            bounds = [float(part.get("bound_jpy") or 0.0) for part in self.parts]
            yield self.above("bound_value above the parts", claimed, sum(bounds))
            rests = [part.get("rests_on") == SEARCH for part in self.parts]
            pairs = zip(bounds, certified, rests, strict=True)
            over = sum(max(bound - sure, 0.0) for bound, sure, rest in pairs if not rest)
            yield self.above("bound_jpy above certified_value", over, 0.0)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return the record of each part."""
        parts: list[dict[str, Any]] = self.record["parts"]
        return parts

    def above(self, name: str, claimed: float, least: float) -> Broken:
        """Return how far `claimed` is above what it may be."""
        index = f"{self.sign * claimed:,.0f}, computed {self.sign * least:,.0f}"
        return Broken(f"claim {name}", index, max(claimed - least, 0.0), self.exact)

    def gap_claims(self) -> Iterator[Broken]:
        """Yield how far the claimed gap is from that of the plan to the claimed bound."""
        gap = self.gap_to(self.sign * self.record["bound_value"])
        claimed = self.record["gap"]
        off = 0.0 if gap == claimed else abs(gap - claimed)
        yield Broken("claim gap", f"{claimed:.6%}, computed {gap:.6%}", off, AGREES)

    def gap_to(self, bound: float) -> float:
        """Return the gap between the plan and `bound`."""
        distance = self.sign * self.value - bound
        if distance < ONE_YEN:
            return 0.0
        return distance / abs(self.value) if self.value else math.inf
