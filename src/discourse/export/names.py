"""Which names are those of private persons, by what the tagger found and what the posts print.

A name is private where the tagger takes it for a person whom the gazetteer does not know, at least as often as it stands in another name; a
word of such a name ("Okafor" of "Ada Okafor"), where at least half of the times that the posts print it stand in one. Commenters' names are
private where they were kept. But left is

- who signed a post, edited or translated one, wrote a work that is cited, or is in the gazetteer;
- what holds a digit, or is one word in capitals;
- a word ("Winter", "Covid"): the posts write it in small letters, too, and do not mostly mean a person by it;
- what has little but its capitals for it: one word that no longer name of a person holds ("Rotterdam") and that is not mostly printed as a
  person's, or words that are all written in small letters too ("Full Circle"); also where it is, if nowhere a title ("Ms") or a verb of
  speech ("says") stands beside it.

The tagger misses names and takes others wrongly: this is never complete, and masks some names of places and firms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from discourse.export.matching import WORD, Matcher
from discourse.paths import resource_rows
from discourse.tables import UNLINKED

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PERSON", "Names", "private_names"]

POSSESSIVE = re.compile(r"['’]s?$")
PSEUDONYM = re.compile(r"reader-[0-9a-f]{8}")
HANGUL = re.compile(r"[가-힣]")
DIGIT = re.compile(r"\d")
BEFORE = re.compile(r"([^\W_]+)[^\w\n]{1,2}$")
AFTER = re.compile(r"(?:['’]s?)?[^\w\n.]{1,2}([^\W_]+)")
AUTHORS = re.compile(r"\s*(?:;|&|\band\b|\bet al\b\.?)\s*")
SHORTEST = 2
SHORTEST_PART = 3
FARTHEST = 30
ENGLISH = "en"
CASES = "LAW"  # a case is named for its parties, which are persons nevertheless
PERSON = f"{UNLINKED}person/"
Places = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Names:
    """`private` names are masked, `public` ones are left, also where they hold a private one.

    `small` are those of the private names that the posts never write in small letters, so that lists of words in small letters can be
    masked. `slugs` gives each entity that a private name stands for another slug, with a number.
    """

    private: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    slugs: Mapping[str, str] = field(default_factory=dict)


class _Seen(NamedTuple):
    """How often a name is printed within a private person's name, within another, at all, and beside a title or a verb of speech."""

    private: Counter[str]
    other: Counter[str]
    printed: Counter[str]
    beside: Counter[str]

    def small(self, name: str) -> int:
        """Return how often a name is printed in small letters, if it has others."""
        return self.printed[name.lower()] if name != name.lower() else 0

    def is_mostly_private(self, name: str) -> bool:
        """Return whether a name stands in those of private persons at least half of the times that it is printed, in small letters, too."""
        return 2 * self.private[name] >= self.printed[name] and self.private[name] >= 2 * self.small(name)

    def is_private(self, name: str) -> bool:
        """Return whether a name that was taken for a person's is one, unless it is a word that is mostly no name."""
        return self.private[name] >= self.other[name] and (not self.small(name) or self.is_mostly_private(name))

    def is_bare(self, name: str, words: Collection[str]) -> bool:
        """Return whether little but capitals speaks for a name: it is a word apart, or of words that are all written small, too."""
        parts = list(_parts(name))
        alone = " " not in name and name not in words
        phrase = " " in name and bool(parts) and all(self.small(word) for word in parts)
        speaks = self.beside[name] > 0 and (phrase or self.is_mostly_private(name))
        return (alone or phrase) and not speaks and not HANGUL.search(name)


