"""Bylines: who wrote, edited and translated a post, and in which role.

Seen on HRNK's Hidden Gulag blog, here with other names: `By Rosa Calder, Research Intern`, `Edited by Anton Weiss, Director of
Operations and Research` (a role with "and" in it), `Translated and edited by A and B`, `Mina Ro (Director of Programs & Editor)`, names
with nicknames (`Junsoo “Steve” Kim`, `Suhwan (Alma) Seo`). The words are in `resources/byline_words.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from discourse.paths import resource_rows

__all__ = ["LINKS", "Byline", "is_organisation", "is_plain_word", "is_role_line", "opens_byline", "read_byline", "word_of", "words"]

NAME = re.compile(r"[^\W\d_][\w.’'“”\"()\-‐‑–]*(?:\s+[^\W\d_“\"(][\w.’'“”\"()\-‐‑–]*|\s+[“\"(‘'][\w.’' \-]+[”\")’'])*")
BETWEEN = re.compile(
    r"(,\s*(?:(?:and|&|und|et|y|e)\s+(?!al\b))?|\s+(?:and|und|et|y|e)\s+(?=[^\W\d_])(?!al\b)|\s+&\s+|\s*;\s*|\s+\|\s+|\s*[·、]\s*)"
)
DEGREE = re.compile(r"(?:Ph\.? ?D|J\.?D|LL\.?[MBD]|M\.?A|M\.?S|M\.?D|M\.?P\.?[AP]|M\.?Phil|MSc|BA|B\.A|Esq)\.?")
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
KOREAN_NAME = re.compile(r"([가-힣]{2,4})\s+(\S.*)")
BRACKET = re.compile(r"\s*\(([^()]*)\)")
KINDS = ("author", "editor", "translator", "translator and editor")
PREPOSITIONS = ("by", "von", "par", "por", "di", "da", "de")
LINKS = frozenset("of and & for the in at to on de von du des la und et y e i former".split())
NOT_ALONE = frozenset("research institute university committee staff executive former".split())
MOST_WORDS_IN_NAME = 6
MOST_WORDS_IN_ROLE = 18
LONGEST_BYLINE = 400


@cache
def words(*kinds: str) -> str:
    """Return a pattern of the words of some kinds, the longest first; either apostrophe will do."""
    found = {row["word"] for row in resource_rows("byline_words.csv") if row["kind"] in kinds}
    return _pattern(found)


def _pattern(found: Iterable[str]) -> str:
    ordered = sorted(found, key=lambda word: (-len(word), word))
    escaped = [re.escape(word).replace("’", "'").replace("'", "['’]") for word in ordered]
    return "|".join(text.replace(r"\ ", " ?" if text[0] >= "\uac00" else r"\s+") for text in escaped)


@cache
def word_of(*kinds: str) -> re.Pattern[str]:
    """Return what finds a word of some kinds, or its plural."""
    return re.compile(rf"(?<!\w)(?:{words(*kinds)})s?(?!\w)", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    """Return what opens a byline; a word that is no preposition needs a colon, so that "Editor in exile" is text."""
    known = [row["word"] for row in resource_rows("byline_words.csv") if row["kind"] in KINDS]
    plain = _pattern(word for word in known if word.split()[-1] in PREPOSITIONS)
    korean = _pattern(word for word in known if word[0] >= "\uac00")
    return re.compile(
        rf"(?:(?P<plain>{plain})(?:\s*[:：]\s*|\s+)|(?P<noun>{words(*KINDS)})\s*[:：]\s*"
        rf"|(?P<korean>{korean})\s+(?=[가-힣]{{3}}(?:[\s,(]|$)|[A-Z]))(?P<who>\S.*)",
        re.IGNORECASE,
    )


@cache
def _kinds() -> dict[str, str]:
    return {_bare(row["word"]): row["kind"] for row in resource_rows("byline_words.csv") if row["kind"] in KINDS}


def _bare(word: str) -> str:
    """Return an opening without spaces, capitals and the shape of its apostrophe."""
    return "".join(word.lower().split()).replace("’", "'")


@dataclass
class Byline:
    """What one line of a byline says."""

    authors: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    translators: list[str] = field(default_factory=list)


def opens_byline(text: str) -> re.Match[str] | None:
    """Return the words that open a byline at the start of a text, and in `who` what follows them; None when none does."""
    return _opening().match(text)


def is_organisation(name: str) -> bool:
    """Return whether an author is an organisation that signs its own posts."""
    return bool(word_of("organisation").search(name))


def read_byline(line: str) -> Byline | None:
    """Return the people a byline names, or None when the line is no byline.

    >>> read_byline("By Rosa Calder, Open Lines Research Intern")
    Byline(authors=['Rosa Calder'], roles=['Open Lines Research Intern'], editors=[], translators=[])
    >>> read_byline("Edited by Anton Weiss, Director of Operations and Research").editors
    ['Anton Weiss']
    >>> read_byline("Edited by Mina Ro (Director of Programs and Editor) and Amy Oh").editors
    ['Mina Ro', 'Amy Oh']
    >>> read_byline("By Suhwan (Alma) Seo, former Open Lines Research Intern").authors
    ['Suhwan (Alma) Seo']
    >>> read_byline("By Ann Lee and Bo Kim, Research Interns").roles
    ['Research Interns', 'Research Interns']
    >>> read_byline("Translated and edited by Ann Lee and Bo Kim").translators
    ['Ann Lee', 'Bo Kim']
    >>> read_byline("By March the network was gone.") is None
    True
    """
    parsed = _parsed(line) if len(line) <= LONGEST_BYLINE else None
    if parsed is None:
        return None
    kind, people = parsed
    names, roles = [name for name, _ in people], [role for _, role in people]
    byline = Byline()
    if kind == "author":
        byline.authors, byline.roles = names, roles
    if "editor" in kind:
        byline.editors = names
    if "translator" in kind:
        byline.translators = names
    return byline


@lru_cache(maxsize=4096)
def _parsed(line: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the kind of a byline and its people; the same lines are asked for again and again."""
    if not (match := opens_byline(" ".join(line.split()))):
        return None
    people = _people(re.sub(r"(?<=[^\W\d]{3})\.$", "", match["who"].strip(" ,;|·*_")))
    if not people or not all(_is_role(role) for _, role in people):
        return None
    return _kinds()[_bare(match["plain"] or match["noun"] or match["korean"])], people


