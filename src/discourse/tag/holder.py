"""Who holds a view: the author, or somebody whom the sentence quotes or reports.

A cue inside quotation marks, in a block quotation, or in a quotation that an earlier sentence of the paragraph opened is held by
another; so is one in a sentence with an attribution (`resources/cues/holder.csv`) whose speaker, before or after it, is not "we" or "I".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from discourse.tag.cues import cues

__all__ = ["Holder", "holder_of", "quotation_open"]

FEWEST_QUOTED_WORDS = 5
QUOTED = re.compile(r"[“\"](?P<inside>[^”\"]*)(?P<close>[”\"]|$)")
FIRST_PERSON = re.compile(r"\b(?:we|i|our|us|my)\b", re.IGNORECASE)
CLAUSE = re.compile(r"[,;:—–(]|\b(?:that|which|who|and|but|because|if|when|where|while)\b", re.IGNORECASE)
AUXILIARY = re.compile(
    r"(?:\s*\b(?:has|have|had|also|once|still|often|long|then|now|recently|initially|later|even|never|not|already|\w+ly))+\s*$",
    re.IGNORECASE,
)
NO_SPEAKER = re.compile(
    r"(?:^|\b(?:to|can|may|might|could|must|should|would|will|is|are|was|were|be|been|by|as|it|this|what|there|than|of|not))$",
    re.IGNORECASE,
)
LONGEST_SPEAKER = 10


class Holder(NamedTuple):
    """`author` or `other`, and the words that show the other holder."""

    holder: str
    text: str | None


def holder_of(sentence: str, start: int, end: int, *, quoted: bool = False) -> Holder:
    """Return who holds the view whose cue stands at `start` to `end` of the sentence.

    Parameters
    ----------
    sentence : the sentence.
    start, end : the cue.
    quoted : whether the sentence stands in a block quotation or a quotation opened before it.

    >>> holder_of("Critics argue that the app tracks everyone.", 23, 41)
    Holder(holder='other', text='Critics')
    >>> holder_of("We argue that the app tracks everyone.", 18, 37)
    Holder(holder='author', text=None)
    """
    if quoted:
        return Holder("other", None)
    for match in QUOTED.finditer(sentence):
        inside = match.start("inside") <= start and end <= match.end("inside")
        if inside and len(match["inside"].split()) >= FEWEST_QUOTED_WORDS:
            return Holder("other", match["inside"].strip())
    for cue in cues("holder"):
        for match in cue.pattern.finditer(sentence):
            who = match["who"] if cue.kind == "after" else _speaker(sentence[: match.start()])
            if who and not FIRST_PERSON.search(who):
                return Holder("other", who.strip())
    return Holder("author", None)


def _speaker(before: str) -> str:
    """Return the words before a verb of saying that name its subject, or nothing when it has none of its own.

    >>> _speaker("As the council notes, many experts have long"), _speaker("This helps to")
    ('many experts', '')
    """
    clause = CLAUSE.split(before)[-1]
    if not clause.strip() and before.rstrip().endswith(","):  # "X, the director, said"
        clause = CLAUSE.split(before.rstrip(" ,"))[-1]
    subject = AUXILIARY.sub("", clause).strip(' “”"')
    return "" if NO_SPEAKER.search(subject) else " ".join(subject.split()[-LONGEST_SPEAKER:])


def quotation_open(sentence: str, before: bool) -> bool:
    """Return whether a quotation is still open after a sentence, given whether one was open before it.

    Curly marks say which way they face; a straight mark opens where none is open and closes where one is.

    >>> quotation_open("“It is so.", False), quotation_open("It ends here.”", True), quotation_open('He said: "It is so.', False)
    (True, False, True)
    """
    opened, closed = sentence.rfind("“"), sentence.rfind("”")
    state = before if opened == closed else opened > closed
    return state != (sentence.count('"') % 2 == 1)
