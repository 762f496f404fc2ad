"""Readers' comments without what tells who wrote them: a pseudonym for the name, no e-mail in the text."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from discourse.clean.text import regular, tidy_line
from discourse.tables import EMAIL, RawComment, RawPost

__all__ = ["pseudonymous"]


def pseudonymous(post: RawPost, *, salt: str | None) -> RawPost:
    """Return a post whose comments are regular text by pseudonyms; nothing of a post may be kept on disk before that, and it is done once.

    Parameters
    ----------
    salt : secret of the corpus; the same name has the same pseudonym under one salt. None keeps the names.

    >>> from discourse.tables import RawComment, RawPost
    >>> post = RawPost("a.md", "", "", comments=[RawComment("Bea (bea@example.org)", "Write to bea@example.org.")])
    >>> [(comment.author, comment.text) for comment in pseudonymous(post, salt="secret").comments]
    [('reader-98d66cab', 'Write to [e-mail].')]
    """
    return replace(post, comments=[_hidden(comment, salt) for comment in post.comments])


def _hidden(comment: RawComment, salt: str | None) -> RawComment:
    name = EMAIL.sub("", tidy_line(comment.author)).strip(" ()<>[],;:")
    if salt is not None:
        name = f"reader-{hashlib.sha256(f'{salt}:{name.casefold()}'.encode()).hexdigest()[:8]}"
    return replace(comment, author=name, text=EMAIL.sub("[e-mail]", regular(comment.text)))
