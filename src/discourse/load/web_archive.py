"""Web archives (WARC, ISO 28500) and gzip files: what is packed is unpacked within limits, and read as if it lay there alone.

Of a WARC, read by warcio: responses and resources with status 200 whose content may hold posts. The record gives a document its url, the
charset that the server named, and when it was fetched; a later response of the same url stands beside the earlier one, and the last one
counts. Revisits say that nothing changed and are skipped, redirects and errors are named with their status.

Quirks: an archive cut off in the middle of a record (a crawl that was killed) is read up to there, and the cut is said.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from discourse.errors import InputError
from discourse.load.reading import Document, File

__all__ = ["is_archive", "responses", "unpacked"]

LARGEST_UNPACKED = 500_000_000
LARGEST_RESPONSE = 50_000_000
GZIP = b"\x1f\x8b"
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
WANTED = re.compile(r"html|xml|json|text/plain|rss|atom")


def is_archive(document: Document) -> bool:
    """Return whether a document is a WARC, packed or not."""
    start = document.data[:5]
    if start.startswith(GZIP):
        try:
            start = zlib.decompressobj(wbits=31).decompress(document.data[:4096], 5)
        except zlib.error:
            return False
    return start == b"WARC/"


def unpacked(document: Document) -> Document:
    """Return a document without its gzip packing.

    Raises
    ------
    InputError : it is damaged, or unpacks to more than 500 MB.
    """
    if not document.data.startswith(GZIP):
        return document
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(document.data)) as packed:
            data = packed.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"a damaged gzip file ({error}); fetch it again.") from error
    if len(data) > LARGEST_UNPACKED:
        raise InputError(f"unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB; split it.")
    return Document(document.name.removesuffix(".gz"), data)


def responses(archive: Document, entry: File) -> Iterator[Document]:
    """Yield the responses of a WARC that may hold posts; what is left out, and a cut end, are named in `entry.skipped`.

    Raises
    ------
    InputError : not one record can be read.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    data, read, place = archive.data, 0, None
    try:
        records = ArchiveIterator(io.BytesIO(data), check_digests=False)
        for record in records:
            read, place = read + 1, records.member_info or place
            if record.rec_type in ("response", "resource"):
                yield from _response(archive, record, entry)
        place = records.member_info or place
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error, ValueError, UnicodeError) as error:
        if "non-chunked gzip" in str(error):  # packed as a whole, against the standard
            yield from responses(Document(archive.name, unpacked(archive).data), entry)
            return
        if not read:
            raise InputError(f"a web archive that cannot be read ({_line(error)}); fetch it again.") from error
        entry.skipped.append(
            {"item": f"after record {read}", "reason": f"the archive is damaged here ({_line(error)}); what follows is lost"}
        )
        return
    if not read:
        raise InputError("a web archive without a record that can be read; fetch it again.")
    if place and data[sum(place) :].strip(b"\0\r\n"):
        entry.skipped.append({"item": f"after record {read}", "reason": "the archive breaks off here, in the middle of a record"})


def _response(archive: Document, record: Any, entry: File) -> Iterator[Document]:
    """Yield a record as a document, or say why not."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    kind = (record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type) or ""
    reason = _unwanted(status, kind)
    data = b"" if reason else record.content_stream().read(LARGEST_RESPONSE + 1)
    if len(data) > LARGEST_RESPONSE:
        reason = f"unpacks to more than {LARGEST_RESPONSE // 1_000_000} MB"
    elif not reason and getattr(record.raw_stream, "limit", 0) > 0:
        reason = "the archive breaks off here, in the middle of a record"
    if reason:
        entry.skipped.append({"item": url, "reason": reason})
        return
    charset = CHARSET.search(kind)
    when = record.rec_headers.get_header("WARC-Date")
    yield Document(f"{archive.name}#{url}", data, url, charset[1] if charset else None, when)


def _unwanted(status: str, kind: str) -> str:
    if status != "200":
        return f"answered with status {status}"
    plain = kind.partition(";")[0].strip().lower()
    return "" if not plain or WANTED.search(plain) else f"{plain}: not a format of posts"


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
