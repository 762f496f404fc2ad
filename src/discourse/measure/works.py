"""Which forms of a reference are one work. Two that are one may stay apart; two that are two must not meet.

Forms meet by their address (`addresses`), whatever else they say, unless it is the front page of a site, which stands for no single work.
They meet by author, year and title where

- the years are the same, or both not given;
- the words of one author are among those of the other (`Lee`, `A. Lee`, `Ann Lee and Bo Kim`), or neither has one and the title is long;
- the titles have the same words, but for case, signs and articles; or one longer word differs by one letter (`defence`, `defense`, a
  misprint); or one lacks the subtitle, where no other title begins like it. Numbers never differ;
- the addresses do not speak against it: on one host two addresses are two works, and on two hosts a short title is not enough.

Linking by blocks and rules follows Fellegi and Sunter (1969) in spirit; no weights are fitted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from discourse.measure.addresses import Address, address_of

__all__ = ["Form", "folded", "one_letter_apart", "same_author", "same_title", "work_of"]

ACCENTS = re.compile("[\u0300-\u036f]")  # of Latin, Greek and Cyrillic letters; in other scripts marks are vowels
WITHIN = re.compile(r"(?<=\w)['’‘.](?=\w)")
ARTICLES = frozenset(("a", "an", "the"))
AND_OTHERS = re.compile(r"\b(?:et al\b\.?|and others\b)", re.IGNORECASE)
SUBTITLE = re.compile(r"\s*(?:[:?!]|\s[–—-])\s")
LONG_WORD, LONG_TITLE, MAIN_TITLE = 5, 4, 3  # letters, words, words before a subtitle
NOT_NAMES = frozenset(("and", "und", "et", "y", "of", "de"))


class Form(NamedTuple):
    """A reference as given, once the note that it stands for is known; `text` is the note's, which tells apart what the rest does not."""

    author: str | None
    title: str | None
    year: int | None
    url: str | None
    text: str | None = None


class _Read(NamedTuple):
    """A form as it is compared; `title` is its words, `main` how many of them stand before the subtitle, none without one."""

    address: Address | None
    author: frozenset[str]
    title: tuple[str, ...]
    main: int
    year: int | None


def folded(text: str | None) -> str:
    """Return text without case, accents, and what parts or joins words.

    >>> folded("Ana García-Pérez, “D’accord”")
    'ana garcia perez daccord'
    """
    plain = unicodedata.normalize("NFC", ACCENTS.sub("", unicodedata.normalize("NFKD", text or ""))).casefold()
    joined = WITHIN.sub("", plain)
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in joined).split())


def work_of(forms: Sequence[Form]) -> list[str | None]:
    """Return for each form the work that it stands for: the same name for the same work, whatever the order; nothing where none is named.

    A form names a work by an address below the front page, by a title with author or year, or by author and year. The name is the first
    of the work's addresses in the alphabet, or its author, year and title. Where there is no title, or a short one without an author
    (`Washington Post, 2017`), it is the note's text.

    Parameters
    ----------
    forms : as cited; equal ones may stand several times.

    >>> lee = Form("Ann Lee", "Wires and walls", 2015, None)
    >>> work_of([lee, Form("A. Lee", "Wires and Walls", 2015, "http://www.example.org/w/"), Form(None, "Emphasis added", None, None)])
    ['example.org/w', 'example.org/w', None]
    """
    import networkx as nx

    read = {form: some for form in sorted(set(forms), key=_order) if (some := _read(form)) is not None}
    graph = nx.Graph()
    graph.add_nodes_from(read)
    for same in _groups((some.address.page, form) for form, some in read.items() if some.address):
        graph.add_edges_from((same[0], other) for other in same[1:])
    for same in _by_title(read):
        graph.add_edges_from((same[0], other) for other in same[1:])
    names: dict[Form, str] = {}
    for component in nx.connected_components(graph):
        pages = [some.address.page for form in component if (some := read[form]).address]
        name = min(pages or [_name(form) for form in component])
        names |= dict.fromkeys(component, name)
    return [names.get(form) for form in forms]


def _read(form: Form) -> _Read | None:
    address = address_of(form.url)
    words = _title(form.title)
    if len(words) > 1 and words[-1] == str(form.year):  # `Regulations, 2016` of 2016
        words = words[:-1]
    if address and address.home:
        address = None
    if not address and not (form.title and (form.author or form.year)) and not (form.author and form.year):
        return None
    main = _title(SUBTITLE.split(form.title or "", maxsplit=1)[0])
    return _Read(address, _author(form.author), words, len(main) if len(main) < len(words) else 0, form.year)


def _title(title: str | None) -> tuple[str, ...]:
    return tuple(word for word in folded(title).split() if word not in ARTICLES)