def private_names(
    posts: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    comments: pd.DataFrame,
    notes: pd.DataFrame,
    known: Collection[str],
) -> Names:
    """Return which names of a corpus are masked and which are left.

    Parameters
    ----------
    posts, mentions, comments, notes : the tables of one workspace.
    known : every spelling of every entity of the gazetteer.
    """
    public = frozenset({*known, *_signed(posts), *_cited(notes["author"].dropna())})
    mentions = mentions.assign(called=mentions["text"].str.replace(POSSESSIVE, "", regex=True))
    persons = mentions[(mentions["label"] == "PERSON") & mentions["entity"].str.startswith(UNLINKED)]
    seeds = {name for name in persons["called"] if _may_be(name) and name not in public}
    words = {word for name in seeds if " " in name for word in _parts(name)} - public
    meant = persons[persons["called"].isin(seeds)]
    others = mentions.drop(meant.index)
    seen = _seen(posts, _places(meant), _places(others[others["label"] != CASES]), seeds | words)
    private = {name for name in seeds if seen.is_private(name) and not seen.is_bare(name, words)}
    private |= {word for name in private if " " in name for word in _parts(name) if word not in public and seen.is_mostly_private(word)}
    private |= {name for name in comments["author"] if not PSEUDONYM.fullmatch(name) and len(name) >= SHORTEST and name not in public}
    slugs = sorted(set(persons.loc[persons["called"].isin(private), "entity"]))
    return Names(
        private=frozenset(private),
        public=public,
        small=frozenset(name for name in private if not seen.small(name)),
        slugs={slug: f"{PERSON}name-{k}" for k, slug in enumerate(slugs, start=1)},
    )


def _signed(posts: pd.DataFrame) -> Iterator[str]:
    for column in ("authors", "editors", "translators"):
        for names in posts[column]:
            yield from names


def _cited(authors: Iterable[str]) -> Iterator[str]:
    """Yield the names of authors of works, also turned round where the surname stands first ("Okafor, Ada and Ben Lim")."""
    for some in sorted(set(authors)):
        yield some
        for name in AUTHORS.split(some):
            yield name
            surname, comma, given = name.partition(", ")
            if comma and given and "," not in given:
                yield f"{given} {surname}"


def _may_be(name: str) -> bool:
    shouted = " " not in name and name.isupper()
    return len(name) >= SHORTEST and not DIGIT.search(name) and not shouted and (name != name.lower() or bool(HANGUL.search(name)))


def _parts(name: str) -> Iterator[str]:
    """Yield the words of a name that may stand for it."""
    return (word for word in WORD.findall(name) if len(word) >= SHORTEST_PART and word[0].isupper() and not word.isupper())


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"].split()[-1].lower() for row in resource_rows("gazetteer", "words.csv") if row["kind"] == kind)


@cache
def _is_speech(word: str) -> bool:
    """Return whether a word is a form of a verb of speech."""
    from simplemma import lemmatize

    return lemmatize(word.lower(), lang=ENGLISH) in _words("speech")


def _places(mentions: pd.DataFrame) -> Places:
    """Return where mentions stand in each post, in order."""
    rows = mentions.sort_values(["post_id", "start"])
    places: Places = {}
    for post, start, end in zip(rows["post_id"], rows["start"], rows["end"], strict=True):
        places.setdefault(post, []).append((start, end))
    return places


def _seen(posts: pd.DataFrame, private: Places, other: Places, names: set[str]) -> _Seen:
    seen = _Seen(Counter(), Counter(), Counter(), Counter())
    matcher = Matcher(names | {name.lower() for name in names})
    for post, text in zip(posts["post_id"], posts["text"], strict=True):
        for start, end, name in matcher.all(text):
            seen.printed[name] += 1
            seen.private[name] += _within(start, end, private.get(post, []))
            seen.other[name] += _within(start, end, other.get(post, []))
            before, after = BEFORE.search(text[max(0, start - FARTHEST) : start]), AFTER.match(text, end)
            is_title = before is not None and before[1].lower() in _words("title")
            seen.beside[name] += is_title or any(side is not None and _is_speech(side[1]) for side in (before, after))
    return seen


def _within(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Return whether a place lies in one of some spans, which are in order and apart."""
    at = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return at >= 0 and spans[at][1] >= end
