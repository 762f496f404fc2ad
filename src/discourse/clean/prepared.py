"""One post cleaned by itself: a pure function of the post and the corrections of it, so that it can be kept, and done elsewhere.

What depends on other posts is left to `index`: the `post_id`, folded categories, and which earlier post it repeats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from discourse.clean.boilerplate import strip_boilerplate
from discourse.clean.corrections import Correction, correct
from discourse.clean.duplicates import sketch
from discourse.clean.language import detect
from discourse.clean.text import regular, take_anchors, tidy_line
from discourse.tables import RawComment, RawPost, count_words

__all__ = ["Entry", "Prepared", "prepared"]

TIDIED = ("authors", "editors", "translators", "tags")
AS_THEY_ARE = (
    "url", "title", "author_roles", "author_note", "published_precision", "series", "reprinted_from", "licence", "retrieved_at", "sha256",
)  # fmt: skip


class Entry(NamedTuple):
    """What must be known of a post while all others are cleaned.

    `name` sets posts of one file apart, and is of before the corrections; `lines` are those of the corrections that changed something.
    """

    file: str
    address: str | None
    name: str
    published: str | None
    categories: list[str]
    sketch: bytes
    lines: list[int]


@dataclass(frozen=True)
class Prepared:
    """One post cleaned by itself.

    `row` has the columns of `posts`, but for what depends on other posts; `notes` and `comments` are rows without `post_id`; dates are ISO
    texts. `problems` are those that the loader found.
    """

    entry: Entry
    row: dict[str, Any]
    notes: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    problems: list[str]

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return vars(self) | {"entry": [*self.entry[:5], self.entry.sketch.hex(), self.entry.lines]}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Prepared:
        """Return what `to_dict` was made from."""
        file, address, name, published, categories, sketched, lines = kept["entry"]
        return cls(**{**kept, "entry": Entry(file, address, name, published, categories, bytes.fromhex(sketched), lines)})


def prepared(post: RawPost, rows: Sequence[Correction] = ()) -> Prepared:
    """Clean one post by itself.

    Parameters
    ----------
    post : with comments as `pseudonymous` leaves them; it is not changed.
    rows : the corrections of this post, in the order of their file.

    Raises
    ------
    CorrectionError : the new date of a correction cannot be read.

    >>> made = prepared(RawPost("a.md", "", "So\\u00a0it  is.", title=" One\\n"))
    >>> made.row["title"], made.row["text"], made.row["n_words"], made.entry.name
    ('One', 'So it is.', 3, 'undated-one')
    """
    post = replace(post, body=strip_boilerplate(regular(post.body)), title=tidy_line(post.title))
    slug = re.sub(r"\W+", "-", post.title.casefold()).strip("-")[:60]
    name = f"{post.published or 'undated'}-{slug}"
    lines = correct(post, rows)
    text, anchors = take_anchors(post.body)
    row = {column: getattr(post, column) for column in AS_THEY_ARE} | {column: _tidied(getattr(post, column)) for column in TIDIED}
    categories = None if post.categories is None else _tidied(post.categories)
    published = post.published.isoformat() if post.published else None
    row |= {"text": text, "n_words": count_words(text), "language": post.language or detect(text)}
    row |= {"published": published, "categories_raw": categories}
    notes = [note | {"anchor": anchors.get(note["number"]), "text": tidy_line(note["text"])} for note in post.notes]
    entry = Entry(post.file, post.address, name, published, categories or [], sketch(text), lines)
    return Prepared(entry, row, notes, [_comment(comment, n) for n, comment in enumerate(post.comments, start=1)], post.problems)


def _tidied(values: Sequence[str]) -> list[str]:
    return [tidied for value in values if (tidied := tidy_line(value))]


def _comment(comment: RawComment, n: int) -> dict[str, Any]:
    published = comment.published.isoformat() if comment.published else None
    return {"n": n, "parent": comment.reply_to, "author": comment.author, "published": published, "text": comment.text}
