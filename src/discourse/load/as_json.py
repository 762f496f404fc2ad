"""What was read of a file in a form that JSON can hold, and back; dates are ISO texts.

Commenters' names stand in it as they were read: they are to be hidden before it is kept. Texts may hold half a character of UTF-16, as the
export of a blog may, so JSON must be written in ASCII, as Python does when not told otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from discourse.load.files import Read
from discourse.load.page import Listing, Page
from discourse.load.reading import File
from discourse.tables import RawComment, RawPost

__all__ = ["post_from_dict", "post_to_dict", "read_from_dict", "read_to_dict"]


def read_to_dict(read: Read) -> dict[str, Any]:
    """Return what was read of one file as JSON can hold it."""
    return {"files": [asdict(file) for file in read.files], "pages": [_page_to_dict(page) for page in read.pages]}


def read_from_dict(kept: Mapping[str, Any]) -> Read:
    """Return what `read_to_dict` was made from."""
    return Read([File(**file) for file in kept["files"]], [_page_from_dict(page) for page in kept["pages"]])


def post_to_dict(post: RawPost) -> dict[str, Any]:
    """Return a post as JSON can hold it.

    >>> post = RawPost("a.md", "0", "A body.", published=date(2020, 1, 2), comments=[RawComment("Bea", "Yes.")])
    >>> post_to_dict(post)["published"], post_from_dict(post_to_dict(post)) == post
    ('2020-01-02', True)
    """
    comments = [vars(comment) | {"published": _written(comment.published)} for comment in post.comments]
    return vars(post) | {"published": _written(post.published), "comments": comments}


def post_from_dict(kept: Mapping[str, Any]) -> RawPost:
    """Return what `post_to_dict` was made from."""
    comments = [RawComment(**{**comment, "published": _day(comment["published"])}) for comment in kept["comments"]]
    return RawPost(**{**kept, "published": _day(kept["published"]), "comments": comments})


def _page_to_dict(page: Page) -> dict[str, Any]:
    return vars(page) | {"posts": [post_to_dict(post) for post in page.posts]}


def _page_from_dict(kept: Mapping[str, Any]) -> Page:
    return Page(
        posts=[post_from_dict(post) for post in kept["posts"]],
        source=kept["source"],
        listings=[Listing(*listing) for listing in kept["listings"]],
        dates=[(printed, known) for printed, known in kept["dates"]],
        skipped=[(item, reason) for item, reason in kept["skipped"]],
    )


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
