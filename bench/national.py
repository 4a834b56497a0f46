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

from models.instance import Instance
from siting.network.road import find_roads, read_roads
from siting.pipeline import peak_rss_mib, prepare
from siting.solve.arc import undominated
from siting.solve.highs import relax
from siting.solve.part import independent_parts
from siting.solve.reduced.collect import cheapest_by, collection
from siting.solve.reduced.merge import clusters
from siting.solve.reduced.small import shape_of, small_model
from siting.solve.reduced.value import proof
from siting.solve.reduced.weight import objective_weights

STUDY = Path(__file__).parents[1] / "configs" / "case08_pv.yaml"


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
        found = timed(
            f"{name}: {len(part.arcs):,} arcs to arrays", runs, lambda p=part: collection(p)
        )
        carried = objective_weights(part, "cost").of(found.carried)
        price = cheapest_by(found.pair, carried, len(found.pairs))
        regret = carried - price[found.pair]
        cluster = timed(f"{name}: clusters", runs, lambda f=found, r=regret: clusters(f, r, 200))
        shape = shape_of(found, cluster, regret, 12)
        small = timed(
            f"{name}: model to arrays, {len(shape.node):,} arcs",
            runs,
            lambda p=part, f=found, s=shape: small_model(p, f, s),
        )
        form = small.priced(price)
        answer = timed(f"{name}: relaxation in HiGHS", runs, lambda f=form: relax(f))
        timed(f"{name}: bound over every arc", runs, lambda s=small, a=answer: proof(s, a.duals))


if __name__ == "__main__":
    main()
