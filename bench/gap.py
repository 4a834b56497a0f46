"""How fast the gap closes: ours and other tools on the same studies, one thread each."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.family import FAMILIES, Family, instance_of, member
from bench.ours import solved
from bench.peer.program import Program
from bench.trace import HUGE, merged, of_highs, of_scip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.record import Spec
    from bench.trace import Point

SHORT = Family(40, 2, 2, 8, 5)
OURS = "siting"
PEERS = {
    "Pyomo + HiGHS": "pyomo_model",
    "linopy + HiGHS": "linopy_model",
    "OR-Tools + SCIP": "ortools_model",
}
FORMS = ("aggregated", "strong")
"""A site's capacity alone, or with a row for each arc that is shut where no line runs."""


def specs(names: Sequence[str], seeds: int, limits_s: Sequence[float]) -> list[Spec]:
    """Return what is measured of families."""
    return [
        spec
        for name in names
        for seed in range(1, seeds + 1)
        for spec in asked(
            {"kind": "gap", "family": name, "seed": seed}, product(PEERS, FORMS), limits_s
        )
    ]


def asked(same: Spec, peers: Iterable[tuple[str, str]], limits_s: Sequence[float]) -> list[Spec]:
    """Return what is measured of one study: ours for each time, tools and forms for the longest."""
    ours = [same | {"tool": OURS, "form": "", "limit_s": limit} for limit in limits_s]
    longest = max(limits_s)
    return ours + [same | {"tool": tool, "form": form, "limit_s": longest} for tool, form in peers]


def family(name: str) -> Family:
    """Return the family of that name."""
    return SHORT if name == "short" else FAMILIES[name]


def measured(spec: Spec) -> dict[str, Any]:
    """Return how the gap closed: a trace in millions of JPY, and where it ended."""
    drawn, limit_s = member(family(spec["family"]), spec["seed"]), spec["limit_s"]
    if spec["tool"] == OURS:
        return told(solved(instance_of(drawn), limit_s))
    peer = import_module(f"bench.peer.{PEERS[spec['tool']]}")
    started = time.perf_counter()
    holder = peer.build(Program(drawn), strong=spec["form"] == "strong")
    built_s = time.perf_counter() - started
    run = with_scip if "SCIP" in spec["tool"] else with_highs
    return told(run(holder, limit_s, built_s)) | {"built_s": round(built_s, 2)}


def told(points: list[Point]) -> dict[str, Any]:
    """Return a trace with its end."""
    trace = merged(points)
    last = trace[-1] if trace else (0.0, None, None)
    return {"trace": trace, "best": last[1], "bound": last[2]}


def with_highs(highs: Any, limit_s: float, built_s: float) -> list[Point]:
    """Run `highs` for what is left of `limit_s` and return its trace and its end."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "highs.log"
        options = {
            "output_flag": True, "log_to_console": False, "log_file": str(log), "threads": 1,
            "time_limit": max(limit_s - built_s, 1.0), "mip_rel_gap": 1e-4,
        }  # fmt: skip
        for name, value in options.items():
            highs.setOptionValue(name, value)
        started = time.perf_counter()
        highs.run()
        ended_s = built_s + time.perf_counter() - started
        trace = of_highs(log.read_text(encoding="utf-8").splitlines(), built_s)
    info = highs.getInfo()
    found = info.primal_solution_status == 2
    best = float(info.objective_function_value) if found else None
    bound = float(info.mip_dual_bound)
    return [*trace, (ended_s, best, bound if abs(bound) < HUGE else None)]


def with_scip(model: Any, limit_s: float, built_s: float) -> list[Point]:
    """Solve `model` with SCIP in what is left of `limit_s` and return its trace and its end."""
    from ortools.linear_solver.python import model_builder as mb

    solver = mb.Solver("scip")
    solver.set_time_limit_in_seconds(max(limit_s - built_s, 1.0))
    solver.set_solver_specific_parameters("limits/gap = 1e-4")
    solver.enable_output(True)
    started = time.perf_counter()
    with tempfile.TemporaryFile(mode="w+", encoding="utf-8") as log:
        sys.stdout.flush()
        kept = os.dup(1)
        os.dup2(log.fileno(), 1)
        try:
            status = solver.solve(model)
        finally:
            os.dup2(kept, 1)
            os.close(kept)
        log.seek(0)
        trace = of_scip(log.read().splitlines(), built_s)
    ended_s = built_s + time.perf_counter() - started
    if status not in (mb.SolveStatus.OPTIMAL, mb.SolveStatus.FEASIBLE):
        return trace
    return [*trace, (ended_s, solver.objective_value, solver.best_objective_bound)]
