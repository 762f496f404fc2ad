"""What one document holds: posts, what it says of its blog, and what it is silent on and other pages of the blog may tell."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from discourse.tables import RawPost

__all__ = ["Hints", "Listing", "Page"]


@dataclass(frozen=True)
class Hints:
    """What is known before a document is opened.

    `authors` holds key -> name and role from author files; `columns` field -> column of a table; `date_order` is `dmy`, `mdy` or None.
    """

    authors: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    date_order: str | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of all of it: part of the key under which anything read with these hints is kept."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


class Listing(NamedTuple):
    """One page of a category's listing: the addresses on it, and whether older pages follow."""

    category: str
    number: int
    urls: list[str]
    more: bool


@dataclass
class Page:
    """What one document holds.

    Attributes
    ----------
    posts : in order; one whose `printed` date is numbers apart is dated by `site` once the blog's order is known.
    source : what the page says of the blog: columns of `sources`; `platform` is the loader's own word.
    listings : pages of category listings, where categories show only there.
    dates : numbered dates as printed, each with the ISO date or the beginning of one (`2022-02`) known from elsewhere, or an empty text.
    skipped : what the document holds beside posts, each with its reason.
    """

    posts: list[RawPost] = field(default_factory=list)
    source: dict[str, Any] = field(default_factory=dict)
    listings: list[Listing] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
