"""JSON as it is found in files that nobody checked: read without a crash, and its texts made fit for tables."""

from __future__ import annotations

import json
from typing import Any

from discourse.errors import InputError

__all__ = ["parse_json", "plain"]


def parse_json(data: bytes | str) -> Any:
    """Return what JSON holds.

    Raises
    ------
    InputError : it is no JSON, is cut off, or is nested too deep.
    """
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:  # ValueError: no JSON, not in UTF-8, or a number of thousands of digits
        raise InputError(f"cannot be read as JSON ({' '.join(str(error).split())[:200]}); export or save it again.") from error


def plain(value: Any) -> str:
    r"""Return a text without NUL and halves of a letter, which no table can hold; what is no text gives an empty one.

    >>> plain("a\0b"), plain("a\ud83d"), plain(None), plain(["a"])
    ('ab', 'a?', '', '')
    """
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "") if isinstance(value, str) else ""
