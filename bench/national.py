"""Time the parts of a national study, median of several runs; prints a table.

``make bench`` takes the whole study, ``make bench BENCH=--short`` every tenth municipality once.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from models.build import build_model
from models.instance import Instance
from siting.network.road import find_roads, read_roads
from siting.pipeline import peak_rss_mib, prepare
from siting.solve.arc import nearest_arcs, undominated
from siting.solve.cluster import clustered
from siting.solve.highs import relax
from siting.solve.matrix import matrix
from siting.solve.part import independent_parts

STUDY = Path(__file__).parents[1] / "configs" / "japan.yaml"


def timed(name: str, runs: int, work: Callable[[], object]) -> object:
    """Run `work` `runs` times, write its median time, and return its last value."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        value = work()
        seconds.append(time.perf_counter() - started)
    sys.stdout.write(f"{name:<44}{statistics.median(seconds):8.2f} s  (median of {runs})\n")
    sys.stdout.flush()
    return value


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Set an environment variable for a while."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


def thinned(data: Instance, step: int) -> Instance:
    """Return `data` with every `step`-th source only."""
    kept = set(data.supply.index.unique("source")[::step])
    gone = set(data.supply.index.unique("source")) - kept
    of = data.supply.index.get_level_values("source").isin(kept)
    arcs = data.arcs[~data.arcs.index.get_level_values("origin").isin(gone)]
    return replace(data, supply=data.supply[of], baseline=data.baseline[of], arcs=arcs)


def main() -> None:
    """Time reading, assembling, building, compiling, relaxing and clustering."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--short", action="store_true")
    short = arguments.parse_args().short
    runs = 1 if short else 3
    graph = prepare(STUDY, None, lambda _: None).layers.folder / "roads.graphml.gz"
    timed("road graph from GraphML", 1, lambda: read_roads(graph))
    timed("road graph from the cache", runs, lambda: find_roads(graph))
    with tempfile.TemporaryDirectory() as folder, environment("SITING_CACHE", folder):
        timed("arcs of all modes, empty cache", 1, lambda: prepare(STUDY, None, lambda _: None))
    sys.stdout.write(f"{'... most memory held so far':<44}{peak_rss_mib():8.0f} MiB\n")
    prepared = timed(
        "study to instance, arcs cached", runs, lambda: prepare(STUDY, None, lambda _: None)
    )
    data = prepared.assembled.instance
    for whole in independent_parts(thinned(data, 10) if short else data):
        name = "/".join(whole.supply.index.unique("commodity"))
        part = undominated(whole)
        core = part.with_arcs(nearest_arcs(part, 12))
        m = timed(
            f"{name}: Pyomo model, {len(core.arcs):,} arcs", runs, lambda c=core: build_model(c)
        )
        form = timed(f"{name}: to arrays", runs, lambda m=m: matrix(m))
        timed(f"{name}: relaxation in HiGHS", runs, lambda f=form: relax(f))
        timed(f"{name}: clusters", runs, lambda p=part: clustered(p, 200))


if __name__ == "__main__":
    main()
