"""The WARC files of a crawl (ISO 28500): only ever added to, each response a gzip member of its own."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from discourse.errors import FetchError

__all__ = ["Place", "Response", "append", "cut_tails", "take_back"]

LARGEST_ARCHIVE = 200_000_000
CUT = "cut"


class Place(NamedTuple):
    """Where a record lies."""

    archive: str
    start: int
    end: int


@dataclass
class Response:
    """A response to keep: as it came, but unpacked.

    `shown` is a hash of what a reader would see of it, `outline` of the same without numbers and names of months, `target` where it
    redirects to.
    """

    url: str
    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes
    shown: str
    outline: str | None = None
    links: list[str] = field(default_factory=list)
    target: str | None = None


def append(folder: Path, stem: str, response: Response, when: str) -> Place:
    """Append a response to the archive of a run, on the disk when this returns; an append that fails leaves no part of itself.

    The body is kept unpacked, and its length set right.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = _file(folder, stem)
    told = [(key, value) for key, value in response.headers if key.lower() not in ("content-length", "transfer-encoding")]
    http = StatusAndHeaders(
        f"{response.status} {response.reason}", [*told, ("Content-Length", str(len(response.body)))], protocol="HTTP/1.1"
    )
    start = file.stat().st_size if file.exists() else 0
    try:
        with file.open("ab") as out:
            writer = WARCWriter(out, gzip=True)
            if start == 0:
                about = {"software": "discourse", "format": "WARC File Format 1.1", "robots": "obeyed", "isPartOf": stem}
                writer.write_record(writer.create_warcinfo_record(file.name, about))
            record = writer.create_warc_record(
                response.url, "response", payload=io.BytesIO(response.body), http_headers=http, warc_headers_dict={"WARC-Date": when}
            )
            writer.write_record(record)
            record.raw_stream.close()
            out.flush()
            os.fsync(out.fileno())
            return Place(file.name, start, out.tell())
    except OSError:
        take_back(folder, Place(file.name, start, start))
        raise


def take_back(folder: Path, place: Place) -> None:
    """Take off what was appended last and could not be noted."""
    if (folder / place.archive).exists():
        os.truncate(folder / place.archive, place.start)


def cut_tails(folder: Path, name: str, known: dict[str, int], run: int | None) -> None:
    """Move what a killed run appended without noting it into `.fetch/cut`; `known` holds the end of what is noted of each archive.

    Raises
    ------
    FetchError : an archive of this crawl is there of which nothing is known.
    """
    for file in sorted(folder.iterdir()):
        end = known.get(file.name)
        is_ours = file.name.startswith(f"{name}-") and file.name.endswith(".warc.gz")
        if end is None and is_ours:
            if run is None or not file.name.startswith(f"{name}-{run:04d}-"):
                raise FetchError(f"{file}: an archive of which the state in .fetch knows nothing; fetch into a new folder.")
            end = 0
        if end is not None and file.stat().st_size > end:
            data = file.read_bytes()
            place = folder / ".fetch" / CUT
            place.mkdir(exist_ok=True)
            (place / f"{file.name}.{end}").write_bytes(data[end:])
            os.truncate(file, end)


def _file(folder: Path, stem: str) -> Path:
    n = 1
    while (file := folder / f"{stem}-{n:04d}.warc.gz").exists() and file.stat().st_size > LARGEST_ARCHIVE:
        n += 1
    return file
