"""What a codebook proves of itself: that its examples hold, that every rule is needed, and how far its codes overlap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from discourse.tag.codebook.rules import Code, Codebook, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["ENOUGH", "FEWEST", "Overlap", "Parser", "Proof", "problems", "proof"]

ENOUGH, FEWEST = 12, 3
Parser = Callable[[Sequence[str]], "Sequence[Doc]"]


class Overlap(NamedTuple):
    """Two codes that carry the same examples.

    `first_too` of the second code's `match` examples carry the first code as well, `second_too` the other way; `jaccard` is the share of
    the examples with either code that carry both, over all examples of the codebook.
    """

    first: str
    second: str
    first_too: int
    second_too: int
    jaccard: float


@dataclass(frozen=True)
class Proof:
    """What is wrong with a codebook, what could be better, and which of its codes overlap, most first."""

    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    overlaps: tuple[Overlap, ...]


def proof(codebook: Codebook, parser: Parser | None = None, *, fewest: int = FEWEST, enough: int = ENOUGH) -> Proof:
    """Return what a codebook proves of itself, one line each.

    Parameters
    ----------
    codebook : the codebook.
    parser : makes documents of sentences; needed where the codebook has rules of the sorts `lemmas` or `acts`.
    fewest : examples of each sort that a code must have.
    enough : examples of each sort that a code should have; fewer are a warning.
    """
    readings = _readings(codebook, parser)
    wrong: list[str] = []
    better: list[str] = []
    for code in codebook.codes:
        for sort, examples in (("match", code.match), ("no_match", code.no_match)):
            if len(examples) < enough:
                line = f"{code.code}: {len(examples)} sentences in `{sort}`; at least {{}} are needed."
                (wrong if len(examples) < fewest else better).append(line.format(fewest if len(examples) < fewest else enough))
        wrong += _unproved(code, readings)
    return Proof(tuple(wrong), tuple(better), tuple(_overlaps(codebook, readings)))


def problems(codebook: Codebook, parser: Parser | None = None, *, fewest: int = FEWEST) -> list[str]:
    """Return what a codebook fails to prove, one line each: examples that do not hold, rules that no example needs."""
    return list(proof(codebook, parser, fewest=fewest, enough=fewest).problems)


def _readings(codebook: Codebook, parser: Parser | None) -> dict[str, Reading]:
    sentences = list(dict.fromkeys(example for code in codebook.codes for example in (*code.match, *code.no_match)))
    docs = parser(sentences) if parser and codebook.needs_doc else [None] * len(sentences)
    return {sentence: Reading(sentence, doc) for sentence, doc in zip(sentences, docs, strict=True)}


def _unproved(code: Code, readings: dict[str, Reading]) -> list[str]:
    found = {s: list(code.all_in(readings[s])) for s in (*code.match, *code.no_match)}
    needed = {hit.rule for s in code.match for hit in found[s]}
    lines = [f"{code.code}: must match and does not: {s}" for s in code.match if not found[s]]
    lines += [f"{code.code}: must not match and does (rule {found[s][0].rule}): {s}" for s in code.no_match if found[s]]
    lines += [f"{code.code}: stands in `match` and in `no_match`: {s}" for s in sorted(set(code.match) & set(code.no_match))]
    for sort, examples in (("match", code.match), ("no_match", code.no_match)):
        lines += [f"{code.code}: twice in `{sort}`: {s}" for s in dict.fromkeys(examples) if examples.count(s) > 1]
    return [*lines, *(f"{code.code}: no example needs rule {rule.id}" for rule in code.rules if rule.id not in needed)]


def _overlaps(codebook: Codebook, readings: dict[str, Reading]) -> list[Overlap]:
    """Return the pairs of codes that share an example, the most alike first."""
    carried = {code.code: {s for s, reading in readings.items() if next(code.all_in(reading), None)} for code in codebook.codes}
    found = []
    for a, b in combinations(codebook.codes, 2):
        both, either = carried[a.code] & carried[b.code], carried[a.code] | carried[b.code]
        if both:
            shared = len(both & set(b.match)), len(both & set(a.match))
            found.append(Overlap(a.code, b.code, *shared, len(both) / len(either)))
    return sorted(found, key=lambda one: (-one.jaccard, one.first, one.second))
