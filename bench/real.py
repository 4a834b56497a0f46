"""Studies on real data: ours against the same model given whole to solvers.

The model has sixteen blocks of laws; to write it again in each language would compare authors.
Plain Pyomo is ``models/`` itself with appsi_highs. Whatever language hands the same rows to HiGHS
meets the same search, so "HiGHS, same arrays" stands for linopy, PuLP and highspy, with our
hand-over; SCIP gets these rows through OR-Tools. spopt cannot express any of the studies.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from bench.family import JPY_PER_UNIT
from bench.gap import OURS, asked, told, with_highs, with_scip
from bench.hand_over import held
from bench.ours import solved
from bench.record import ROOT

if TYPE_CHECKING:
    from bench.record import Spec
    from models.instance import Instance
    from siting.solve.shell import Shell

PYOMO, ARRAYS, SCIP = "Pyomo + HiGHS", "HiGHS, same arrays", "OR-Tools + SCIP"
TOOLS = ((PYOMO, "aggregated"), (ARRAYS, "aggregated"), (ARRAYS, "strong"), (SCIP, "aggregated"))


def specs(studies: list[str], limits_s: list[float]) -> list[Spec]:
    """Return what is measured of `studies`, names in ``configs/`` or folders of instances."""
    return [
        spec
        for study in studies
        for spec in asked({"kind": "gap", "study": study}, TOOLS, limits_s)
    ]


def instance(study: str) -> Instance:
    """Return the instance of a study: a folder of tables, or a YAML of ``configs/``."""
    from models.instance import Instance
    from siting.pipeline import prepare

    folder = Path(study)
    if folder.is_dir():
        return Instance.read(folder)
    path = ROOT / "configs" / f"{study}.yaml"
    return prepare(path, None, lambda _: None).assembled.instance


def measured(spec: Spec) -> dict[str, Any]:
    """Return how the gap closed; money in millions of JPY."""
    data, limit_s = instance(spec["study"]), spec["limit_s"]
    size = {"arcs": len(data.arcs), "periods": len(data.periods)}
    if spec["tool"] == OURS:
        return told(solved(data, limit_s)) | size
    started = time.perf_counter()
    if spec["tool"] == PYOMO:
        holder = plain_pyomo(data)
    else:
        holder = same_arrays(data, strong=spec["form"] == "strong")
    scale = JPY_PER_UNIT if spec["tool"] == PYOMO else 1.0
    if spec["tool"] == SCIP:
        holder = as_scip(holder)
    built_s = time.perf_counter() - started
    run = with_scip if spec["tool"] == SCIP else with_highs
    points = [
        (seconds, None if best is None else best / scale, None if bound is None else bound / scale)
        for seconds, best, bound in run(holder, limit_s, built_s)
    ]
    return told(points) | size | {"built_s": round(built_s, 2)}


def plain_pyomo(data: Instance) -> Any:
    """Return a HiGHS that holds the Pyomo model of `data`."""
    from bench.peer import pyomo_model
    from models.build import build_model

    return pyomo_model.held(build_model(data))


def same_arrays(data: Instance, *, strong: bool) -> Any:
    """Return a HiGHS that holds the appended arrays of `data`."""
    import highspy

    from siting.solve.shell import shell_model

    shell = shell_model(data)
    highs = held(shell.form)
    if strong:
        rows = strong_rows(data, shell)
        count = rows.shape[0]
        low, high = np.full(count, -highspy.kHighsInf), np.zeros(count)
        highs.addRows(count, low, high, rows.nnz, rows.indptr[:-1], rows.indices, rows.data)
    return highs


def strong_rows(data: Instance, shell: Shell) -> sparse.csr_array:
    """Return rows, each at most 0: a flow to a site, less the most it carries for lines there."""
    from siting.solve.strong import most_t, takers

    periods, column = list(data.periods.index), shell.form.column_of
    most, taking = most_t(data), takers(data)
    at: list[tuple[int, int, float]] = []
    row = 0
    for number, (origin, destination, _, k) in enumerate(data.arcs.index):
        for place, t in enumerate(periods if (destination, k) in taking else []):
            at.append((row, shell.first_flow + number * len(periods) + place, 1.0))
            at += [
                (row, column[id(shell.m.run_hub[*hub, t])], -most[origin, k, t])
                for hub in taking[destination, k]
            ]
            row += 1
    rows, columns, values = (np.array(part) for part in zip(*at, strict=True))
    shape = (row, len(shell.form.columns))
    found = sparse.csr_array((values.astype(float), (rows, columns)), shape=shape)
    return int32(found)


def int32(rows: sparse.csr_array) -> sparse.csr_array:
    """Return `rows` with the kind of numbers HiGHS takes."""
    rows.indptr, rows.indices = rows.indptr.astype(np.int32), rows.indices.astype(np.int32)
    return rows


def as_scip(highs: Any) -> Any:
    """Return the model that `highs` holds as OR-Tools' own, through an MPS file."""
    from ortools.linear_solver.python import model_builder as mb

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.mps"
        highs.writeModel(str(path))
        model = mb.Model()
        if not model.import_from_mps_file(str(path)):
            raise RuntimeError("OR-Tools does not read the MPS file of HiGHS")
    return model
