"""One blog from many pages: the order of its numbered dates, one record a post, and the categories that only listings tell.

- **Dates** such as 3/4/2021 are read in one order for the whole blog. What settles it, in this order: what is declared; a value above 12;
  a date known from elsewhere (an archive's month, an address, a feed, a dateline). `sources.date_order_from` says which.
- **One post, many pages**: a page of its own, listings, feeds. The body that is not cut counts, rather the post's own page than a feed, and
  of several the one fetched last; what it leaves blank is filled from the others. A body that is cut everywhere is kept and said to be cut.
- **Categories from listings**: a post is in those whose pages show it. What is not there of the listings is said.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from discourse.load.body.dates import number_order, read_date
from discourse.load.page import Listing, Page
from discourse.tables import RawComment, RawPost

__all__ = ["Site", "address"]

INDEX = re.compile(r"(?:/(?:index\.(?:html?|php)|amp))?/?$", re.IGNORECASE)
IDENTITY = re.compile(r"(?:^|&)((?:p|id|page_id|node)=\d+)")
FILLED = (
    "title", "url", "authors", "author_roles", "author_note", "editors", "translators", "published", "published_precision", "printed",
    "categories", "tags", "language", "series", "reprinted_from", "licence", "notes", "comments",
)  # fmt: skip


def address(url: str | None) -> str | None:
    """Return what identifies a page of the web whatever its scheme, `www.`, tracking and trailing slash; None when there is no url.

    >>> address("https://www.example.org/2020/05/A%20b.html?utm_source=x#top"), address("//example.org/blog/"), address("?p=12")
    ('example.org/2020/05/A b.html', 'example.org/blog', None)
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if not parts.netloc:
        return None
    kept = IDENTITY.search(parts.query)
    path = INDEX.sub("", unquote(parts.path))
    return parts.netloc.lower().removeprefix("www.") + path + (f"?{kept[1]}" if kept else "")


class Site:
    """What is known of one blog so far; pages are added in any order.

    Parameters
    ----------
    posts : where the posts are put, under texts as keys; another mapping than a dict may hold them on disk. It must keep the order in which
        keys came first, and be empty.
    """

    def __init__(self, posts: MutableMapping[str, RawPost] | None = None) -> None:
        self.source: dict[str, Any] = {}
        self.listings: dict[tuple[str, int], Listing] = {}
        self._posts = {} if posts is None else posts
        self._dates: list[tuple[str, str]] = []
        self._known: dict[str, str] = {}

    def add(self, page: Page) -> None:
        """Take in what one document holds."""
        for key, value in page.source.items():
            if value and key == "categories":
                self.source[key] = list(dict.fromkeys([*self.source.get(key, []), *value]))
            elif value:
                self.source.setdefault(key, value)
        for listing in page.listings:
            self.listings[listing.category, listing.number] = listing
        self._dates += page.dates
        for post in page.posts:
            key = post.address or f"{post.file}#{len(self._posts)}"
            day = post.published.isoformat() if post.published and post.published_precision == "day" else ""
            if post.address:  # so that other pages may show it
                day = self._known.setdefault(key, day) if day else self._known.get(key, "")
            before = self._posts.get(key) if post.address else None
            if printed := post.printed or (before.printed if before else ""):
                self._dates.append((printed, day))
            self._posts[key] = _merged(before, post) if before else post

    def __len__(self) -> int:
        """Return the number of posts so far."""
        return len(self._posts)

    def posts(self, date_order: str | None = None) -> Iterator[RawPost]:
        """Settle the order of dates, which `source` then tells, and return every post once, dated and with its categories.

        Parameters
        ----------
        date_order : `dmy` or `mdy` where it is declared.
        """
        order, settled_by = _order(self._dates, date_order)
        if order and self._dates:
            self.source |= {"date_order": order, "date_order_from": settled_by}
        members, is_complete = self._members(), not self.missing_listings()
        return (_finished(key, post, order, members, is_complete=is_complete) for key, post in self._posts.items())

    def _members(self) -> dict[str, list[str]] | None:
        """Return address -> categories as the listings show them, or None when no listing was seen."""
        if not self.listings:
            return None
        found: dict[str, list[str]] = defaultdict(list)
        for listing in self.listings.values():
            for url in listing.urls:
                if (key := address(url)) and listing.category not in found[key]:
                    found[key].append(listing.category)
        return found

    def missing_listings(self) -> list[str]:
        """Return what is not there of the category listings: categories without any page, and pages between or after those seen."""
        if not self.listings:
            return []
        seen: dict[str, dict[int, Listing]] = defaultdict(dict)
        for (category, number), listing in self.listings.items():
            seen[category][number] = listing
        missing = [category for category in self.source.get("categories", []) if category not in seen]
        for category, pages in seen.items():
            last = max(pages)
            missing += [f"{category}, page {n}" for n in range(1, last + 1) if n not in pages]
            missing += [f"{category}, page {last + 1}"] if pages[last].more else []
        return missing


