"""Accounts of a platform, and the names that they sign with."""

from __future__ import annotations

__all__ = ["signed"]

NOBODY = frozenset("admin administrator webmaster root wordpress user unknown anonymous noreply".split())


def signed(name: str) -> str:
    """Return the name that an account signs with, or an empty text where it is an e-mail address or nobody's.

    >>> signed("Ann Lee"), signed("ann@example.org"), signed("Admin")
    ('Ann Lee', '', '')
    """
    return "" if "@" in name or name.strip().lower() in NOBODY else name
