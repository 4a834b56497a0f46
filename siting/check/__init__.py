"""Is a study, with its layers and tables, as it must be? Every fault of all of them, no solving."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from siting.config import InlineStudy, Study, read_in_part, scenario_study
from siting.errors import Located, SitingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from siting.config import Config

    Progress = Callable[[str], None]

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Checked:
    """What was found of a study.

    Attributes
    ----------
    faults : each once, in the order of files and lines.
    exit_code : of the first error that was found; 0 if there is none.
    notes : what the study does not say but a planner may want to know, Japanese / English.
    counts : what there is to how many: source, site, hub.
    """

    faults: dict[Located, None] = field(default_factory=dict)
    exit_code: int = 0
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def tried(self, step: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """Return what `step` returns, or note its faults and return none."""
        try:
            return step(*given, **named)
        except SitingError as fault:
            self.exit_code = self.exit_code or fault.exit_code
            self.faults |= dict.fromkeys(fault.located)
            return None

    def note(self, faults: list[Located]) -> None:
        """Keep `faults` of what the user wrote."""
        if faults:
            self.exit_code = self.exit_code or SitingError.exit_code
            self.faults |= dict.fromkeys(faults)


def check(path: Path, data: Path | None, progress: Progress, scenario: str | None) -> Checked:
    """Return every fault of the study at `path`, of the layers in `data`, and of what it names.

    Parameters
    ----------
    data : folder of the layers; the shipped one if none is given.
    scenario : one that the study must have; all it has are checked.
    """
    found = Checked()
    progress("reading the study")
    read = found.tried(read_in_part, path)
    if read is None:
        return found
    config, faults, lost = read
    found.note(faults)
    if config is None:
        return found
    if scenario is not None:
        found.tried(scenario_study, config, scenario)
    if isinstance(config.study, InlineStudy):
        from siting.check.inline import check_tables

        check_tables(found, config, config.study, lost)
    else:
        check_on_layers(found, config, config.study, lost, data, progress)
    found.faults = dict.fromkeys(sorted(found.faults))
    return found


def check_on_layers(
    found: Checked,
    config: Config,
    study: Study,
    lost: set[str],
    data: Path | None,
    progress: Progress,
) -> None:
    """Note in `found` what is wrong with layers, tables and the names of a `study` on them."""
    from siting.check.layer import reference_faults
    from siting.check.name import Names, check_names
    from siting.check.param import read_params, rule_faults
    from siting.layers import data_folder, read_layers

    progress("reading the layers")
    folder = found.tried(lambda: data or data_folder())
    layers = found.tried(read_layers, folder) if folder else None
    if layers:
        found.note(reference_faults(layers))
    progress("reading the tables of figures")
    params = read_params(found, config.path)
    if layers and params:
        progress("looking up every name")
        found.note(rule_faults(layers, *params))
        check_names(found, Names(config, study, layers, *params[:2]), lost)
