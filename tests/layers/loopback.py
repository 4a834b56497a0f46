"""A server on loopback that answers well and badly, and files as their publishers write them."""

import struct
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import geopandas as gpd


@dataclass
class Server:
    """What is served, how, and what was asked.

    Attributes
    ----------
    files : path to content.
    manners : path to how it is answered, the first request first: whole, truncated, slow, busy,
        page (a page instead of the file), lying (the same, not said to be one), changed (a new
        ETag); whole when they are used up.
    asked : path and Range of each request.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    manners: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    stamps: dict[str, int] = field(default_factory=dict)


class Handler(BaseHTTPRequestHandler):
    """Answers for the ``Server`` that its class is given."""

    protocol_version = "HTTP/1.1"
    serves: Server

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer as the manner of the file says."""
        serves, path = self.serves, self.path.removeprefix("/")
        serves.asked.append((path, self.headers.get("Range", "")))
        serves.agents.add(self.headers.get("User-Agent", ""))
        left = serves.manners.get(path, [])
        manner = left.pop(0) if left else "whole"
        if path not in serves.files or manner == "busy":
            self.empty(503 if manner == "busy" else 404)
            return
        if manner == "changed":
            serves.stamps[path] = serves.stamps.get(path, 0) + 1
        content = b"<html>moved</html>" if manner in {"lying", "page"} else serves.files[path]
        self.give(content, f'"{serves.stamps.get(path, 0)}"', manner)

    def empty(self, status: int) -> None:
        """Answer with nothing but `status`."""
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def give(self, content: bytes, stamp: str, manner: str) -> None:
        """Send `content`, or what is asked of it, or half of that."""
        start, asked = 0, self.headers.get("Range")
        if asked and self.headers.get("If-Range") == stamp:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
        if start >= len(content) > 0:
            self.empty(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("ETag", stamp)
        if manner == "page":
            self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        rest = content[start:]
        if manner in {"truncated", "slow"}:
            self.wfile.write(rest[: len(rest) // 2])
            self.wfile.flush()
            time.sleep(1.0 if manner == "slow" else 0.0)
            self.close_connection = True
            return
        self.wfile.write(rest)


@contextmanager
def serving() -> Iterator[Server]:
    """Serve on loopback while the context lasts."""
    server = Server()
    answering = type("Answering", (Handler,), {"serves": server})
    http = ThreadingHTTPServer(("127.0.0.1", 0), answering)
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def ksj_shapefile(frame: gpd.GeoDataFrame, path: Path, folder: str = "") -> Path:
    """Write `frame` as 国土数値情報 did: a zipped shapefile in Shift JIS that names no CRS."""
    work = path.with_suffix("")
    work.mkdir()
    frame.to_file(work / f"{path.stem}.shp", encoding="cp932")
    with zipfile.ZipFile(path, "a") as archive:
        for ending in (".shp", ".shx", ".dbf"):
            archive.write(work / f"{path.stem}{ending}", f"{folder}{path.stem}{ending}")
    return path


def named(name: str) -> zipfile.ZipInfo:
    """Return an entry of an archive called `name` in Shift JIS, as Windows writes it."""
    info = zipfile.ZipInfo("x")
    info.filename = name.encode("cp932").decode("cp437")
    return info


def varint(number: int) -> bytes:
    """Return `number` as Protocol Buffers write it."""
    out = b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def pb(tag: int, value: int | bytes) -> bytes:
    """Return a field of a message of Protocol Buffers."""
    if isinstance(value, int):
        return varint(tag << 3) + varint(value)
    return varint(tag << 3 | 2) + varint(len(value)) + value


def zigzag(number: int) -> int:
    """Return a signed number as Protocol Buffers turn it into an unsigned one."""
    return number << 1 if number >= 0 else (-number << 1) - 1


def osm_pbf(points: list[tuple[float, float, dict[str, str]]]) -> bytes:
    """Return an extract of OpenStreetMap with nodes at lat, lon with their tags."""
    strings = [""]
    nodes = b""
    for number, (lat, lon, tags) in enumerate(points, 1):
        keys, values = b"", b""
        for key, value in tags.items():
            strings += [key, value]
            keys, values = keys + varint(len(strings) - 2), values + varint(len(strings) - 1)
        place = pb(8, zigzag(round(lat * 1e7))) + pb(9, zigzag(round(lon * 1e7)))
        nodes += pb(1, pb(1, zigzag(number)) + pb(2, keys) + pb(3, values) + place)
    table = b"".join(pb(1, one.encode()) for one in strings)
    blocks = [("OSMHeader", pb(4, b"OsmSchema-V0.6")), ("OSMData", pb(1, table) + pb(2, nodes))]
    out = b""
    for kind, block in blocks:
        blob = pb(1, block) + pb(2, len(block))
        head = pb(1, kind.encode()) + pb(3, len(blob))
        out += struct.pack(">I", len(head)) + head + blob
    return out
