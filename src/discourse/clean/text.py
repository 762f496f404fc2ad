"""Text made regular without moving a letter of meaning.

Unicode is composed (NFC, never NFKC, which would change letters); spaces of every width become one space; zero-width
signs, soft hyphens, byte-order marks and control characters go; entities that a migration left behind are decoded.
Quotation marks, dashes and apostrophes stay as the author set them.
"""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["regular", "take_anchors", "tidy_line"]

SPACES = re.compile(r"[^\S\n]+")
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
JOINERS = re.compile(r"[\u200c\u200d](?<![^\W\d_a-zA-Z].)(?![^\W\d_a-zA-Z])")  # they carry meaning inside Indic and Arabic words only
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
ODD = re.compile(  # whatever these patterns and the breaks of lines below change, but for plain spaces; most texts have none
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
EMPTY_BLOCK = re.compile(r"^[#>-]$", re.MULTILINE)
NOTE = re.compile("\ue000([^\ue000\ue001]{1,40})\ue001")


def regular(text: str) -> str:
    """Return a body in regular form: blocks set apart by exactly one blank line, no space at either end of a line.

    >>> regular("It\\u00a0is  so.\\u200b\\r\\n\\r\\n\\r\\nTrue&#8217;s")
    'It is so.\\n\\nTrue’s'
    """
    text = ENTITY.sub(lambda m: html.unescape(m[0]), text)
    if ODD.search(text):
        text = re.sub("\r\n?|\u2028|\x0b|\x0c", "\n", text).replace("\u2029", "\n\n").replace("\x85", "\n")
        text = SPACES.sub(" ", CONTROL.sub("", JOINERS.sub("", INVISIBLE.sub("", text))))
    elif "  " in text:
        text = re.sub(" {2,}", " ", text)
    text = unicodedata.normalize("NFC", text).strip().replace(" \n", "\n").replace("\n ", "\n")
    text = EMPTY_BLOCK.sub("", text)
    return (re.sub(r"\n{3,}", "\n\n", text) if "\n\n\n" in text else text).strip()


def tidy_line(text: str) -> str:
    """Return a title, name or category on one line in regular form.

    >>> tidy_line(" Kim\\u00a0Jong \\n Un ")
    'Kim Jong Un'
    """
    return " ".join(regular(text).split())


def take_anchors(text: str) -> tuple[str, dict[str, int]]:
    """Take note markers out of a body and return the offset at which each first stood.

    >>> take_anchors("One.\\ue0001\\ue001 Two.\\ue0002\\ue001")
    ('One. Two.', {'1': 4, '2': 9})
    """
    parts: list[str] = []
    anchors: dict[str, int] = {}
    last = length = 0
    for match in NOTE.finditer(text):
        before = text[last : match.start()]
        parts.append(before)
        length += len(before)
        anchors.setdefault(match[1], length)
        last = match.end()
    parts.append(text[last:])
    return "".join(parts).replace("\ue000", "").replace("\ue001", ""), anchors
