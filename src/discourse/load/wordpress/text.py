"""What a WordPress editor saved, as the blog shows it: shortcodes carried out, and paragraphs where blank lines stand.

WordPress keeps the text of a post in two ways, and an export holds it as kept:

- **Blocks** (since 5.0): HTML between comments such as `<!-- wp:paragraph -->`. The comments go; the HTML is whole.
- **Classic**: no `<p>`. A blank line parts paragraphs and a single line break is a `<br>` (WordPress' own function `wpautop`), but not
  inside a tag, after a `<br>` or in `<pre>`. An address alone on a line is an embed and goes.

In both: `<!--more-->` is no end of the text; `<!--nextpage-->` parts paragraphs. Shortcodes in square brackets: captions, galleries and
players go with what they hold; a shortcode of any other name loses its brackets and keeps what it holds, if it is closed, has attributes
or is known; else the brackets are text, as in "[sic]". Footnotes of plugins become notes: `[ref]` (Simple Footnotes), `[efn_note]` (Easy
Footnotes), `[mfn]` (Modern Footnotes), `[footnote]`, `[fn]`, `((text))` (Footnotes) and `[1. text]` (FD Footnotes), as their own
documentation describes them.
"""

from __future__ import annotations

import html as markup
import json
import re
from bisect import bisect_left
from collections import defaultdict

__all__ = ["as_shown", "paragraphs"]

COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
SHORTCODE = re.compile(r"\[(/?)([A-Za-z][\w-]*)((?:\s[^\[\]]*)?)\]")
ATTRIBUTE = re.compile(r"\s[\w-]+\s*=\s*\S|/\s*\Z")
DROPPED = frozenset("caption wp_caption embed gallery audio video playlist youtube vimeo script iframe contact-form".split())
BARE = DROPPED | frozenset("toc more divider spacer clear separator footnotes reflist references end raw".split())
FOOTNOTES = frozenset("ref footnote fn efn_note mfn modern_footnote".split())
DOUBLED = re.compile(r" ?\(\(((?:[^()]|\([^()]*\))+)\)\)")
NUMBERED = re.compile(r" ?\[\d{1,3}\.\s+([^\[\]]+)\]")
TAG = re.compile(r"(<[^<>]*>)")
EMBED = re.compile(r"^[ \t]*https?://[^\s<>\"]+[ \t]*$", re.MULTILINE)
BREAK = re.compile(r"(<br\s*/?>)[ \t]*\n(?![ \t]*\n)", re.IGNORECASE)
BLANK = re.compile(r"\n[ \t\xa0]*\n\s*")
LEAST_NOTE = 12


def as_shown(content: str, footnotes: str = "") -> str:
    """Return a post's content as HTML, with its footnotes in a list at the end.

    Parameters
    ----------
    content : as the editor saved it.
    footnotes : what the footnotes block saved beside it, in JSON.

    >>> as_shown("One.[ref]Ann Lee[/ref]\\n\\nTwo[sic].")
    '<p>One.<sup><a href="#note-1">1</a></sup><p>Two[sic].<ol class="footnotes"><li id="note-1">Ann Lee</li></ol>'
    """
    in_blocks = "<!-- wp:" in content
    notes: list[tuple[str, str]] = []
    html = COMMENT.sub(lambda m: "\n\n" if m[1].strip() == "nextpage" else "", content.replace("\r\n", "\n").replace("\r", "\n"))
    html = _shortcodes(html, notes)
    html = NUMBERED.sub(lambda m: _note(m[1], notes), html)
    html = DOUBLED.sub(lambda m: _note(m[1], notes) if len(m[1]) >= LEAST_NOTE and " " in m[1].strip() else m[0], html)
    html = html if in_blocks else paragraphs(EMBED.sub("", html))
    items = [*_saved(footnotes), *((f"note-{number}", text) for number, text in notes)]
    listed = "".join(f'<li id="{markup.escape(name)}">{text}</li>' for name, text in items)
    return f'{html}<ol class="footnotes">{listed}</ol>' if listed else html


def paragraphs(text: str) -> str:
    """Return HTML in which blank lines part paragraphs and line breaks are kept, as WordPress shows classic posts and comments.

    >>> paragraphs("One\\ntwo\\n\\n<em>Three</em>")
    '<p>One<br>two<p><em>Three</em>'
    """
    pieces = TAG.split(text)
    kept = False
    for k, piece in enumerate(pieces):
        if k % 2:
            pieces[k] = piece.replace("\n", " ")
            kept = (kept or piece[1:4].lower() == "pre") and piece[1:5].lower() != "/pre"
        elif kept:
            pieces[k] = piece.replace("\n", "&#10;")
    html = BREAK.sub(r"\1", "".join(pieces).strip())
    return "<p>" + BLANK.sub("<p>", html).replace("\n", "<br>")


def _note(text: str, notes: list[tuple[str, str]]) -> str:
    notes.append((str(len(notes) + 1), text.strip()))
    return f'<sup><a href="#note-{len(notes)}">{len(notes)}</a></sup>'


def _shortcodes(html: str, notes: list[tuple[str, str]]) -> str:
    """Carry out the shortcodes in one walk, so that ten thousand that are never closed cost no more than their length."""
    found = list(SHORTCODE.finditer(html))
    closings: dict[str, list[int]] = defaultdict(list)
    for k, match in enumerate(found):
        if match[1]:
            closings[match[2].lower()].append(k)
    pieces: list[str] = []
    place = k = 0
    while k < len(found):
        match = found[k]
        name = match[2].lower()
        later = bisect_left(closings[name], k) if name in closings else 0
        closing = closings[name][later] if name in closings and later < len(closings[name]) and not match[1] else None
        if closing is not None and name in FOOTNOTES | DROPPED:
            pieces.append(html[place : match.start()].rstrip(" ") if name in FOOTNOTES else html[place : match.start()])
            pieces.append(_note(html[match.end() : found[closing].start()], notes) if name in FOOTNOTES else "")
            place, k = found[closing].end(), closing
        elif name in closings or name in BARE or ATTRIBUTE.search(match[3]):
            pieces.append(html[place : match.start()])
            place = match.end()
        k += 1
    return "".join([*pieces, html[place:]])


def _saved(footnotes: str) -> list[tuple[str, str]]:
    """Return the notes of the footnotes block, which keeps their texts beside the post, each with its id."""
    try:
        rows = json.loads(footnotes) if footnotes else []
    except (ValueError, RecursionError):
        return []
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [(row["id"], row["content"]) for row in rows if isinstance(row.get("id"), str) and isinstance(row.get("content"), str)]
