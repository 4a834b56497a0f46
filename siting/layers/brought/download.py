"""Fetch a file politely: named, one at a time, again where it broke off, and whole or not at all.

A part of a file that broke off lies as ``.part`` in the folder of downloads, which nothing else
reads; the next try goes on from there if the server says that the file is still the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zipfile
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from siting import __version__
from siting.errors import MissingDataError
from siting.layers.catalog import checksum
from siting.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[str, int, int | None], None]
    """Told the name of a file, the bytes that are here, and all of them if that is known."""

AGENT = f"siting/{__version__} (facility location planner; one file at a time)"
CHUNK_BYTES = 1 << 14
"""What is written at a time; of what breaks off less than that is lost."""

BUSY = (429, 500, 502, 503, 504)
"""Answers that a server gives while it is busy; asked again later."""

GIVEN = (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)

AGAIN = "Ask for the file again, or correct --sha256."

SECRET = {"appId"}
"""Parts of an address that no message shows."""


class FetchError(MissingDataError):
    """An official file could not be fetched."""


class AbsentError(FetchError):
    """The server has no such file."""


class Manner(NamedTuple):
    """How patient and how polite a download is.

    Attributes
    ----------
    connect_s, read_s : longest wait for a connection, and for the next bytes [s].
    attempts : tries in a row that bring nothing new.
    backoff_s : wait after the first of them, doubled each time [s].
    pause_s : wait between two files of one server [s].
    """

    connect_s: float = 10.0
    read_s: float = 60.0
    attempts: int = 4
    backoff_s: float = 1.0
    pause_s: float = 1.0


@dataclass(frozen=True)
class Original:
    """A file as its publisher gives it.

    Attributes
    ----------
    url : where it was fetched, without what is secret; empty if a user handed it over.
    """

    path: Path
    url: str
    sha256: str


class Downloads:
    """A folder of downloads, and how they are fetched."""

    def __init__(self, folder: Path, progress: Progress, manner: Manner | None = None) -> None:
        self.folder, self.progress, self.manner = folder, progress, manner or Manner()
        self.last_s: float | None = None

    def fetch(self, url: str, sha256: str | None = None, *, again: bool = False) -> Original:
        """Return the file at `url`, fetched unless it lies here unchanged.

        Parameters
        ----------
        sha256 : what its checksum must be.
        again : fetch it even if it lies here.

        Raises
        ------
        AbsentError
            If the server has no such file.
        FetchError
            If it cannot be reached, breaks off for good, or gives another file than expected.
        """
        path = self.path_of(url)
        kept = None if again else recorded(path)
        if kept is None or sha256 not in {None, kept}:
            self.folder.mkdir(parents=True, exist_ok=True)
            kept = self.brought(url, path, sha256)
        return Original(path, shown(url), kept)

    def drop(self, original: Original) -> None:
        """Forget a file that turned out not to be what was asked for."""
        original.path.unlink()

    def path_of(self, url: str) -> Path:
        """Return where the file at `url` is kept: its own name after a hash of its address."""
        address = urlsplit(url)
        name = address.path.rsplit("/", 1)[-1] or "file"
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:12]}-{name}"

    def brought(self, url: str, path: Path, sha256: str | None) -> str:
        """Download `url` to `path` and return its checksum."""
        part = path.with_name(f"{path.name}.part")
        with session_of(self.manner) as session:
            self.whole(session, url, part)
        stamp_of(part).unlink()
        try:
            found = checksum(part)
            if sha256 not in {None, found}:
                text = f"sha256 is {found}, expected {sha256}. Nothing was written."
                raise FetchError.of_file(shown(url), [f"{text} {AGAIN}"])
            if path.suffix == ".zip" and not zipfile.is_zipfile(part):
                text = "is no zip archive, expected one. Nothing was written."
                raise FetchError.of_file(shown(url), [f"{text} Open it in a browser."])
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
        write_whole(record_of(path), json.dumps({"url": shown(url), "sha256": found}) + "\n")
        return found

    def whole(self, session: requests.Session, url: str, part: Path) -> None:
        """Download `url` to `part`, going on where it breaks off."""
        most = tries = 0
        while True:
            try:
                return self.rest(session, url, part)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
                size = size_of(part)
                tries, most = (0, size) if size > most else (tries + 1, most)
                if tries >= self.manner.attempts:
                    text = f"broke off after {size:,} bytes ({reason(error)})."
                    raise FetchError.of_file(shown(url), [f"{text} Try again later."]) from None
                time.sleep(self.manner.backoff_s * 2**tries)

    def rest(self, session: requests.Session, url: str, part: Path) -> None:
        """Download what `part` lacks of `url`, or all of it if the file may be another by now."""
        here = size_of(part)
        stamp = stamp_of(part).read_text(encoding="utf-8") if stamp_of(part).exists() else ""
        headers = {"Range": f"bytes={here}-", "If-Range": stamp} if here and stamp else {}
        with self.answer(session, url, headers) as response:
            if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink()  # nothing is lacking, or the file has become shorter
                self.rest(session, url, part)
                return
            goes_on = response.status_code == HTTPStatus.PARTIAL_CONTENT
            size = int(response.headers.get("Content-Length", -1))
            total = None if size < 0 else size + here * goes_on
            with part.open("ab" if goes_on else "wb") as file:
                stamp_of(part).write_text(stamp_in(response), encoding="utf-8")
                for chunk in response.iter_content(CHUNK_BYTES):
                    file.write(chunk)
                    self.progress(part.name[13:].removesuffix(".part"), file.tell(), total)

    def answer(
        self, session: requests.Session, url: str, headers: dict[str, str]
    ) -> requests.Response:
        """Return the answer of the server, the body not yet read."""
        if self.last_s is not None:
            time.sleep(max(0.0, self.last_s + self.manner.pause_s - time.monotonic()))
        timeout = (self.manner.connect_s, self.manner.read_s)
        try:
            response = session.get(url, headers=headers, timeout=timeout, stream=True)
        except requests.RequestException as error:
            text = f"cannot be reached ({reason(error)})."
            raise FetchError.of_file(shown(url), [f"{text} Nothing was written."]) from None
        finally:
            self.last_s = time.monotonic()
        given = response.status_code in GIVEN
        page = given and response.headers.get("Content-Type", "").startswith("text/html")
        if given and not page:
            return response
        response.close()
        if response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            text = f"there is no such file ({response.status_code}). Nothing was written."
            raise AbsentError.of_file(shown(url), [text])
        what = "a web page" if page else f"{response.status_code} {response.reason}"
        text = f"the server answers {what}."
        raise FetchError.of_file(shown(url), [f"{text} Nothing was written."])


def session_of(manner: Manner) -> requests.Session:
    """Return a session that says who asks, and waits for servers that are busy."""
    session = requests.Session()
    session.headers["User-Agent"] = AGENT
    session.headers["Accept-Encoding"] = "identity"  # a Range counts bytes as stored
    patience = Retry(
        total=manner.attempts,
        connect=1,
        status_forcelist=BUSY,
        backoff_factor=manner.backoff_s,
        allowed_methods=["GET"],
        raise_on_status=False,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=patience))
    return session


def record_of(path: Path) -> Path:
    """Return the file that keeps the checksum of the download at `path`."""
    return path.with_name(f"{path.name}.json")


def size_of(part: Path) -> int:
    """Return how much of a file is here [byte]."""
    return part.stat().st_size if part.exists() else 0


def stamp_of(part: Path) -> Path:
    """Return the file that keeps by what the server knows the file that `part` is of."""
    return part.with_name(f"{part.name}.stamp")


def stamp_in(response: requests.Response) -> str:
    """Return by what the server knows this very file; empty if it does not say."""
    stamp = response.headers.get("ETag", "")
    weak = not stamp or stamp.startswith("W/")
    return response.headers.get("Last-Modified", "") if weak else stamp


def recorded(path: Path) -> str | None:
    """Return the checksum of the download at `path`; none if it is not there, or was changed."""
    try:
        kept = str(json.loads(record_of(path).read_text(encoding="utf-8"))["sha256"])
        return kept if checksum(path) == kept else None
    except (OSError, ValueError, KeyError):
        return None


def shown(url: str) -> str:
    """Return `url` as messages and records show it, without what is secret."""
    address = urlsplit(url)
    kept = [(key, value) for key, value in parse_qsl(address.query) if key not in SECRET]
    return urlunsplit(address._replace(query=urlencode(kept)))


def reason(error: Exception) -> str:
    """Return in one word why a server was not heard: what the cause under `error` is called."""
    cause: BaseException = error
    while isinstance(inner := getattr(cause, "reason", None) or first_cause(cause), BaseException):
        cause = inner
    return type(cause).__name__.removesuffix("Error")


def first_cause(error: BaseException) -> object:
    """Return what `error` was made of, if that is an exception."""
    return next((arg for arg in error.args if isinstance(arg, BaseException)), None)
