"""Ctrl-C is remembered, passed on, and left to Python again afterwards."""

import os
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from models.plan import Plan
from siting import pipeline
from siting.scenarios.interrupt import Interruption
from siting.scenarios.objective import Objective
from siting.scenarios.pareto import find_front
from siting.scenarios.pareto.front import Search

TOY = Path(__file__).parents[2] / "configs" / "toy.yaml"
NO_STEP = lambda _: None  # noqa: E731


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.05)


def test_key_is_remembered_and_passed_on() -> None:
    with Interruption() as interruption:
        assert not interruption.happened
        with pytest.raises(KeyboardInterrupt):
            press()
        assert interruption.happened
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_may_use_it_and_hear_nothing() -> None:
    heard: list[bool] = []

    def work() -> None:
        with Interruption() as interruption:
            heard.append(interruption.happened)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert heard == [False]


def test_front_ends_at_the_point_that_was_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = pipeline.prepare(TOY, None, NO_STEP, targets=False)
    best, asked = Search.best, []

    def stopped(self: Search, data: Any, objective: Objective, known: Sequence[Plan]) -> Plan:
        asked.append(objective)
        if len(asked) == 2:
            with pytest.raises(KeyboardInterrupt):
                press()
        return best(self, data, objective, known)

    monkeypatch.setattr(Search, "best", stopped)
    front = find_front(prepared, Objective.COST, Objective.KGCO2E, 5, NO_STEP)
    assert asked == [Objective.KGCO2E, Objective.COST]
    assert front.interrupted
    assert len(front.points) == 2
