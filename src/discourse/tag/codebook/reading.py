"""Codebook files read and checked: what is wrong is said in one line that names the code and the rule."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from discourse.errors import CodebookError, did_you_mean
from discourse.paths import resource, sha256
from discourse.tag.codebook.document import read_document
from discourse.tag.codebook.patterns import HANGUL, compiled, plain
from discourse.tag.codebook.places import acts, lemmas
from discourse.tag.codebook.rules import FRAMING, THEME, Code, Codebook, Rule

__all__ = ["read_codebook"]

KINDS = (FRAMING, THEME)
SORTS = ("cue", "terms", "lemmas", "acts")
BOOK_KEYS = ("codebook", "version", "language", "groups", "terms", "codes")
CODE_TEXTS = ("code", "kind", "name", "definition")
CODE_LISTS = ("rules", "match", "no_match")
CODE_KEYS = (*CODE_TEXTS, *CODE_LISTS, "includes", "excludes", "parent", "deniable")
RULE_KEYS = ("id", *SORTS, "with", "unless")
PARSED = "en"
KEPT = 8  # codebooks that were read last


def read_codebook(path: Path | None = None) -> Codebook:
    """Read a codebook; without a path, the one that is shipped. A file that holds what it held before is not parsed again.

    Raises
    ------
    CodebookError : it cannot be read or parsed, a key is missing, unknown or repeated, something is of the wrong kind, or a pattern is
    wrong; the message names the place.
    """
    path = path or resource("codebook", "digital_rights.yaml")
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise CodebookError(f"{path}: cannot be read ({error}).") from error
    return _book(data, path)


@lru_cache(maxsize=KEPT)
def _book(data: bytes, path: Path) -> Codebook:
    content = read_document(data, path)
    try:
        return _codebook(content, sha256(data))
    except CodebookError as error:
        raise CodebookError(f"{path}: {error}") from error


def _codebook(content: Any, digest: str) -> Codebook:
    if not isinstance(content, dict) or not isinstance(content.get("codes"), list) or not content["codes"]:
        raise CodebookError("a codebook needs the keys `codebook`, `version`, `language` and a list `codes`.")
    _known(content, BOOK_KEYS, "the codebook")
    name, version, language = (_text(content, key, "the codebook") for key in ("codebook", "version", "language"))
    terms = {term: _term(term, value) for term, value in _mapping(content, "terms").items()}
    groups = {group: _text(_mapping(content, "groups"), group, "`groups`") for group in _mapping(content, "groups")}
    codes = tuple(_code(entry, terms, language) for entry in content["codes"])
    if twice := _twice([*groups, *(code.code for code in codes)]) + _twice(rule.id for code in codes for rule in code.rules):
        raise CodebookError(f"codes, groups and rules must have names of their own; twice: {', '.join(twice)}.")
    _check_parents({code.code: code.parent for code in codes}, groups)
    patterns = {term: compiled(pattern, {}, f"term {term}") for term, pattern in terms.items()}
    return Codebook(name, version, language, codes, digest, groups, patterns, _framings(content, terms))


def _framings(content: Mapping[str, Any], terms: Mapping[str, str]) -> str:
    """Return the SHA-256 of what a model of the framings hangs on: codes, rules and terms, not definitions and examples."""
    rules = [[code["code"], code["rules"]] for code in content["codes"] if code["kind"] == FRAMING]
    return sha256(json.dumps([sorted(terms.items()), rules], sort_keys=True, ensure_ascii=False).encode())


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, n in Counter(names).items() if n > 1)


def _check_parents(parents: Mapping[str, str | None], groups: Mapping[str, str]) -> None:
    for code, parent in parents.items():
        if parent and parent not in parents and parent not in groups:
            raise CodebookError(f"code {code}: its parent {parent!r} is no group and no code.{did_you_mean(parent, [*groups, *parents])}")
        above, seen = parent, {code}
        while above and above in parents:
            if above in seen:
                raise CodebookError(f"code {code}: it is its own parent, by way of {above}.")
            seen.add(above)
            above = parents[above]


def _term(name: str, value: Any) -> str:
    """Return a named term as a pattern: a text is one already, a list holds plain words and phrases."""
    where = f"term {name[:60]}"
    if not re.fullmatch(r"[a-z_]+", name):
        raise CodebookError(f"{where}: the name of a term is small letters and _.")
    if isinstance(value, list):
        return plain(_texts(value, where), where)
    pattern = _text({name: value}, name, "`terms`")
    compiled(pattern, {}, where)
    return pattern


def _code(entry: Any, terms: Mapping[str, str], language: str) -> Code:
    if not isinstance(entry, dict) or not entry.get("code"):
        raise CodebookError(f"every entry of `codes` needs a `code`: {str(entry)[:60]!r}")
    name = _text(entry, "code", "an entry of `codes`")
    where = f"code {name[:60]}"
    if not re.fullmatch(r"[\w-]{1,60}", name):
        raise CodebookError(f"{where}: a code is one word of letters, digits, - and _, 60 at most.")
    _known(entry, CODE_KEYS, where)
    if missing := [key for key in (*CODE_TEXTS, *CODE_LISTS) if not entry.get(key)]:
        raise CodebookError(f"{where}: `{missing[0]}` is missing.")
    texts = {key: _text(entry, key, where) for key in CODE_TEXTS} | {
        key: _text(entry, key, where) if entry.get(key) is not None else "" for key in ("includes", "excludes")
    }
    if texts["kind"] not in KINDS:
        raise CodebookError(f"{where}: `kind` must be one of {', '.join(KINDS)}, not {texts['kind'][:60]!r}.")
    if entry.get("deniable") not in (None, True, False):
        raise CodebookError(f"{where}: `deniable` must be true or false.")
    if not isinstance(entry["rules"], list):
        raise CodebookError(f"{where}: `rules` must be a list.")
    rules = tuple(_rule(rule, where, terms, language) for rule in entry["rules"])
    match, no_match = (tuple(_texts(entry[key], f"{where}, `{key}`")) for key in ("match", "no_match"))
    parent = _text(entry, "parent", where) if entry.get("parent") is not None else None
    return Code(**texts, deniable=entry.get("deniable") is True, rules=rules, match=match, no_match=no_match, parent=parent)


def _rule(entry: Any, code: str, terms: Mapping[str, str], language: str) -> Rule:
    if not isinstance(entry, dict) or not entry.get("id"):
        raise CodebookError(f"{code}: a rule needs `id` and one of {', '.join(f'`{sort}`' for sort in SORTS)}: {str(entry)[:60]!r}")
    name = _text(entry, "id", f"{code}, a rule")
    where = f"{code}, rule {name[:60]}"
    _known(entry, RULE_KEYS, where)
    sorts = [sort for sort in SORTS if entry.get(sort) is not None]
    if len(sorts) != 1:
        found = f"it has {' and '.join(sorts)}" if sorts else "it has none"
        raise CodebookError(f"{where}: a rule needs exactly one of {', '.join(f'`{sort}`' for sort in SORTS)}; {found}.")
    (sort,) = sorts
    if sort in ("lemmas", "acts") and language != PARSED:
        raise CodebookError(f"{where}: `{sort}` rules read parsed English; this codebook's language is {language[:60]!r}.")
    cue = _cue(sort, entry[sort], terms, where)
    if isinstance(cue, re.Pattern) and cue.fullmatch(""):
        raise CodebookError(f"{where}: the pattern matches nothing at all, and so every sentence.")
    companions = {key: _companions(entry.get(key), terms, f"{where}, `{key}`") for key in ("with", "unless")}
    has_hangul = isinstance(cue, re.Pattern) and HANGUL.search(cue.pattern) is not None
    return Rule(name, sort, cue, companions["with"], companions["unless"], has_hangul)


def _cue(sort: str, value: Any, terms: Mapping[str, str], where: str) -> Any:
    if sort == "cue":
        return compiled(_text({sort: value}, sort, where), terms, where)
    if sort == "terms":
        written = _texts([value] if isinstance(value, str) else value, f"{where}, `terms`")
        named = [term for term in written if re.fullmatch(r"\{.*\}", term)]
        own = plain([term for term in written if term not in named], where)
        return compiled("|".join(named), terms, where, own=own)
    return (lemmas if sort == "lemmas" else acts)(value, terms, where)


def _companions(value: Any, terms: Mapping[str, str], where: str) -> tuple[re.Pattern[str], ...]:
    if value is None:
        return ()
    return tuple(compiled(pattern, terms, where) for pattern in _texts([value] if isinstance(value, str) else value, where))


def _known(entry: Mapping[Any, Any], keys: Iterable[str], where: str) -> None:
    for key in entry:
        if key not in keys:
            raise CodebookError(f"{where}: there is no key {str(key)[:60]!r}.{did_you_mean(str(key)[:60], keys)}")


def _mapping(content: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = content.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise CodebookError(f"`{key}` must be a mapping of names, such as `name: ...`.")
    return value


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CodebookError(f"{where}: `{key[:60]}` must be text, not {_kind(value)}.")
    return value


def _texts(value: Any, where: str) -> list[str]:
    if not isinstance(value, list) or not value:
        raise CodebookError(f"{where}: must be a list of texts, not {_kind(value)}.")
    for number, one in enumerate(value, start=1):
        if not isinstance(one, str) or not one.strip():
            raise CodebookError(f"{where}: number {number} must be text, not {_kind(one)}; put it in quotes if it has a colon.")
    return value


def _kind(value: Any) -> str:
    return {dict: "a mapping", list: "a list" if value else "an empty list", bool: "true or false"}.get(type(value), "nothing")
