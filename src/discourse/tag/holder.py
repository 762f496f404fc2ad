"""Who holds a view: the author, or somebody whom the sentence, or a quotation that runs through it, quotes or reports.

A cue inside quotation marks, in a block quotation, or in a quotation that an earlier sentence of the paragraph opened is held by another;
so is one in a sentence that words such as "according to the report" attribute as a whole.
For all else the model of holders decides, from the words of saying and their subjects. The words that name the other holder are the
subject of the nearest word of saying; in a quotation of several sentences, whoever was named last in the paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from discourse.tag.framing import attributions, quotations
from discourse.tag.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Holder", "Quotation", "holder_of", "quotation_open"]

UNNAMED = ("none", "first", "it", "which", "that", "this", "these", "those", "you", "there", "what")
PRONOUNS = ("he", "she", "they", "who", "him", "her", "them")


class Holder(NamedTuple):
    """`author` or `other`, and where the sentence names the other holder: words and offsets, or nothing where it does not."""

    holder: str
    text: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass
class Quotation:
    """The state of quotation at a place in a post: whether one is open, and who was named last in the paragraph."""

    open: bool = False
    speaker: str | None = None

    def after(self, sentence: str, doc: Doc | None) -> None:
        """Go on to the end of a sentence."""
        marked = self.open or "“" in sentence or '"' in sentence
        named = speaker_of(doc, 0, 0) if marked and doc is not None else None
        self.open = quotation_open(sentence, self.open)
        self.speaker = named.text if named else self.speaker


def holder_of(doc: Doc, start: int, end: int, *, answer: str, quoted: bool = False, speaker: str | None = None) -> Holder:
    """Return who holds the view whose cue stands at `start` to `end` of the sentence.

    Parameters
    ----------
    doc : the parsed sentence.
    start, end : the cue.
    answer : what the model of holders says, `author` or `other`.
    quoted : whether the sentence stands in a block quotation or in a quotation opened before it.
    speaker : who was named last in the paragraph.
    """
    inside = quoted or any(a <= start and end <= b for a, b in quotations(tokens_of(doc).text))
    whole = any(said.reach == "whole" and said.speaker not in UNNAMED for said in attributions(doc))
    if not (inside or whole) and answer == "author":
        return Holder("author")
    return speaker_of(doc, start, end) or Holder("other", speaker if inside else None)


def speaker_of(doc: Doc, start: int, end: int) -> Holder | None:
    """Return whom the sentence names as speaking: a name or a noun before a pronoun, and of these the one nearest to the cue.

    >>> from discourse.tag import load_english
    >>> (doc,) = load_english().parse(["Critics in Lagos argue that the app tracks everyone."])
    >>> speaker_of(doc, 31, 50)
    Holder(holder='other', text='Critics in Lagos', start=0, end=16)
    """
    found = [
        (said.speaker in PRONOUNS, min(abs(said.start - start), abs(said.start - end)), said.start, said.end)
        for said in attributions(doc)
        if said.speaker not in UNNAMED
    ]
    if not found:
        return None
    _, _, a, b = min(found)
    return Holder("other", tokens_of(doc).text[a:b], a, b)


def quotation_open(sentence: str, before: bool) -> bool:
    """Return whether a quotation is still open after a sentence, given whether one was open before it.

    Curly marks say which way they face; a straight mark opens where none is open and closes where one is.

    >>> quotation_open("“It is so.", False), quotation_open("It ends here.”", True), quotation_open('He said: "It is so.', False)
    (True, False, True)
    """
    opened, closed = sentence.rfind("“"), sentence.rfind("”")
    state = before if opened == closed else opened > closed
    return state != (sentence.count('"') % 2 == 1)
