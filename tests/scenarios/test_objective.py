"""The names of the objectives are the model's, and their sense too."""

import pytest

from models.objective import OBJECTIVES
from siting.scenarios.objective import Objective


def test_objectives_are_those_of_the_model() -> None:
    assert {str(objective) for objective in Objective} == set(OBJECTIVES)


@pytest.mark.parametrize("objective", Objective)
def test_sense_is_that_of_the_model(objective: Objective) -> None:
    _, sign = OBJECTIVES[str(objective)]
    assert (sign > 0) == objective.less_is_better
    assert objective.limit == ("at_most" if sign > 0 else "at_least")


@pytest.mark.parametrize("objective", Objective)
def test_objective_has_words_in_both_languages(objective: Objective) -> None:
    assert objective.word("ja") != objective.word("en")
    assert objective.aim("ja") != objective.aim("en")
