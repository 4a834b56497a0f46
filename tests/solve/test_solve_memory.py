"""Memory is foreseen: told where it is much, refused where it is not there."""

from dataclasses import dataclass

import pytest
from solve_case import random_instance

from siting.cli.fault_words import japanese
from siting.errors import MemoryShortError
from siting.solve import Effort, memory, solve
from siting.solve.memory import needed_mib, require_memory

DATA = random_instance(1)


@dataclass
class Left:
    """What psutil says of the machine's memory."""

    available: float


def leave(monkeypatch: pytest.MonkeyPatch, mib: float) -> None:
    monkeypatch.setattr(memory.psutil, "virtual_memory", lambda: Left(mib * memory.MIB))


def test_study_that_fits_is_solved_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    leave(monkeypatch, needed_mib(DATA, "direct", 12) + 1)
    told: list[str] = []
    require_memory([(DATA, "direct")], 12, told.append)
    assert told == []


def test_study_that_does_not_fit_is_refused_before_it_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leave(monkeypatch, needed_mib(DATA, "direct", 12) - 1)
    told: list[str] = []
    with pytest.raises(MemoryShortError, match=r"GiB is free\. Close other programs") as raised:
        solve(DATA, Effort(strategy="direct"), told.append)
    assert raised.value.exit_code == 2
    assert told == []
    said = japanese(str(raised.value))
    assert "メモリが約" in said
    assert "memory" not in said


def test_large_need_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    leave(monkeypatch, 10_000.0)
    monkeypatch.setitem(memory.FIRST_MIB, "certified", 2_048.0)
    told: list[str] = []
    require_memory([(DATA, "direct"), (DATA, "certified")], 12, told.append)
    assert told == ["memory, about 2.0 of 9.8 GiB that are free"]


def test_far_arcs_cost_less_than_those_that_are_written_down() -> None:
    per_arc = len(DATA.periods) * (memory.BYTES_WRITTEN["certified"] - memory.BYTES_PRICED)
    near, far = (needed_mib(DATA, "certified", lanes) for lanes in (1, 2))
    sources = len(DATA.supply) // len(DATA.periods)
    assert far - near == pytest.approx(sources * per_arc / memory.MIB)
    assert needed_mib(DATA, "certified", 99) == needed_mib(DATA, "certified", 999)


def test_searches_side_by_side_hold_memory_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = needed_mib(DATA, "certified", 12)
    monkeypatch.setattr(memory, "LARGE", 0)
    monkeypatch.setattr(memory, "processors", lambda: 1)
    assert needed_mib(DATA, "certified", 12) == alone
    monkeypatch.setattr(memory, "processors", lambda: 8)
    assert needed_mib(DATA, "certified", 12) == pytest.approx(alone + 2 * memory.WORKER_MIB)