def _people(text: str) -> list[tuple[str, str]]:
    """Split "A, role, and B (role and role)" into names and roles; a piece that is no name belongs to the role before it."""
    people: list[tuple[str, str]] = []
    pieces = BETWEEN.split(BRACKET.sub(_keep_bracket, text))
    for joint, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        name, role = _name_and_role(piece.strip())
        if people and SUFFIX.fullmatch(name) and not people[-1][1]:
            people[-1] = (f"{people[-1][0]}{_joint(joint)}{name}", role)
        elif _is_name(name) and not (people and _goes_on(people[-1], joint, name)):
            people.append((name, role))
        elif people and piece.strip():
            head, known = people[-1]
            people[-1] = (head, f"{known}{_joint(joint)}{_restored(piece.strip())}" if known else _restored(piece.strip()))
        elif piece.strip():
            return []
    return _shared(people)


def _name_and_role(piece: str) -> tuple[str, str]:
    if bracket := re.fullmatch(r"(.*?)\s*\ue002(.*)\ue003", piece):
        return bracket[1], _restored(bracket[2])
    if (korean := KOREAN_NAME.fullmatch(piece)) and word_of("role").search(korean[2]):
        return korean[1], korean[2]
    return piece, ""


def _goes_on(person: tuple[str, str], joint: str, name: str) -> bool:
    """Return whether what looks like a name is part of what was said of the person before: a field, a place, an organisation."""
    head, role = person
    if DEGREE.fullmatch(name) or (role and word_of("field").search(name)):
        return True
    if is_organisation(name) and not is_organisation(head):
        return True
    single = len(name.split()) == 1 and name[0] < "\uac00"
    return single and (bool(role) or (joint.strip() == "," and len(head.split()) > 1))


def _joint(joint: str) -> str:
    word = " ".join(joint.split())
    return f"{word} " if word[:1] in (",", ";") else f" {word} "


def _shared(people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give a role in the plural, said once at the end, to everyone before who has none."""
    if len(people) > 1 and people[-1][1] and _is_plural(people[-1][1]):
        first = next((k + 1 for k in range(len(people) - 2, -1, -1) if people[k][1]), 0)
        return [*people[:first], *((name, people[-1][1]) for name, _ in people[first:])]
    return people


def _is_plural(role: str) -> bool:
    found = [match[0] for match in re.finditer(r"\w+", role) if word_of("role").fullmatch(match[0])]
    return any(word.endswith("s") and word_of("role").fullmatch(word[:-1]) for word in found)


def _keep_bracket(match: re.Match[str]) -> str:
    """Keep "(role and role)" together, and leave a nickname such as "(Alma)" in the name."""
    inside = match[1]
    if not word_of("role", "organisation").search(inside):
        return f" ({inside})"
    for number, sign in enumerate((",", " and ", " & ", ";", "|", "·", " und ", " et ", " y ", " e ")):
        inside = inside.replace(sign, chr(0xE010 + number))
    return f" \ue002{inside}\ue003"


def _restored(role: str) -> str:
    for number, sign in enumerate((",", " and ", " & ", ";", "|", "·", " und ", " et ", " y ", " e ")):
        role = role.replace(chr(0xE010 + number), sign)
    return re.sub(r"\s*\ue002(.*?)\ue003", r" (\1)", role)


def is_plain_word(word: str) -> bool:
    """Return whether a word in lower case belongs in neither a name nor a role."""
    if not word.isascii() or not word[:1].islower() or word.lower() in LINKS:
        return False
    return not word_of("particle").fullmatch(word) and not word_of("role", "organisation", "field").fullmatch(word)


def _is_role(role: str) -> bool:
    """Return whether what stands behind a name may be a role: no sentence, and few words that no role holds unless it names one."""
    pieces = [word.strip(',;:()[]“”"*_') for word in role.split()]
    if len(pieces) > MOST_WORDS_IN_ROLE or re.search(r"[^\W\d]{4,}[.!?](?:\s|$)", role):
        return False
    return bool(word_of("role", "organisation").search(role)) or not any(map(is_plain_word, pieces))


def is_role_line(line: str) -> bool:
    """Return whether a line under a byline is the author's role.

    >>> is_role_line("Senior Advisor, Open Lines"), is_role_line("A Research Institute Falls Silent")
    (True, False)
    """
    named = [match[0].lower() for match in word_of("role").finditer(line)]
    person = any(word not in NOT_ALONE for word in named)
    return person and line[-1] not in ".:?!" and _is_role(line) and not read_byline(line)


def _is_name(text: str) -> bool:
    pieces = text.split()
    if not 0 < len(pieces) <= MOST_WORDS_IN_NAME or not NAME.fullmatch(text):
        return False
    lettered = [w for w in pieces if not word_of("particle").fullmatch(w) and w[0] not in '“"(']
    capital = all(w[0].isupper() or not w[0].isascii() for w in lettered)
    return bool(lettered) and capital and (is_organisation(text) or not word_of("role").search(text))
