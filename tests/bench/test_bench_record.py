"""A measurement is kept in one file, found again, and judged by its answer alone."""

from pathlib import Path

import pytest

from bench.__main__ import parser, specs
from bench.record import Record, path_of, read_records, write_record
from bench.report.page import write_page
from bench.verdict import wrong

ABOUT = {"date": "2026-01-01T00:00+00:00", "command": "python -m bench", "commit": "abc",
         "load": 0.1, "machine": "a machine", "versions": {"highspy": "1.16"}}  # fmt: skip


def handed(tool: str, **result: object) -> Record:
    same = {"seconds": 0.5, "cpu_s": 0.5, "extra_mib": 10.0, "columns": 9, "rows": 4}
    spec = {"kind": "hand_over", "size": "35k", "tool": tool, "run": 1}
    return Record(spec, {**same, "relaxation": 7.0, **result}, ABOUT)


def closed(tool: str, best: float, bound: float, **spec: object) -> Record:
    trace = [[5.0, best * 1.5, None], [10.0, best, bound]]
    whole = {"kind": "gap", "family": "12x1", "seed": 1, "tool": tool, "form": "", "limit_s": 600.0}
    result = {"trace": trace, "best": best, "bound": bound, "peak_mib": 100.0}
    return Record({**whole, **spec}, result, ABOUT)


def grown(value: int, seconds: float) -> Record:
    spec = {"kind": "growth", "tool": "siting", "varied": "sites", "value": value, "seed": 1}
    return Record(spec, {"seconds": seconds, "peak_mib": 100.0}, ABOUT)


def public(*, is_wrong: bool = False) -> Record:
    spec = {"kind": "public", "tool": "siting", "file": "tbed1/p1", "variant": "multi-source",
            "expected": 10.0, "is_optimum": True, "limit_s": 60.0}  # fmt: skip
    result = {"value": 10.0, "bound": 9.999, "seconds": 3.0, "is_wrong": is_wrong}
    return Record(spec, result, ABOUT)


def test_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    records = [handed("raw highspy"), closed("siting", 10.0, 9.0)]
    for record in records:
        write_record(record, tmp_path)
        assert path_of(record.spec, tmp_path).is_file()
    assert sorted(map(repr, read_records(tmp_path))) == sorted(map(repr, records))
    assert not list(tmp_path.rglob("*.part"))


def test_every_measurement_has_a_file_of_its_own() -> None:
    wanted = list(specs(parser().parse_args(["--seeds", "10"])))
    assert len({path_of(spec) for spec in wanted}) == len(wanted) > 200


def test_pieces_can_be_asked_for() -> None:
    words = ["--only", "gap", "--family", "12x1", "--seeds", "2", "--limit", "180"]
    wanted = list(specs(parser().parse_args([*words, "--tool", "siting"])))
    assert [(s["seed"], s["limit_s"]) for s in wanted] == [(1, 60), (1, 180), (2, 60), (2, 180)]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([handed("raw highspy"), handed("PuLP", relaxation=7.1)], "relaxes to"),
        ([handed("raw highspy"), handed("PuLP", rows=5)], "columns and rows differ"),
        ([closed("siting", 10.0, 9.0), closed("SCIP", 12.0, 10.5)], "is above the plan 10.0"),
        ([public(is_wrong=True)], "tbed1/p1"),
    ],
)
def test_answers_that_contradict_each_other_are_wrong(records: list[Record], said: str) -> None:
    (fault,) = wrong(records)
    assert said in fault


def test_slow_and_poor_answers_are_not_wrong() -> None:
    slow = [handed("raw highspy"), handed("PuLP", seconds=99.0)]
    assert not list(wrong([*slow, closed("siting", 10.0, 5.0), closed("SCIP", 30.0, 9.0)]))


def test_page_has_what_was_measured(tmp_path: Path) -> None:
    records = [handed("raw highspy", seconds=0.1), handed("PuLP", seconds=1.23), public(),
               closed("siting", 10.0, 9.95), grown(10, 1.0), grown(100, 100.0),
               closed("siting", 20.0, 19.0, seed=2)]  # fmt: skip
    write_page(records, tmp_path)
    page = (tmp_path / "benchmark.md").read_text(encoding="utf-8")
    assert "| 35k | PuLP | 1.230 | 12.3 |" in page
    assert "| siting |  | 2 | 10 | – | – | – | 5.00% | 5.00% | 5.00% | 5.00% | 100 |" in page
    assert "| sites | 10, 100 | 1.0, 100.0 | 100, 100 | 2.00 | 0.00 |" in page
    assert "| tbed1/p1 | multi-source | 10.000 | 10.000 | 9.999 | 1.0e-04 | 3.0 | 3 to 12 |" in page
    assert "highspy 1.16" in page
    picture = (tmp_path / "benchmark" / "12x1.svg").read_text(encoding="utf-8")
    assert "siting, 0.50%" in picture
    write_page(records, tmp_path)
    assert (tmp_path / "benchmark.md").read_text(encoding="utf-8") == page
