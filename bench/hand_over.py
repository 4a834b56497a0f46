"""How long it takes, and how much memory, until HiGHS (OR-Tools: its solver) holds a model."""

from __future__ import annotations

import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bench.child import memory
from bench.family import NATIONAL_SOURCES, Family, instance_of, member
from bench.peer.program import Program

if TYPE_CHECKING:
    from bench.record import Spec
    from siting.solve.matrix import Matrix

SITES = 200
ARCS = {"3.5k": (NATIONAL_SOURCES // 5, 10), "35k": (NATIONAL_SOURCES, 20),
        "350k": (NATIONAL_SOURCES, 0)}  # fmt: skip
"""Size to sources and arcs of each of them (0: to every site)."""

PEERS = {
    "raw highspy": "raw",
    "linopy": "linopy_model",
    "OR-Tools ModelBuilder": "ortools_model",
    "PuLP": "pulp_model",
    "Pyomo appsi_highs": "pyomo_model",
}
OURS, PLAIN = "siting, appended arrays", "siting, Pyomo compiled"


def family(size: str) -> Family:
    """Return the family whose hand-over is measured."""
    sources, arcs = ARCS[size]
    return Family(sources, 1, 1, SITES, arcs)


def specs(sizes: list[str], runs: int) -> list[Spec]:
    """Return what is measured of `sizes`, each `runs` times."""
    return [
        {"kind": "hand_over", "size": size, "tool": tool, "run": run}
        for size in sizes
        for run in range(1, runs + 1)
        for tool in [*PEERS, OURS, PLAIN]
    ]


def measured(spec: Spec) -> dict[str, Any]:
    """Return seconds, memory and size of one hand-over; for small ones the relaxation's value.

    Memory is what the process came to hold beyond the numbers of the study and the packages.
    """
    drawn = member(family(spec["size"]), spec["run"])
    is_ours = spec["tool"] in (OURS, PLAIN)
    data = instance_of(drawn) if is_ours else None
    if not is_ours:
        peer = import_module(f"bench.peer.{PEERS[spec['tool']]}")
    warm_up(spec["tool"])
    before = memory()
    started, cpu = time.perf_counter(), time.process_time()
    holder = ours(data, spec["tool"]) if is_ours else peer.build(Program(drawn), strong=False)
    seconds, cpu_s = time.perf_counter() - started, time.process_time() - cpu
    return {
        "seconds": round(seconds, 4),
        "cpu_s": round(cpu_s, 4),
        "extra_mib": round(before.more_mib(), 1),
        **size_of(holder),
        "relaxation": relaxation(holder) if spec["size"] == "3.5k" else None,
    }


def warm_up(tool: str) -> None:
    """Hand over a tiny member first, so that no import and no compilation is timed."""
    tiny = member(Family(6, 1, 1, 2, 2), 1)
    if tool in (OURS, PLAIN):
        ours(instance_of(tiny), tool)
    else:
        import_module(f"bench.peer.{PEERS[tool]}").build(Program(tiny), strong=False)


def ours(data: Any, tool: str) -> Any:
    """Return a HiGHS that holds the model of the instance `data`, by one of our two routes."""
    from siting.solve.line import built_model
    from siting.solve.shell import shell_model

    return held(shell_model(data).form if tool == OURS else built_model(data).form)


def held(form: Matrix) -> Any:
    """Return a HiGHS that holds `form`."""
    import highspy

    from siting.solve.matrix import hand_over

    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    hand_over(form, highs)
    return highs


def size_of(holder: Any) -> dict[str, int]:
    """Return columns, rows and coefficients of what a solver holds."""
    if hasattr(holder, "getNumCol"):
        return {"columns": holder.getNumCol(), "rows": holder.getNumRow(), "nnz": holder.getNumNz()}
    return {"columns": holder.num_variables, "rows": holder.num_constraints}


def relaxation(holder: Any) -> float:
    """Return the optimum where lines may be fractions: the same whoever handed it over."""
    if hasattr(holder, "getNumCol"):
        holder.setOptionValue("solve_relaxation", True)
        holder.run()
        return float(holder.getInfo().objective_function_value)
    from ortools.linear_solver.python import model_builder as mb

    for variable in holder.get_variables():
        variable.is_integral = False
    solver = mb.Solver("glop")
    solver.solve(holder)
    return float(solver.objective_value)