def _author(author: str | None) -> frozenset[str]:
    return frozenset(folded(AND_OTHERS.sub(" ", author or "")).split()) - ARTICLES - NOT_NAMES


def same_author(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether the words of one author are among those of the other; a letter alone stands for a word that begins with it.

    >>> same_author(frozenset(["lee", "a"]), frozenset(["ann", "lee", "bo", "kim"]))
    True
    """
    if not one or not other:
        return not one and not other
    few, many = sorted((one, other), key=lambda words: (sum(len(word) > 1 for word in words), len(words)))
    named = {word for word in few if len(word) > 1}
    return bool(named) and named <= many and few - named <= {word[0] for word in many - named}


def same_title(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two titles have the same words, but for one letter of one longer word.

    >>> same_title("right to defence".split(), "right to defense".split()), same_title("camp 15".split(), "camp 16".split())
    (True, False)
    """
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unlike) <= 1 and all(min(len(a), len(b)) >= LONG_WORD and one_letter_apart(a, b) for a, b in unlike)


def one_letter_apart(one: str, other: str) -> bool:
    """Return whether a letter more, less, other, or two neighbours swapped, is all the difference; never a digit, never the first.

    >>> one_letter_apart("prison", "prisons"), one_letter_apart("import", "export"), one_letter_apart("camp15", "camp16")
    (True, False, False)
    """
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1]:
        return False
    start = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    end = next((k for k in range(min(len(a), len(b))) if a[-1 - k] != b[-1 - k]), min(len(a), len(b)))
    a, b = a[: len(a) - end], b[: len(b) - end]
    swapped = len(a) == 2 and a == b[::-1]
    return not any(map(str.isdigit, a + b)) and (swapped or max(len(a), len(b)) == 1)


def _by_title(read: dict[Form, _Read]) -> Iterator[list[Form]]:
    """Yield groups of forms that are one work by author, year and title."""
    import networkx as nx

    graph = nx.Graph()
    for block in _blocks(read):
        for one, other in combinations(block, 2):
            a, b = read[one], read[other]
            if same_author(a.author, b.author) and (same_title(a.title, b.title) or _cut(a, b, block, read)):
                graph.add_edge(one, other)
    for component in nx.connected_components(graph):
        yield from _as_addresses_allow(sorted(component, key=_order), read)


def _blocks(read: dict[Form, _Read]) -> Iterator[list[Form]]:
    """Yield forms that may be one work: of one year, that share a word of the author or, without one, begin alike."""
    keys: list[tuple[Hashable, Form]] = []
    for form, some in read.items():
        if some.author and some.title:
            keys += [((some.year, word), form) for word in sorted(some.author) if len(word) > 1]
        elif len(some.title) >= LONG_TITLE:
            keys.append(((some.year, "", some.title[0]), form))
    yield from _groups(keys)


def _cut(one: _Read, other: _Read, block: Sequence[Form], read: dict[Form, _Read]) -> bool:
    """Return whether one title is the other without its subtitle, and no third title of the block begins like it."""
    short, long = sorted((one, other), key=lambda some: len(some.title))
    n = len(short.title)
    if not MAIN_TITLE <= n == long.main or long.title[:n] != short.title:
        return False
    longer = {read[form].title for form in block if len(read[form].title) > n and read[form].title[:n] == short.title}
    return longer == {long.title}


def _as_addresses_allow(forms: list[Form], read: dict[Form, _Read]) -> Iterator[list[Form]]:
    """Yield forms of one author, year and title, parted where their addresses speak against one work."""
    pages = {some.address.page: some.address.host for form in forms if (some := read[form]).address}
    two_on_a_host = len(set(pages.values())) < len(pages)
    short = min(len(read[form].title) for form in forms) < LONG_TITLE
    if len(pages) > 1 and (two_on_a_host or short):
        yield [form for form in forms if not read[form].address]
    else:
        yield forms


def _groups(keyed: Iterable[tuple[Hashable, Form]]) -> Iterator[list[Form]]:
    found: dict[Hashable, list[Form]] = defaultdict(list)
    for key, form in keyed:
        found[key].append(form)
    yield from (some for some in found.values() if some)


def _name(form: Form) -> str:
    """Return the name of a work without an address."""
    title = _title(form.title)
    if form.text and (not title or (not form.author and len(title) < LONG_TITLE)):
        return folded(form.text)
    return " | ".join(part for part in (folded(form.author), str(form.year or ""), " ".join(title)) if part)


def _order(form: Form) -> tuple[str, str, int, str, str]:
    return (form.author or "", form.title or "", form.year or 0, form.url or "", form.text or "")
