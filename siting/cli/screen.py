"""``siting screen``: which land is fit for hubs, and where sites are proposed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from siting.cli.option import (
    AsJson,
    DataFolder,
    Lang,
    OutFolder,
    Quiet,
    StudyPath,
    echo_json,
    echo_list,
    language_of,
)
from siting.cli.progress import Told

if TYPE_CHECKING:
    from siting.text import Language


def screen(
    study: StudyPath,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Score all land for hubs, say what excludes it, and propose sites."""
    from siting.proposal import read_proposal, write_proposal
    from siting.screening.answer import answer
    from siting.screening.output import screening_record

    with Told(quiet=quiet) as told:
        proposal = read_proposal(study, data, told)
        told("writing tables, GeoTIFF and page")
        folder = write_proposal(proposal, out)
    language: Language = language_of(lang)
    if as_json:
        echo_json(screening_record(proposal.screened, proposal.judged))
        return
    echo_list(answer(proposal.screened, proposal.judged, language), lang)
    typer.echo(f"{folder / 'candidates.html'}\n{folder / 'suitability.tif'}")
