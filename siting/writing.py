"""Files appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path`; if that fails, an earlier file stays as it was."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def write_folder(out: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """Write the folder `name` in `out` in one step, with what `fill` puts into it."""
    out.mkdir(parents=True, exist_ok=True)
    folder = out / name
    fresh = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=out))
    try:
        fresh.chmod(0o755)
        fill(fresh)
        replace_folder(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def replace_folder(fresh: Path, folder: Path) -> None:
    """Put `fresh` where `folder` is; the old one goes only when the new one stands."""
    old = fresh.with_name(f"{fresh.name}-old")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
