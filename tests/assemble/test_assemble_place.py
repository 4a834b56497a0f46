"""A place that a study names is found by id or name, or told with a hint."""

import pandas as pd
import pytest

from siting.assemble.place import find_place
from siting.errors import ConfigError

PLACES = pd.DataFrame(
    {
        "name_ja": ["青森港", "八戸港", "新港", "新港"],
        "name_en": ["Aomori", "Hachinohe", "Shinko", "Newport"],
    },
    index=["P1", "P2", "P3", "P4"],
)
LOC = ("modes",)


@pytest.mark.parametrize(("name", "row"), [("P2", 1), ("八戸港", 1), ("Aomori", 0), ("Newport", 3)])
def test_place_is_found_by_id_and_both_names(japan, name, row):
    assert find_place(japan, LOC, name, PLACES, "port") == row


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("新港", "port '新港' is ambiguous: P3 新港, P4 新港. Give the id."),
        ("八戸", "port '八戸' is unknown. Did you mean 八戸港?"),
        ("八戸駅", "port '八戸駅' is unknown. Did you mean 八戸港?"),
        ("Atlantis", "port 'Atlantis' is unknown."),
        ("港", "port '港' is unknown."),
    ],
)
def test_place_that_is_not_clear_is_told_with_its_line(japan, name, told):
    with pytest.raises(ConfigError, match=r"japan_three\.yaml:\d+:\d+: ") as fault:
        find_place(japan, LOC, name, PLACES, "port")
    assert str(fault.value).endswith(told)
