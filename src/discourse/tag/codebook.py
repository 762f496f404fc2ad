"""Codebooks: the codes of a study as data, each with its definition, rules and examples.

A codebook is a YAML file: `codebook`, `version`, `language`, `terms` (name -> pattern, to be used as `{name}` in rules) and
`codes`. A code has `code`, `kind` (`framing` or `theme`), `name`, `definition`, `includes`, `excludes`, `rules`, `match` and
`no_match` (sentences), and `deniable: true` where plain negation rejects it. A rule has `id`, `cue` (a regular expression; what it
matches is the evidence), and may have `with` (patterns that must also occur in the sentence) and `unless` (patterns that must
not). Patterns ignore case and match at word boundaries; a space stands for any white space or hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from discourse.errors import CodebookError
from discourse.paths import resource, sha256

__all__ = ["Code", "Codebook", "Hit", "Rule", "problems", "read_codebook"]

KINDS = ("framing", "theme")


class Hit(NamedTuple):
    """A rule that matched a sentence: the code, the cue's place in the sentence, and the rule."""

    code: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Rule:
    """A compiled rule."""

    id: str
    cue: re.Pattern[str]
    with_: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def find(self, sentence: str) -> re.Match[str] | None:
        """Return the cue's first match where the rule holds for the sentence."""
        match = self.cue.search(sentence)
        if match is None or not all(pattern.search(sentence) for pattern in self.with_):
            return None
        return None if any(pattern.search(sentence) for pattern in self.unless) else match


@dataclass(frozen=True)
class Code:
    """One code with its rules and the sentences that prove them."""

    code: str
    kind: str
    name: str
    definition: str
    deniable: bool
    includes: str
    excludes: str
    rules: tuple[Rule, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]

    def find(self, sentence: str) -> Hit | None:
        """Return the first rule that holds for the sentence, with its cue."""
        for rule in self.rules:
            if match := rule.find(sentence):
                return Hit(self.code, match.start(), match.end(), rule.id)
        return None


@dataclass(frozen=True)
class Codebook:
    """A codebook with the SHA-256 of its file, by which every coding can be traced."""

    name: str
    version: str
    language: str
    codes: tuple[Code, ...]
    sha256: str

    def hits(self, sentence: str) -> list[Hit]:
        """Return one hit for each code that the sentence carries."""
        return [hit for code in self.codes if (hit := code.find(sentence))]

    def of_kind(self, kind: str) -> dict[str, str]:
        """Return code -> name to print, for the framings or the themes."""
        return {code.code: code.name for code in self.codes if code.kind == kind}


def read_codebook(path: Path | None = None) -> Codebook:
    """Read a codebook; without a path, the one that is shipped.

    Raises
    ------
    CodebookError : it cannot be read or parsed, a key is missing or repeated, or a pattern is wrong; the message names the place.
    """
    import yaml

    path = path or resource("codebook", "digital_rights.yaml")
    try:
        data = path.read_bytes()
        content = yaml.safe_load(data)
    except (OSError, yaml.YAMLError) as error:
        raise CodebookError(f"{path}: cannot be read ({' '.join(str(error).split())}).") from error
    if not isinstance(content, dict) or not isinstance(content.get("codes"), list) or not content["codes"]:
        raise CodebookError(f"{path}: a codebook needs the keys `codebook`, `version`, `language` and a list `codes`.")
    terms = {str(name): str(pattern) for name, pattern in (content.get("terms") or {}).items()}
    try:
        codes = tuple(_code(entry, terms) for entry in content["codes"])
    except CodebookError as error:
        raise CodebookError(f"{path}: {error}") from error
    names = [code.code for code in codes] + [rule.id for code in codes for rule in code.rules]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CodebookError(f"{path}: codes and rules must have names of their own; twice: {', '.join(twice)}.")
    return Codebook(str(content.get("codebook")), str(content.get("version")), str(content.get("language")), codes, sha256(data))


def _code(entry: Any, terms: Mapping[str, str]) -> Code:
    if not isinstance(entry, dict) or not entry.get("code"):
        raise CodebookError(f"every entry of `codes` needs a `code`: {str(entry)[:60]}")
    name = str(entry["code"])
    missing = [key for key in ("kind", "name", "definition", "rules", "match", "no_match") if not entry.get(key)]
    if missing or entry["kind"] not in KINDS:
        what = f"`{missing[0]}` is missing" if missing else f"`kind` must be one of {', '.join(KINDS)}"
        raise CodebookError(f"code {name}: {what}.")
    rules = tuple(_rule(rule, name, terms) for rule in entry["rules"])
    texts = {key: str(entry.get(key) or "") for key in ("kind", "name", "definition", "includes", "excludes")}
    deniable = entry.get("deniable") is True
    return Code(code=name, deniable=deniable, rules=rules, match=tuple(entry["match"]), no_match=tuple(entry["no_match"]), **texts)


def _rule(entry: Any, code: str, terms: Mapping[str, str]) -> Rule:
    if not isinstance(entry, dict) or not entry.get("id") or not entry.get("cue"):
        raise CodebookError(f"code {code}: a rule needs `id` and `cue`: {str(entry)[:60]}")
    compiled = {key: _patterns(entry.get(key), f"code {code}, rule {entry['id']}", terms) for key in ("cue", "with", "unless")}
    return Rule(str(entry["id"]), compiled["cue"][0], compiled["with"], compiled["unless"])


def _patterns(value: Any, where: str, terms: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    found = []
    for pattern in [value] if isinstance(value, str) else value or []:
        expanded = re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{terms.get(m[1], m[0])})", str(pattern))
        if unknown := re.search(r"\{([a-z_]+)\}", expanded):
            raise CodebookError(f"{where}: there is no term {unknown[0]}; known: {', '.join(sorted(terms))}.")
        try:
            found.append(re.compile(r"(?<!\w)(?:" + expanded.replace(" ", r"[\s‐‑-]+") + r")(?!\w)", re.IGNORECASE))
        except re.error as error:
            raise CodebookError(f"{where}: the pattern {pattern!r} is wrong ({error}).") from error
    return tuple(found)


def problems(codebook: Codebook, *, fewest: int = 3) -> list[str]:
    """Return what a codebook fails to prove, one line each: examples that do not hold, rules that no example needs.

    Parameters
    ----------
    codebook : the codebook.
    fewest : examples of each sort that a code must have.
    """
    found = []
    for code in codebook.codes:
        for sort, examples in (("match", code.match), ("no_match", code.no_match)):
            if len(examples) < fewest:
                found.append(f"{code.code}: {len(examples)} sentences in `{sort}`; at least {fewest} are needed.")
        found += [f"{code.code}: must match and does not: {s}" for s in code.match if not code.find(s)]
        found += [f"{code.code}: must not match and does ({code.find(s)}): {s}" for s in code.no_match if code.find(s)]
        found += [f"{code.code}: no example needs rule {rule.id}" for rule in _unused(code.rules, code.match)]
    return found


def _unused(rules: Sequence[Rule], examples: Sequence[str]) -> list[Rule]:
    return [rule for rule in rules if not any(rule.find(example) for example in examples)]
