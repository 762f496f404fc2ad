"""Cue files: patterns as data, each with an example that it must find and one that it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from discourse.paths import resource, resource_rows, sha256
from discourse.tag.literals import Possible

__all__ = ["Cue", "cues", "fingerprint", "found_cues"]

FILES = (
    "clause",
    "denial",
    "holder",
    "modality",
    "role",
    "voice",
    "weal",
)  # those that code; `keywords` is what the tagger is compared with


class Cue(NamedTuple):
    """One row of a cue file."""

    cue: str
    kind: str
    pattern: re.Pattern[str]
    example: str
    no_example: str


@cache
def cues(name: str) -> tuple[Cue, ...]:
    """Return the cues of `resources/cues/<name>.csv`; patterns ignore case and match at word boundaries."""
    rows = resource_rows("cues", f"{name}.csv")
    compiled = [re.compile(rf"\b(?:{row['pattern']})(?!\w)", re.IGNORECASE) for row in rows]
    kinds = [row.get("modality") or row.get("speaker") or row.get("code") or row.get("weal") or name for row in rows]
    return tuple(Cue(r["cue"], kind, p, r["example"], r["no_example"]) for r, kind, p in zip(rows, kinds, compiled, strict=True))


def found_cues(name: str, text: str) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Yield every match of the cues of a file in a text, cue by cue."""
    rows = cues(name)
    yield from ((rows[n], match) for n in _possible(name).within(text) for match in rows[n].pattern.finditer(text))


@cache
def _possible(name: str) -> Possible:
    return Possible([cue.pattern for cue in cues(name)])


@cache
def fingerprint() -> str:
    """Return one SHA-256 over all cue files."""
    return sha256(b"".join(resource("cues", f"{name}.csv").read_bytes() for name in FILES))
