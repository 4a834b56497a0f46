"""The command line: ``siting run STUDY.yaml`` and its companions."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from siting.errors import ConfigError, SitingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from siting.text import Language

STOPPED_AT_LIMIT = 4

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Choose where recycling hubs go, and prove how good the plan is.",
)
layers_app = typer.Typer(help="List and verify the data layers.", invoke_without_command=True)
app.add_typer(layers_app, name="layers")

StudyPath = Annotated[Path, typer.Argument(help="Study YAML, such as configs/japan.yaml.")]
DataFolder = Annotated[
    Path | None, typer.Option("--data", help="Folder of the layers instead of the shipped one.")
]
OutFolder = Annotated[Path, typer.Option("--out", help="Folder the outputs go to.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on the terminal.")]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON on standard output.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of the summary: ja or en.")]


@app.command()
def run(  # noqa: PLR0913, PLR0917 - one argument per option
    study: StudyPath,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    without_targets: Annotated[
        bool, typer.Option("--without-targets", help="What would the market alone collect?")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Solve a study and write its tables, report and map to OUT/<study>."""
    from siting import pipeline
    from siting.report.summary import closing_summary
    from siting.report.tables import plan_record

    with Told(quiet=quiet) as told:
        outcome = pipeline.run(study, data, told, targets=not without_targets)
        told("writing tables, report and map")
        folder = pipeline.write(outcome, out)
    if as_json:
        typer.echo(json.dumps(plan_record(outcome), ensure_ascii=False, indent=2))
    else:
        for sentence in closing_summary(outcome, language_of(lang)):
            typer.echo(bullet(sentence, lang))
        typer.echo(f"{folder / 'report.html'}\n{folder / 'map.html'}")
    if outcome.plan.status == "limit":
        raise typer.Exit(STOPPED_AT_LIMIT)


@app.command()
def check(study: StudyPath, data: DataFolder = None, quiet: Quiet = False) -> None:
    """Check a study, its layers and every name in it, without solving."""
    from siting import pipeline

    with Told(quiet=quiet) as told:
        prepared = pipeline.prepare(study, data, told)
    instance = prepared.assembled.instance
    for note in prepared.assembled.notes:
        typer.echo(note)
    typer.echo(
        f"{study}: {instance.supply.index.unique('source').size:,} sources, "
        f"{instance.hubs.index.unique('site').size:,} candidate sites, "
        f"{len(instance.arcs):,} arcs. No faults."
    )


@app.command()
def modes(
    study: StudyPath,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Solve a study by truck alone, with rail, with ship and with all; compare lane by lane."""
    from siting import pipeline
    from siting.comparison import compare_modes
    from siting.report.modes import closing_lines, runs_record, write_modes

    with Told(quiet=quiet) as told:
        comparison = compare_modes(study, data, told)
        told("writing tables and page")
        name = f"{next(iter(comparison.runs.values())).study}-modes"
        folder = pipeline.write_folder(out, name, lambda fresh: write_modes(fresh, comparison))
    if as_json:
        typer.echo(json.dumps(runs_record(comparison), ensure_ascii=False, indent=2))
    else:
        for sentence in closing_lines(comparison, language_of(lang)):
            typer.echo(bullet(sentence, lang))
        typer.echo(f"{folder / 'modes.html'}")
    if any(run.plan.status == "limit" for run in comparison.runs.values()):
        raise typer.Exit(STOPPED_AT_LIMIT)


def language_of(lang: str) -> Language:
    """Return the language asked for; Japanese unless it is English."""
    return "en" if lang == "en" else "ja"


def bullet(sentence: str, lang: str) -> str:
    """Return `sentence` as a line of a list."""
    return f"- {sentence}" if lang == "en" else f"・{sentence}"


@app.command()
def solve(
    folder: Annotated[Path, typer.Argument(help="Folder of tables, as in models/README.md.")],
    gap: Annotated[float, typer.Option(help="Stop at this gap.", min=0, max=1)] = 0.005,
    time_limit_s: Annotated[float, typer.Option(help="Seconds to search.", min=0.1)] = 150.0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Solve the instance in FOLDER; needs no layers."""
    from models.instance import Instance, InstanceError
    from siting.solve import Effort
    from siting.solve import solve as solved

    try:
        instance = Instance.read(folder)
    except InstanceError as fault:
        raise ConfigError(str(fault)) from None
    with Told(quiet=quiet) as told:
        plan = solved(instance, Effort(gap=gap, time_limit_s=time_limit_s), told)
    last = plan.hubs.index.get_level_values("period") == instance.periods.index.max()
    hubs = [list(hub) for hub in plan.hubs.index[last].droplevel("period")]
    answer = {
        "status": plan.status,
        "objective_jpy": plan.objective_jpy,
        "bound_jpy": plan.bound_jpy,
        "gap": plan.gap,
        "hubs": hubs,
    }
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"objective {plan.objective_jpy:,.0f} JPY, bound {plan.bound_jpy:,.0f} JPY")
        typer.echo(f"gap {plan.gap:.3%}, {len(hubs)} hubs in the last period")
    if plan.status == "limit":
        raise typer.Exit(STOPPED_AT_LIMIT)


@layers_app.callback()
def layers(context: typer.Context, data: DataFolder = None) -> None:
    """List the layers with their source, licence and vintage."""
    context.obj = data
    if context.invoked_subcommand:
        return
    from siting.layers.catalog import read_catalog
    from siting.layers.folder import data_folder

    table = Table(title=None, box=None, pad_edge=False)
    for column in ("layer", "file", "rows", "vintage", "licence", "source"):
        table.add_column(column, overflow="fold")
    for entry in read_catalog(data or data_folder()).layers:
        rows = "" if entry.rows is None else f"{entry.rows:,}"
        table.add_row(entry.name, entry.file, rows, str(entry.vintage), entry.licence, entry.source)
    Console().print(table)


@layers_app.command("check")
def layers_check(context: typer.Context) -> None:
    """Verify every layer against the catalogue: there, unchanged, in the right CRS."""
    from siting.errors import LayerError, listed
    from siting.layers import read_layers
    from siting.layers.catalog import check as stale_layers
    from siting.layers.folder import data_folder

    folder = context.obj or data_folder()
    if found := stale_layers(folder):
        raise LayerError(listed(folder, found))
    typer.echo(f"{folder}: {len(read_layers(folder).sha256)} layers as catalogued.")


class Told:
    """Progress on standard error: a live line on a terminal, else a line per step."""

    def __init__(self, *, quiet: bool) -> None:
        self.console = Console(stderr=True, quiet=quiet, highlight=False)
        self.status = self.console.status("") if self.console.is_terminal else None
        self.started = time.monotonic()
        self.last_search_s = 0.0

    def __enter__(self) -> Callable[[str], None]:
        if self.status:
            self.status.start()
        return self.tell

    def __exit__(self, *_: object) -> None:
        if self.status:
            self.status.stop()

    def tell(self, step: str) -> None:
        """Show `step`; of the many lines of a search, at most one in ten seconds is kept."""
        elapsed = time.monotonic() - self.started
        line = f"{elapsed:6.0f} s  {step}"
        if self.status:
            self.status.update(line)
        if "search, " in step:
            if elapsed - self.last_search_s < 10:
                return
            self.last_search_s = elapsed
        self.console.print(line)


def main() -> NoReturn:
    """Run the command line; a user's fault is one message and its exit code, no traceback."""
    try:
        app()
    except SitingError as fault:
        Console(stderr=True, highlight=False, soft_wrap=True).print(str(fault), markup=False)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


if __name__ == "__main__":
    main()
