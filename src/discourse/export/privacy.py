"""The filter that text passes before it leaves: names of private persons and e-mail addresses masked, quotations cut.

It masks the names that `private_names` knows. The tagger misses names, so what leaves is never free of them for certain. Addresses of the
web and the ids of posts are left as they are, for they must work: a name in one of them stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.export.matching import Matcher
from discourse.export.names import PERSON, Names
from discourse.export.quoting import Quotation, cut
from discourse.tables import EMAIL

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ADDRESS_MASK", "MASK", "Filter"]

MASK = "[name]"
ADDRESS_MASK = "[e-mail]"
SLUG = re.compile(rf"{PERSON}[^\W_]+(?:-[^\W_]+)*")
SHORTEST_SHOUTED = 5


class _Piece(NamedTuple):
    """A place of a text that is masked, by what, and the name that stood there."""

    start: int
    end: int
    mask: str
    name: str | None


class Filter:
    """Masks names of private persons and cuts quotations; it knows no workspace.

    `counts` says how often each name was masked since the filter was made or `taken` was called.
    """

    def __init__(self, names: Names, is_open: Mapping[str, bool]) -> None:
        """Make a filter.

        Parameters
        ----------
        names : who is masked and who is left; `Names()` masks nobody.
        is_open : `post_id` -> whether the licence of the post lets its whole text be passed on.
        """
        self._slugs, self._is_open = names.slugs, dict(is_open)
        self._written = _written(names)
        listed = {form for form, name in self._written.items() if form != name and form.islower()}
        self._matcher = Matcher({*self._written, *names.public}, listed=listed)
        self.counts: Counter[str] = Counter()

    def taken(self) -> Counter[str]:
        """Return how often each name was masked, and count anew from here."""
        counts, self.counts = self.counts, Counter()
        return counts

    def is_open(self, post_id: str | None = None) -> bool:
        """Return whether the whole text of a post may be passed on; without a post, whether that of every post may."""
        return all(self._is_open.values()) if post_id is None else self._is_open.get(post_id, False)

    def masks(self, text: str) -> bool:
        """Return whether there is anything in a text to be masked; nothing is counted."""
        return next(self._pieces(text), None) is not None

    def text(self, text: str) -> str:
        """Return a text with `[name]` for each name of a private person and `[e-mail]` for each e-mail address.

        >>> Filter(Names(private=frozenset(["Ada Okafor"])), {}).text("Ada Okafor’s phone; ask ada@example.org")
        '[name]’s phone; ask [e-mail]'
        """
        return self._masked(text, list(self._pieces(text)))

    def quotation(self, text: str, *, start: int = 0, end: int = 0, post_id: str | None = None) -> Quotation:
        """Return a quotation, masked, and cut to 30 words around a span where the licence of the post is not open.

        Parameters
        ----------
        text : a sentence, or more of a post.
        start, end : offsets of the span; what is returned has those of the span as it then stands.
        post_id : the post; without it the quotation is left whole only if the text of every post may be passed on.
        """
        pieces = list(self._pieces(text))
        ends = _moved(start, pieces, is_end=False), _moved(end, pieces, is_end=True)
        whole = Quotation(self._masked(text, pieces), *ends)
        return whole if self.is_open(post_id) else cut(*whole)

    def frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table as it may leave; see `frames.filtered`."""
        from discourse.export.frames import filtered

        return filtered(frame, self)

    def html(self, page: str, *, within: str | None = None) -> str:
        """Return a page as it may leave; see `pages.filtered`."""
        from discourse.export.pages import OUTPUTS, filtered

        return filtered(page, self, within=within or OUTPUTS)

    def graph(self, graph: Any) -> Any:
        """Return a `networkx.Graph` with its nodes and their attributes masked; nodes that become alike are told apart by a number."""
        import networkx as nx

        made, called, used = nx.Graph(), {}, Counter[str]()
        for node, held in graph.nodes(data=True):
            name = self._value(node)
            used[name] += 1
            called[node] = name if used[name] == 1 else f"{name} ({used[name]})"
            made.add_node(called[node], **{key: self._value(value) for key, value in held.items()})
        made.add_edges_from((called[a], called[b], held) for a, b, held in graph.edges(data=True))
        return made

    def _value(self, value: Any) -> Any:
        return self.text(value) if isinstance(value, str) else value

    def _masked(self, text: str, pieces: list[_Piece]) -> str:
        parts, at = [], 0
        for piece in pieces:
            parts += [text[at : piece.start], piece.mask]
            at = piece.end
        self.counts.update(piece.name for piece in pieces if piece.name is not None)
        return "".join([*parts, text[at:]]) if parts else text

    def _pieces(self, text: str) -> Iterator[_Piece]:
        """Yield what is masked of a text, in order and apart."""
        fixed = [_Piece(*match.span(), ADDRESS_MASK, None) for match in EMAIL.finditer(text)] if "@" in text else []
        if PERSON in text:
            fixed += [_Piece(*match.span(), self._slugs[match[0]], match[0]) for match in SLUG.finditer(text) if match[0] in self._slugs]
        named = [_Piece(start, end, MASK, self._written[name]) for start, end, name in self._matcher.longest(text) if name in self._written]
        if fixed:
            named = [piece for piece in named if all(piece.end <= other.start or piece.start >= other.end for other in fixed)]
        yield from sorted([*fixed, *named])


def _written(names: Names) -> dict[str, str]:
    """Return each way in which a private name is written, with the name."""
    written = {name: name for name in sorted(names.private)}
    for name in sorted(names.private):
        shouted = name.upper() if " " in name or len(name) >= SHORTEST_SHOUTED else name
        titled = name.title() if name.isupper() else name
        small = name.lower() if name in names.small else name
        for form in (shouted, titled, small):
            written.setdefault(form, name)
    for form, name in list(written.items()):
        for one, other in (("'", "’"), ("’", "'")):
            written.setdefault(form.replace(one, other), name)
    return {form: name for form, name in written.items() if form not in names.public}


def _moved(place: int, pieces: list[_Piece], *, is_end: bool) -> int:
    """Return where a place of a text stands once pieces of it are masked; one within a piece moves to its edge."""
    shift = 0
    for piece in pieces:
        if place <= piece.start:
            break
        if place < piece.end:
            return piece.start + shift + (len(piece.mask) if is_end else 0)
        shift += len(piece.mask) - (piece.end - piece.start)
    return place + shift
