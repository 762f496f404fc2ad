"""Two files of codebooks rule by rule: which rules are gone, new, changed, and the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from discourse.paths import sha256
from discourse.tag.codebook.document import read_document

__all__ = ["compared_rules", "rule_hashes"]

TERM = re.compile(r"\{(\w+)\}")


def compared_rules(before: Path, after: Path) -> dict[str, str]:
    """Return the id of each rule of two codebooks with `gone`, `new`, `changed` or `same`.

    A rule is changed where it says something else, belongs to another code, or uses a term that says something else.

    Parameters
    ----------
    before, after : codebooks that `read_codebook` can read.

    Raises
    ------
    CodebookError : a file cannot be read.
    """
    first, second = (dict(_rules(read_document(file.read_bytes(), file))) for file in (before, after))
    found = {}
    for rule in sorted({*first, *second}):
        if rule not in second:
            found[rule] = "gone"
        elif rule not in first:
            found[rule] = "new"
        else:
            found[rule] = "same" if first[rule] == second[rule] else "changed"
    return found


def rule_hashes(file: Path) -> dict[str, str]:
    """Return the id of each rule of a codebook with the first eight signs of the SHA-256 of all that it says."""
    return {rule: sha256(said.encode())[:8] for rule, said in sorted(_rules(read_document(file.read_bytes(), file)))}


def _rules(book: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the id of each rule and all that it says, the terms that it uses included."""
    terms = book.get("terms") or {}
    for code in book["codes"]:
        for rule in code["rules"]:
            said = json.dumps([code["code"], rule], sort_keys=True, ensure_ascii=False)
            used = {name: terms.get(name) for name in sorted(set(TERM.findall(said)))}
            yield str(rule["id"]), said + json.dumps(used, sort_keys=True, ensure_ascii=False)
