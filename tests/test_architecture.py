"""The tree keeps the shape of design.md: which module may know which, and how long it may be."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core"}
MAY_BE_CORE = "siting.solve.core"
LONGEST_FILE, LONGEST_FUNCTION = 300, 60

CHAIN = {
    "pipeline",
    "proposal",
    "comparison",
    "explanation",
    "provenance",
    "check",
    "cli",
    "__main__",
}
STAGES = {
    "assemble", "screening", "solve", "explain", "maps", "report", "outcome", "carriage", "ledger",
    "verify",
} | CHAIN  # fmt: skip
CONFIG = {
    "config", "config_candidate", "config_fault", "config_model", "config_number",
    "config_screening", "config_transport", "file_place",
    "yaml_place",
}  # fmt: skip
BEFORE = {"figures", "layers", "network", "freight", "units"} | CONFIG
MAY_NOT_IMPORT = {
    "errors": BEFORE | STAGES | {"text", "models"},
    "writing": BEFORE | STAGES | {"text", "models"},
    "text": BEFORE | STAGES | {"models"},
    "inline": BEFORE | STAGES | {"text", "models"},
    "yaml_place": (BEFORE | STAGES | {"models"}) - {"yaml_place"},
    "file_place": BEFORE | STAGES | {"text", "models"},
    "config_number": (BEFORE | STAGES | {"text", "models"}) - {"units"},
    "config_fault": (BEFORE | STAGES | {"text", "models"})
    - {"config_number", "file_place", "yaml_place"},
    "config": (BEFORE | STAGES | {"models"}) - CONFIG,
    "config_transport": BEFORE | STAGES | {"models"},
    "config_screening": (BEFORE | STAGES | {"models"}) - {"config_transport"},
    "config_candidate": (BEFORE | STAGES | {"models"}) - CONFIG,
    "config_model": (BEFORE | STAGES | {"models"}) - {"config_transport"},
    "units": (BEFORE | STAGES | {"text", "models"}) - {"units"},
    "figures": (BEFORE | STAGES | {"models"}) - {"figures", "units", "file_place"},
    "layers": (STAGES | {"network", "freight", "figures", "models"}),
    "network": STAGES | {"freight", "figures", "models"},
    "freight": STAGES | CONFIG | {"models"},
    "assemble": STAGES - {"assemble"},
    "screening": STAGES - {"screening", "assemble"},
    "solve": (BEFORE | STAGES) - {"solve"},
    "explain": (STAGES | {"layers", "network", "freight", "figures"})
    - {"explain", "solve", "report"},
    "outcome": STAGES - {"outcome"},
    "carriage": (STAGES | {"network", "freight"}) - {"carriage", "outcome"},
    "ledger": (STAGES | {"network", "freight"}) - {"ledger", "outcome"},
    "verify": (BEFORE | STAGES | {"text", "models"}) - {"verify"},
    "maps": (STAGES | {"network", "freight"})
    - {"maps", "outcome", "carriage", "ledger", "screening"},
    "report": (STAGES | {"network", "freight"}) - {"report", "outcome", "carriage", "ledger"},
}
"""Part of ``siting`` to the parts, and packages, it knows nothing of."""

WITHOUT_MATHEMATICS = (
    "maps", "report", "layers", "network", "freight", "config", "figures", "assemble", "verify",
    "screening",
)  # fmt: skip
MODELS_IMPORT = {"pyomo", "pandas", "numpy", "models"} | set(sys.stdlib_module_names)


class Import(NamedTuple):
    """One imported module, and whether it is imported only for type checkers."""

    name: str
    for_types: bool


@cache
def modules() -> dict[str, Path]:
    """Return every module of the two packages to its file."""
    files = sorted(file for name in ("siting", "models") for file in (ROOT / name).rglob("*.py"))
    return {dotted(file): file for file in files}


def dotted(file: Path) -> str:
    """Return the name by which `file` is imported."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(name: str) -> ast.Module:
    """Return the syntax tree of the module `name`."""
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


@cache
def imports(name: str) -> tuple[Import, ...]:
    """Return all that the module `name` imports, wherever in the file."""
    return tuple(imported(tree(name), for_types=False))


