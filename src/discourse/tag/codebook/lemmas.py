"""Rules over lemmas: a row of places, each a word in any of its forms, with up to three words between where the codebook says `...`."""

from __future__ import annotations

from dataclasses import dataclass

from discourse.tag.codebook.parse import Parse, Words

__all__ = ["GAP", "Lemmas"]

GAP = "..."
MOST_BETWEEN = 3
HYPHENS = ("-", "‐", "‑")
CLAUSE_ENDS = (";", ":")


@dataclass(frozen=True)
class Lemmas:
    """A row of places; None stands for up to three words, with the marks between them, inside one clause."""

    places: tuple[Words | None, ...]

    def find(self, parse: Parse) -> tuple[int, int] | None:
        """Return where the first match begins and ends in the sentence."""
        if not all(place.may_occur(parse) for place in self.places if place):
            return None
        failed: set[tuple[int, int]] = set()
        first = self.places[0]
        for token in range(len(parse.starts)):
            if first is None or not first.are(parse, token):
                continue
            end = self._end(parse, token, 0, failed)
            if end is not None:
                return parse.starts[token], parse.ends[end - 1]
        return None

    def _end(self, parse: Parse, token: int, place: int, failed: set[tuple[int, int]]) -> int | None:
        """Return the token behind a match of the places from this one on."""
        if place == len(self.places):
            return token
        if (token, place) in failed:
            return None
        wanted = self.places[place]
        if wanted is None:
            nexts = [(after, place + 1) for after in _within_reach(parse, token)]
        else:
            token = token + 1 if place and token < len(parse.starts) and _text(parse, token) in HYPHENS else token
            nexts = [(after, place + 1) for after in (wanted.ends_from(parse, token) if token < len(parse.starts) else [])]
        for after in nexts:
            if (end := self._end(parse, *after, failed)) is not None:
                return end
        failed.add((token, place))
        return None


def _within_reach(parse: Parse, token: int) -> list[int]:
    """Return the token and those behind it that at most three words lie before; marks are not counted, and end at a clause's end."""
    found, n_words = [], 0
    while token < len(parse.starts) and n_words <= MOST_BETWEEN and _text(parse, token) not in CLAUSE_ENDS:
        found.append(token)
        n_words += any(letter.isalnum() for letter in _text(parse, token))
        token += 1
    return found


def _text(parse: Parse, token: int) -> str:
    return parse.text[parse.starts[token] : parse.ends[token]]
