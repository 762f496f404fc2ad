"""Rules read once more with some words taken out of the sentence: which of those that held hold still."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from discourse.tag.codebook.parse import Parse
from discourse.tag.codebook.rules import Reading, Rule

__all__ = ["standing"]

Span = tuple[int, int]
SPACES = re.compile(r"\s{2,}")


def standing(rules: Sequence[Rule], reading: Reading, spans: Sequence[Span]) -> list[Rule]:
    """Return those of the rules that hold still when the words at these places are gone.

    A pattern, and what a rule has in `with` and `unless`, is searched in the sentence without the words; rules over the parse keep the
    parse, in which the words then match nothing. So a word that merely stands between two that a rule needs is none that it hangs on.

    Parameters
    ----------
    rules : that hold in the whole sentence.
    reading : the whole sentence.
    spans : start and end of each word that is taken out, in characters of the sentence.
    """
    if not rules:
        return []
    left = Reading(_cut(reading.text, spans))
    if reading.parse is not None and any(rule.needs_doc for rule in rules):
        left.parse = _blanked(reading.parse, spans)
    return [rule for rule in rules if rule.find(left) is not None]


def _cut(text: str, spans: Sequence[Span]) -> str:
    kept, last = [], 0
    for start, end in sorted(spans):
        kept.append(text[last:start])
        last = max(last, end)
    return SPACES.sub(" ", "".join([*kept, text[last:]])).strip()


def _blanked(parse: Parse, spans: Sequence[Span]) -> Parse:
    """Return a parse in which words have no form; every offset stays."""
    text = parse.text
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    out = [any(a < end and start < b for a, b in spans) for start, end in zip(parse.starts, parse.ends, strict=True)]
    forms = [frozenset[str]() if gone else own for own, gone in zip(parse.forms, out, strict=True)]
    return replace(parse, text=text, forms=forms, vocabulary=frozenset[str]().union(*forms), _found={})
