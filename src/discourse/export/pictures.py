"""The files of a figure: how they are written, how a passport travels in them, and the hash of what they show.

A passport stands in the standard field for a description: `Description` of PNG, `dc:description` of SVG, `Subject` of PDF. The hash is that
of the decoded picture and not of the file, so that it holds whoever touched the metadata: of PNG the pixels, of SVG the canonical XML
without metadata, of PDF the pages with all that they use.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from discourse.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["AWAITED", "DPI", "KINDS", "described_in", "digest", "drawn_as", "kind_of", "with_description", "with_digest"]

DPI = 300
KINDS = ("png", "svg", "pdf")
FIELD = {"png": "Description", "svg": "Description", "pdf": "Subject"}
AWAITED = "0" * 64  # in a passport, where the hash of the picture that carries it will stand
MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"%PDF-": "pdf"}
SVG = "http://www.w3.org/2000/svg"
DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
DEEPEST = 40  # of objects inside objects of a PDF
MOST_PIXELS = 200_000_000


def drawn_as(figure: Figure, kind: str, *, title: str, description: str | None = None, dpi: int = DPI) -> bytes:
    """Return a figure as PNG, SVG (text as text) or PDF (fonts embedded); the same figure gives the same bytes."""
    import matplotlib as mpl

    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it names tables of a font that no reader needs
    fixed: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    metadata = {**fixed[kind], "Title": title, **({FIELD[kind]: description} if description is not None else {})}
    out = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": title, "pdf.fonttype": 42}):
        figure.savefig(out, format=kind, dpi=dpi, metadata=metadata)
    return out.getvalue()


def with_description(data: bytes, kind: str, *, title: str, description: str) -> bytes:
    """Return a PNG or SVG that `drawn_as` made, with a description in its metadata; its pixels and marks stay as they are."""
    if kind == "png":
        return _png_with(data, title, description)
    element = f"<dc:description>{escape(description)}</dc:description>"
    return data.replace(b"<dc:type ", element.encode() + b"\n    <dc:type ", 1)


def with_digest(data: bytes, made: str, where: str) -> bytes:
    """Return a PDF with its hash in its passport, where it awaits it: a PDF says at which byte each part begins, and is not added to.

    Parameters
    ----------
    data : a PDF that was drawn with a passport (in ASCII) whose `pictures.pdf` is `AWAITED`.
    made : its `digest`, as long as `AWAITED`.

    Raises
    ------
    InputError : it awaits no hash, or several.
    """
    before, *behind = data.split(f'"pdf":"{AWAITED}"'.encode())
    if len(behind) != 1:
        raise InputError(f"{where}: the PDF has {len(behind)} places for its own hash, not one, so its passport would not hold it.")
    return before + f'"pdf":"{made}"'.encode() + behind[0]


def _png_with(data: bytes, title: str, description: str) -> bytes:
    """Return a PNG with text chunks behind its header; the chunks that hold the pixels are not touched."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Title", title)
    info.add_text(FIELD["png"], description)
    chunks, at = [data[:8]], 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big") + 12
        if data[at + 4 : at + 8] != b"tEXt":
            chunks.append(data[at : at + size])
        if data[at + 4 : at + 8] == b"IHDR":
            small = io.BytesIO()
            Image.new("1", (1, 1)).save(small, "PNG", pnginfo=info)
            chunks.append(_texts(small.getvalue()))
        at += size
    return b"".join(chunks)


def _texts(data: bytes) -> bytes:
    found, at = b"", 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big") + 12
        if data[at + 4 : at + 8] in (b"tEXt", b"iTXt"):
            found += data[at : at + size]
        at += size
    return found


def kind_of(data: bytes) -> str | None:
    """Return `png`, `svg` or `pdf` by what a file holds, else nothing."""
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            return kind
    return "svg" if b"<svg" in data[:2000] else None


def described_in(data: bytes, kind: str, where: str) -> str | None:
    """Return the description that a picture carries, or nothing.

    Raises
    ------
    InputError : the file is damaged.
    """
    if kind == "png":
        text = _opened_png(data, where).info.get(FIELD["png"])
        return text if isinstance(text, str) else None
    if kind == "svg":
        element = _parsed_svg(data, where).find(f".//{DESCRIPTION}")
        return None if element is None else element.text
    about = _opened_pdf(data, where).metadata
    return about.subject if about is not None and isinstance(about.subject, str) else None


def digest(data: bytes, kind: str, where: str) -> str:
    """Return the SHA-256 of what a picture shows, metadata apart.

    Raises
    ------
    InputError : the file is damaged.
    """
    made = hashlib.sha256()
    if kind == "png":
        image = _opened_png(data, where).convert("RGBA")
        made.update(f"{image.width}x{image.height}:".encode())
        made.update(image.tobytes())
    elif kind == "svg":
        from lxml import etree

        root = _parsed_svg(data, where)
        for element in root.findall(f"{{{SVG}}}metadata"):
            root.remove(element)
        made.update(etree.tostring(root, method="c14n2", with_comments=False))
    else:
        for page in _opened_pdf(data, where).pages:
            for part in _parts_of_pdf(page, DEEPEST):
                made.update(part)
    return made.hexdigest()


def _opened_png(data: bytes, where: str) -> Any:
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture of too many pixels is a warning first
            image = Image.open(io.BytesIO(data), formats=["PNG"])
            if image.width * image.height > MOST_PIXELS:
                raise InputError(f"{where}: {image.width} x {image.height} pixels are too many for a figure of this program.")
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(f"{where}: no picture that can be read ({error}); ask for the file again.") from error
    return image


def _parsed_svg(data: bytes, where: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_blank_text=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{where}: no SVG that can be read ({error}); ask for the file again.") from error


def _opened_pdf(data: bytes, where: str) -> Any:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        _ = reader.metadata, [page.mediabox for page in reader.pages]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{where}: no PDF that can be read ({error}); ask for the file again.") from error
    return reader


def _parts_of_pdf(item: Any, deepest: int) -> Iterator[bytes]:
    """Yield everything that a page uses, in a fixed order: names, numbers, text and the decoded content of streams."""
    from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

    found = item.get_object()
    if deepest == 0:
        return
    if isinstance(found, DictionaryObject):
        yield b"<<"
        for key in sorted(found):
            if key not in ("/Parent", "/Length", "/Filter", "/DecodeParms"):
                yield str(key).encode()
                yield from _parts_of_pdf(found.raw_get(key), deepest - 1)
        if isinstance(found, StreamObject):
            yield found.get_data()
        yield b">>"
    elif isinstance(found, ArrayObject):
        yield b"["
        for one in found:
            yield from _parts_of_pdf(one, deepest - 1)
        yield b"]"
    else:
        yield repr(found).encode()
