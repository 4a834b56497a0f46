"""Moves are made in the order of what they are hoped to save."""

from siting.solve.promise import FIRST_SHARES, Promises

FEWER, MORE = (3, "fewer"), (3, "more")


def test_a_move_that_takes_lines_away_is_hoped_to_save_more() -> None:
    promises = Promises()
    assert promises.hope("a", FEWER, 10.0) > promises.hope("b", MORE, 10.0)


def test_hope_grows_with_what_the_kind_saved_and_not_for_other_technologies() -> None:
    promises = Promises()
    before, other = promises.hope("a", MORE, 10.0), promises.hope("a", (4, "more"), 10.0)
    promises.note([MORE, MORE], 0.8, 600)
    assert promises.hope("a", MORE, 10.0) > before
    assert promises.hope("a", (4, "more"), 10.0) == other


def test_what_takes_many_pivots_comes_later() -> None:
    quick, slow = Promises(), Promises()
    quick.note([FEWER], 0.5, 10)
    slow.note([FEWER], 0.5, 9_000)
    assert quick.hope("a", FEWER, 10.0) > slow.hope("a", FEWER, 10.0)


def test_a_kind_that_never_saves_is_hoped_to_save_nothing() -> None:
    promises = Promises()
    for _ in range(30):
        promises.note([FEWER], 0.0, 0)
    assert promises.hope("a", FEWER, 1.0) < 1e-4 * Promises().hope("a", FEWER, 1.0)


def test_a_move_that_saved_nothing_comes_after_its_like() -> None:
    promises = Promises()
    promises.broke("a")
    assert promises.hope("a", FEWER, 10.0) < promises.hope("b", FEWER, 10.0)
    assert set(FIRST_SHARES) == {"fewer", "more", "size", "site"}
