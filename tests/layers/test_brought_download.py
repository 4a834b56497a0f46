"""Downloads from a server on loopback: what is written is whole, whatever the server does."""

import hashlib
import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Server, serving

from siting.layers.brought.download import (
    CHUNK_BYTES,
    AbsentError,
    Downloads,
    FetchError,
    Manner,
    shown,
)

HASTY = Manner(connect_s=1.0, read_s=0.2, attempts=3, backoff_s=0.01, pause_s=0.0)
CONTENT = bytes(range(256)) * 800  # three chunks and a bit


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.files["data.bin"] = CONTENT
        yield running


def downloads(folder: Path) -> Downloads:
    return Downloads(folder, lambda *_: None, HASTY)


def names(folder: Path) -> list[str]:
    return sorted(path.name[13:] for path in folder.iterdir()) if folder.exists() else []


def test_whole_file_is_kept_with_its_checksum_and_not_asked_for_twice(server, tmp_path):
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    told = []
    fetching = Downloads(tmp_path, lambda *said: told.append(said), HASTY)
    found = fetching.fetch(f"{server.url}/data.bin")
    assert (found.path.read_bytes(), found.sha256) == (CONTENT, sha256)
    assert told[-1] == ("data.bin", len(CONTENT), len(CONTENT))
    assert downloads(tmp_path).fetch(f"{server.url}/data.bin", sha256) == found
    assert server.asked == [("data.bin", "")]
    assert all(agent.startswith("siting/") for agent in server.agents)
    assert names(tmp_path) == ["data.bin", "data.bin.json"]


def test_fetch_again_asks_again(server, tmp_path):
    downloads(tmp_path).fetch(f"{server.url}/data.bin")
    server.files["data.bin"] = b"newer"
    found = downloads(tmp_path).fetch(f"{server.url}/data.bin", again=True)
    assert found.path.read_bytes() == b"newer"


def test_changed_download_is_fetched_anew(server, tmp_path):
    found = downloads(tmp_path).fetch(f"{server.url}/data.bin")
    found.path.write_bytes(b"damaged")
    assert downloads(tmp_path).fetch(f"{server.url}/data.bin").path.read_bytes() == CONTENT
    assert len(server.asked) == 2


@pytest.mark.parametrize("manner", ["truncated", "slow"])
def test_what_breaks_off_goes_on_where_it_broke_off(server, tmp_path, manner):
    server.manners["data.bin"] = [manner]
    found = downloads(tmp_path).fetch(f"{server.url}/data.bin")
    assert found.path.read_bytes() == CONTENT
    (_, first), (_, second) = server.asked
    assert (first, second) == ("", f"bytes={len(CONTENT) // 2 // CHUNK_BYTES * CHUNK_BYTES}-")


def test_file_that_changed_meanwhile_starts_afresh(server, tmp_path):
    server.manners["data.bin"] = ["truncated", "changed"]
    assert downloads(tmp_path).fetch(f"{server.url}/data.bin").path.read_bytes() == CONTENT


@pytest.mark.parametrize("manner", ["truncated", "slow"])
def test_what_breaks_off_for_good_leaves_no_file_and_is_taken_up_later(server, tmp_path, manner):
    server.manners["data.bin"] = [manner] * 30
    with pytest.raises(FetchError, match=r"data\.bin: broke off after .* bytes \("):
        downloads(tmp_path).fetch(f"{server.url}/data.bin")
    assert names(tmp_path) == ["data.bin.part", "data.bin.part.stamp"]
    server.manners.clear()
    before = len(server.asked)
    assert downloads(tmp_path).fetch(f"{server.url}/data.bin").path.read_bytes() == CONTENT
    assert server.asked[before][1].startswith("bytes=")
    assert names(tmp_path) == ["data.bin", "data.bin.json"]


def test_part_that_is_already_whole_is_taken(server, tmp_path):
    fetching = downloads(tmp_path)
    path = fetching.path_of(f"{server.url}/data.bin")
    path.with_name(f"{path.name}.part").write_bytes(CONTENT)
    path.with_name(f"{path.name}.part.stamp").write_text('"0"')
    server.files["data.bin"] = CONTENT
    assert fetching.fetch(f"{server.url}/data.bin").path.read_bytes() == CONTENT


def test_wrong_checksum_leaves_nothing(server, tmp_path):
    with pytest.raises(FetchError, match=r"sha256 is .*, expected 00.*Nothing was written"):
        downloads(tmp_path).fetch(f"{server.url}/data.bin", "00" * 32)
    assert names(tmp_path) == []


def test_file_that_is_not_there_leaves_nothing(server, tmp_path):
    with pytest.raises(AbsentError, match=r"none\.zip: there is no such file \(404\)"):
        downloads(tmp_path).fetch(f"{server.url}/none.zip")
    assert names(tmp_path) == []
    assert len(server.asked) == 1


def test_page_instead_of_an_archive_is_refused(server, tmp_path):
    server.files["a.zip"], server.manners["a.zip"] = archive(), ["lying"]
    with pytest.raises(FetchError, match="is no zip archive"):
        downloads(tmp_path).fetch(f"{server.url}/a.zip")
    assert names(tmp_path) == []
    assert downloads(tmp_path).fetch(f"{server.url}/a.zip").path.read_bytes() == archive()


def test_web_page_instead_of_any_file_is_refused(server, tmp_path):
    server.manners["data.bin"] = ["page"]
    with pytest.raises(FetchError, match="the server answers a web page"):
        downloads(tmp_path).fetch(f"{server.url}/data.bin")
    assert names(tmp_path) == []


def test_file_here_stays_if_it_cannot_be_fetched_again(server, tmp_path):
    found = downloads(tmp_path).fetch(f"{server.url}/data.bin")
    server.manners["data.bin"] = ["busy"] * 30
    with pytest.raises(FetchError, match="the server answers 503"):
        downloads(tmp_path).fetch(f"{server.url}/data.bin", again=True)
    assert downloads(tmp_path).fetch(f"{server.url}/data.bin") == found


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr(zipfile.ZipInfo("a.txt"), "a")
    return content.getvalue()


def test_busy_server_is_asked_again_and_not_for_ever(server, tmp_path):
    server.manners["data.bin"] = ["busy", "busy"]
    assert downloads(tmp_path).fetch(f"{server.url}/data.bin").path.read_bytes() == CONTENT
    server.manners["data.bin"] = ["busy"] * 30
    with pytest.raises(FetchError, match="the server answers 503"):
        downloads(tmp_path).fetch(f"{server.url}/data.bin", again=True)


def test_no_network_is_told_at_once(tmp_path):
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"cannot be reached \(\w+\)\. Nothing was written"):
        downloads(tmp_path).fetch("http://127.0.0.1:9/data.bin")
    assert time.monotonic() - started < 3
    assert names(tmp_path) == []


def test_files_of_a_server_are_asked_for_with_a_pause(server, tmp_path):
    fetching = Downloads(tmp_path, lambda *_: None, HASTY._replace(pause_s=0.3))
    server.files["b"] = b"b"
    fetching.fetch(f"{server.url}/data.bin")
    started = time.monotonic()
    fetching.fetch(f"{server.url}/b")
    assert time.monotonic() - started > 0.25


def test_key_of_the_user_is_not_shown():
    assert shown("https://api/x?appId=secret&statsDataId=1") == "https://api/x?statsDataId=1"
