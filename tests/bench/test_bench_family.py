"""A member costs the same as tables of the model and as the program that other tools get."""

import importlib

import pytest

from bench.family import FAMILIES, Family, instance_of, member
from bench.hand_over import PEERS
from bench.peer.program import Program
from siting.solve.highs import search
from siting.solve.shell import shell_model

DRAWN = member(Family(25, 2, 2, 5, 3), 4)


@pytest.fixture(scope="module")
def optimum() -> float:
    form = shell_model(instance_of(DRAWN)).form
    return search(form, None, 0.0, 30.0, lambda *_: None).objective


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("name", ["raw highspy", "Pyomo appsi_highs"])
def test_program_has_the_optimum_of_the_model(name: str, optimum: float, *, strong: bool) -> None:
    peer = importlib.import_module(f"bench.peer.{PEERS[name]}")
    highs = peer.build(Program(DRAWN), strong=strong)
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.run()
    assert highs.getInfo().objective_function_value == pytest.approx(optimum, rel=1e-7)


def test_seed_draws_the_same_member_again() -> None:
    first, again, other = (member(Family(25, 1, 1, 5, 3), seed) for seed in (1, 1, 2))
    assert (first.freight_jpy_per_t == again.freight_jpy_per_t).all()
    assert (first.supply_t == again.supply_t).all()
    assert (first.freight_jpy_per_t != other.freight_jpy_per_t).any()


def test_national_family_has_heavy_tails_and_all_its_arcs() -> None:
    family = FAMILIES["1x1"]
    drawn = member(family, 1)
    assert len(drawn.origin) == family.sources * family.arcs_per_source
    largest = sorted(drawn.supply_t[:, 0, 0])[-family.sources // 20 :]
    assert sum(largest) > 0.3 * drawn.supply_t.sum()