def imported(node: ast.AST, *, for_types: bool) -> Iterator[Import]:
    """Yield the imports below `node`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from imported(child, for_types=True)
        elif isinstance(child, ast.Import):
            yield from (Import(alias.name, for_types) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield from (Import(found, for_types) for found in sources(child))
        else:
            yield from imported(child, for_types=for_types)


def sources(node: ast.ImportFrom) -> list[str]:
    """Return the modules that ``from … import …`` reaches: a submodule, or the one named."""
    package = node.module or ""
    inner = [f"{package}.{alias.name}" for alias in node.names]
    return [name if name in modules() else package for name in inner]


def part(name: str) -> str:
    """Return the part of the project that the module `name` belongs to."""
    package, *inner = name.split(".")
    return inner[0] if package == "siting" and inner else package


def reached(name: str) -> set[str]:
    """Return the parts of the project and the outside packages that the module `name` imports."""
    return {part(found.name) for found in imports(name)}


def bodies(name: str) -> list[tuple[str, int]]:
    """Return each function of the module `name` and how many lines its body has."""
    functions = [n for n in ast.walk(tree(name)) if isinstance(n, ast.FunctionDef)]
    return [(f"{name}.{node.name}", body_lines(node)) for node in functions]


def body_lines(node: ast.FunctionDef) -> int:
    """Return the lines of the body of a function, its docstring left out."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules that are left when all that depend on none of the others are gone."""
    left = dict(graph)
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        left = {name: needs for name, needs in left.items() if name not in free}
    return sorted(left)


def test_both_packages_are_found():
    assert {"siting", "siting.config", "siting.layers.spec", "models", "models.build"} <= set(
        modules()
    )


def test_relative_imports_are_not_used():
    nodes = [(name, node) for name in modules() for node in ast.walk(tree(name))]
    assert [n for n, node in nodes if isinstance(node, ast.ImportFrom) and node.level] == []


def test_models_know_only_mathematics():
    names = [name for name in modules() if part(name) == "models"]
    found = {(n, i.name) for n in names for i in imports(n)}
    assert sorted(pair for pair in found if pair[1].split(".")[0] not in MODELS_IMPORT) == []


@pytest.mark.parametrize("name", sorted(MAY_NOT_IMPORT))
def test_part_knows_nothing_of_what_comes_after(name):
    own = [module for module in modules() if part(module) == name and module.startswith("siting.")]
    faults = {m: found for m in own if (found := reached(m) & MAY_NOT_IMPORT[name])}
    assert own
    assert faults == {}


def test_every_part_has_its_rule():
    parts = {part(name) for name in modules() if name.startswith("siting.")}
    assert parts - set(MAY_NOT_IMPORT) - CHAIN - {"scenarios"} == set()


def test_only_solve_and_models_know_pyomo():
    own = [module for module in modules() if part(module) in WITHOUT_MATHEMATICS]
    assert [m for m in own if reached(m) & {"pyomo", "highspy"}] == []


def test_only_the_command_line_knows_the_pipeline():
    own = [m for m in modules() if part(m) not in CHAIN | {"scenarios"}]
    assert [m for m in own if reached(m) & CHAIN] == []


def test_nothing_prints_but_the_command_line():
    calls = [
        f"{name}:{node.lineno}"
        for name in modules()
        if name != "siting.cli"
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert calls == []


def test_no_module_has_a_name_that_says_nothing():
    vague = [name for name in modules() if BANNED_NAMES & set(name.split("."))]
    assert [name for name in vague if name != MAY_BE_CORE] == []


def test_files_are_short():
    lengths = {n: len(f.read_text(encoding="utf-8").splitlines()) for n, f in modules().items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short():
    long = [found for name in modules() for found in bodies(name) if found[1] > LONGEST_FUNCTION]
    assert long == []


def test_modules_do_not_import_each_other_in_a_circle():
    graph = {
        name: {i.name for i in imports(name) if not i.for_types and i.name != name}
        for name in modules()
    }
    assert cycle(graph) == []


def test_circle_would_be_found():
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == ["a", "b", "c", "d"]
    assert cycle({"a": {"b", "os"}, "b": set()}) == []


def test_import_for_types_is_told_from_one_at_run_time():
    text = "import a\nif TYPE_CHECKING:\n    import b\ndef f():\n    from c import d\n"
    found = list(imported(ast.parse(text), for_types=False))
    assert found == [Import("a", False), Import("b", True), Import("c", False)]