def _finished(key: str, post: RawPost, order: str | None, members: Mapping[str, list[str]] | None, *, is_complete: bool) -> RawPost:
    """Return a post dated, and in the categories whose listings show it."""
    post = _dated(post, order)
    if members is not None and not post.categories:
        post.categories = members.get(key) or ([] if is_complete else None)
    if post.cut:
        post.problems.append("only the beginning of the text is here; add the post's own page, or load with what the blog shows.")
    return post


def _merged(first: RawPost, second: RawPost) -> RawPost:
    """Return the fuller of two records of one post, with its blanks filled from the other."""

    def rank(post: RawPost) -> tuple[bool, bool, bool, str, int]:
        return (bool(post.body.strip()), not post.cut, not post.secondhand, post.retrieved_at or "", len(post.body))

    best, other = (second, first) if rank(second) > rank(first) else (first, second)
    for name in FILLED:
        mine, theirs = getattr(best, name), getattr(other, name)
        if (mine is None or mine == "" or mine == []) and theirs:
            setattr(best, name, theirs)
    if len(other.comments) > len(best.comments):
        best.comments = other.comments
    return best


def _order(dates: Iterable[tuple[str, str]], declared: str | None) -> tuple[str | None, str]:
    """Return the order of a blog's numbered dates, and what settled it."""
    if declared:
        return declared, "declared"
    dates = list(dates)
    if settled := number_order(printed for printed, _ in dates):
        return settled, "a value above 12"
    votes: Counter[str] = Counter()
    for printed, known in dates:
        days = {order: read_date(printed, order=order) for order in ("dmy", "mdy")} if known else {}
        fits = [order for order, day in days.items() if day and _fits(day[0], known)]
        votes.update(fits if len(fits) == 1 else ())
    return (votes.most_common(1)[0][0], "dates known from elsewhere on the blog") if votes else (None, "")


def _fits(day: date, known: str) -> bool:
    """Return whether a day is the one known, give or take one for the time zone of whoever says so, or lies in the month known."""
    if len(known) == len("2022-02-22"):
        return abs(day - date.fromisoformat(known)) <= timedelta(days=1)
    return day.isoformat().startswith(known)


def _dated(post: RawPost, order: str | None) -> RawPost:
    """Return a post of its own with the dates that are read once the order of numbers is known."""
    post = replace(post, comments=[_comment_dated(comment, order) for comment in post.comments], problems=[*post.problems])
    if not post.printed:
        return post
    if found := read_date(post.printed, order=order):  # what the blog shows, whatever a feed says in another time zone
        post.published, post.published_precision = found
    elif post.published is None:
        post.problems.append(f"the date {post.printed!r} may be read in two ways; kept without one: say --date-order dmy or mdy.")
    return post


def _comment_dated(comment: RawComment, order: str | None) -> RawComment:
    if not comment.printed or comment.published is not None:
        return comment
    day = read_date(comment.printed, order=order)
    return replace(comment, published=day[0] if day else None)
