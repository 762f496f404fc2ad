"""What a framing in a sentence hangs on: each term, and each rule, is left out in turn, and the sum is made anew from what remains.

Without a feature the others of its block weigh more, because each block has length 1; so the sum is computed as for any sentence and not
merely lessened by what the term gave. This is the leave-one-out explanation of a text classifier (Robnik-Šikonja and Kononenko 2008,
https://doi.org/10.1109/TKDE.2007.190734): it says what the model saw, not why the author wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from discourse.tag.codebook.rules import Reading, Rule
from discourse.tag.codebook.without import standing
from discourse.tag.framing.encoder import load_encoder
from discourse.tag.framing.evidence import weights_of
from discourse.tag.framing.features import Feature
from discourse.tag.framing.reading import Reader, Sentence

__all__ = ["Part", "rules", "terms"]

Names = dict[str, Any]


class Part(NamedTuple):
    """What a term or a rule gives to the sum (null where rules alone decide), and whether the code falls when it is left out."""

    given: float | None
    falls: bool


def terms(reader: Reader, sentence: Sentence, code: str, words: Mapping[str, Sequence[int]]) -> dict[str, Part]:
    """Return what each term of a sentence gives to a framing's sum, and whether the framing falls without it.

    Every feature that stands on a token of the term is left out, and every rule that does not hold without these words, and the encoder
    reads the sentence without them. Where `words` has every token once, what is given, what the encoder gives and the offset of the
    head add up to the sum.

    Parameters
    ----------
    reader : the codebook and its model.
    sentence : as `reader.read` returned it.
    code : a framing of the model.
    words : term -> its tokens in the sentence.
    """
    answer = reader.model.codes.index(code)
    given = weights_of(reader.model.framing, sentence.features, sentence.row, answer)
    held = {name for name, _ in sentence.features["rules"]}
    named = {rule.id: rule for one in reader.codebook.codes for rule in one.rules if rule.id in held}
    reading = Reading(sentence.doc.text, sentence.doc)
    left = [_without(reader, sentence, frozenset(tokens), named, reading) for tokens in words.values()]
    fallen = _fallen(reader, sentence, answer, left)
    sums = [float(sum(given[token] for token in tokens)) for tokens in words.values()]
    return {term: Part(*found) for term, found in zip(words, zip(sums, fallen, strict=True), strict=True)}


def rules(reader: Reader, sentence: Sentence, code: str, names: Sequence[str] | None = None) -> dict[str, Part]:
    """Return what each rule gives to a framing's sum, and whether the framing falls without it; rules of the other framings too.

    Parameters
    ----------
    reader, sentence, code : as in `terms`.
    names : of rules; without them those that hold in the sentence. One that does not hold gives nothing.
    """
    answer = reader.model.codes.index(code)
    head = reader.model.framing
    worth = dict(zip(sentence.row.indices.tolist(), sentence.row.data.tolist(), strict=True))
    columns = head.columns.get("rules", {})
    wanted = list(dict.fromkeys(name for name, _ in sentence.features["rules"])) if names is None else list(names)
    encoded = {"encoder": sentence.encoded}
    rest = [sentence.features | {"rules": [feature for feature in sentence.features["rules"] if feature[0] != name]} for name in wanted]
    left = [_names(reader, features) | encoded for features in rest]
    fallen = _fallen(reader, sentence, answer, left)
    given = [float(worth.get(columns[name], 0.0) * head.weights[columns[name], answer]) if name in columns else 0.0 for name in wanted]
    return {name: Part(*found) for name, found in zip(wanted, zip(given, fallen, strict=True), strict=True)}


def _without(reader: Reader, sentence: Sentence, tokens: frozenset[int], named: Mapping[str, Rule], reading: Reading) -> Names:
    """Return the names of the features that remain when some tokens are taken out."""
    doc = sentence.doc
    spans = [(doc[token].idx, doc[token].idx + len(doc[token])) for token in sorted(tokens)]
    held = {rule.id for rule in standing(list(named.values()), reading, spans)}
    kept = {
        block: [(name, on) for name, on in some if (name in held if block == "rules" else tokens.isdisjoint(on))]
        for block, some in sentence.features.items()
    }
    remains = "".join(t.text_with_ws for t in doc if t.i not in tokens)
    return _names(reader, kept) | _encoded(reader, remains)


def _names(reader: Reader, features: Mapping[str, Sequence[Feature]]) -> Names:
    """Return the names by block, those alone that the model knows; the others weigh nothing."""
    return {
        b: [name for name, _ in features.get(b, ()) if name in known] for b, known in reader.model.framing.columns.items() if b != "encoder"
    }


def _encoded(reader: Reader, text: str) -> dict[str, Any]:
    """Return what the encoder says of a text, where the model asks it."""
    return {"encoder": load_encoder().sums([text])[0].tolist()} if "encoder" in reader.model.framing.blocks else {}


def _fallen(reader: Reader, sentence: Sentence, answer: int, left: Sequence[Names]) -> list[bool]:
    """Return for each set of features whether the framing, which the sentence carries, falls with these alone."""
    model = reader.model
    carried = sentence.scores[answer] >= model.thresholds[answer]
    if not left or not carried:
        return [False] * len(left)
    scores = model.scores(model.framing.sums(left))[:, answer]
    return [bool(one) for one in np.asarray(scores < model.thresholds[answer])]
