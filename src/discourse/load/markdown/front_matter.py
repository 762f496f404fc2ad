"""Front matter: what stands above the body of a Markdown post, as any generator of static sites writes it.

- **YAML** between `---` lines (also closed by `...`, and `---json`, as Eleventy allows), **TOML** between `+++`, **JSON** between `;;;`
  or bare at the head of the file (Hugo), and **lines of `Key: value`** without a fence up to the first blank line (Pelican,
  MultiMarkdown), where two keys that Pelican knows are among them.
- Keys are read in small letters, as Hugo reads them. What stands in `[taxonomies]` and `[extra]` (Zola) or `[params]` (Hugo) is read too.
- YAML values stay as printed: `title: 1.10` is no number and `tags: [no]` no truth value; `1984-03` is read by the reader of dates.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from discourse.errors import InputError

__all__ = ["is_false", "is_true", "parse", "split_front", "text_of", "texts_of"]

FRONT = re.compile(r"\A\s*?(---|\+\+\+|;;;)(json|toml|ya?ml)?[ \t]*\n(.*?)^(?:\1|(?<!;)\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
UNCLOSED = re.compile(r"\s*(---|\+\+\+)[ \t]*\n\S+\s*[:=]")
PLAIN = re.compile(r"\A((?:[A-Za-z][\w -]{0,30}:.*\n(?:[ \t]+\S.*\n)*)+)(?:[ \t]*\n|\Z)")
PLAIN_LINE = re.compile(r"^([A-Za-z][\w -]*?):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
PLAIN_KEYS = frozenset("title date author authors category categories tags slug status summary lang".split())
NESTED = ("extra", "params", "taxonomies")
LONGEST_NUMBER = 200
MOST_BRACKETS, NESTED_LINE = 500, re.compile(r"(?:[-?][ \t]+){50}|^[ ]{200}", re.MULTILINE)


def split_front(text: str) -> tuple[dict[str, Any] | None, str]:
    """Return front matter and body; None when there is no front matter.

    Raises
    ------
    InputError : the front matter is not closed or cannot be parsed.

    >>> split_front("+++\\ntitle = 'A'\\n+++\\nBody")
    ({'title': 'A'}, 'Body')
    >>> split_front("Title: A\\nDate: 2020-01-02\\n\\nBody")
    ({'title': 'A', 'date': '2020-01-02'}, 'Body')
    """
    match = FRONT.match(text)
    if match:
        parsed = parse(match[2] or {"+++": "toml", ";;;": "json"}.get(match[1], "yaml"), match[3])
        if not isinstance(parsed, dict):
            raise InputError("front matter is not a list of `key: value` lines; mend it.")
        return _keys(parsed), text[match.end() :]
    if text.lstrip().startswith("{"):
        return _json_front(text.lstrip())
    if UNCLOSED.match(text):
        raise InputError("front matter is not closed; end it with the line that opens it.")
    if header := PLAIN.match(text):
        plain = {key.lower(): " ".join(value.split()) for key, value in PLAIN_LINE.findall(header[1])}
        if len(PLAIN_KEYS & set(plain)) > 1:
            return plain, text[header.end() :]
    return None, text


def _json_front(text: str) -> tuple[dict[str, Any] | None, str]:
    """Return Hugo's JSON front matter, a bare object at the head of the file, and the body."""
    import json

    if not re.match(r'\{\s*"', text):  # a shortcode, a tag of a template
        return None, text
    try:
        parsed, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"front matter cannot be parsed as JSON ({error}); mend it.") from error
    return _keys(parsed), text[end:]


def _keys(front: Mapping[Any, Any]) -> dict[str, Any]:
    """Return front matter with its keys in lower case, and those of nested tables among them."""
    lowered = {str(key).lower(): value for key, value in front.items() if isinstance(key, str)}
    for name in NESTED:
        if isinstance(inner := lowered.get(name), Mapping):
            lowered = {str(key).lower(): value for key, value in inner.items() if isinstance(key, str)} | lowered
    return lowered


def parse(form: str, block: str) -> Any:
    """Parse a block of `yaml`, `toml` or `json`.

    Raises
    ------
    InputError : it is broken; the message names the line.
    """
    import json
    import tomllib

    import yaml

    try:
        if form == "toml":
            return tomllib.loads(block)
        if form == "json":
            return json.loads(block)
        nested = block.count("[") + block.count("{") > MOST_BRACKETS or NESTED_LINE.search(block)
        return yaml.load(block, Loader=_yaml_loader(fast=not nested)) or {}  # noqa: S506, a safe loader that knows fewer types
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise InputError(f"front matter cannot be parsed{where} ({reason}); mend it.") from error


@cache
def _yaml_loader(*, fast: bool) -> Any:
    """Return the safe loader without the types that change what is printed: dates, numbers and truth values stay text.

    The fast one is written in C and overflows the stack where the other raises RecursionError.
    """
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader) if fast else yaml.SafeLoader):  # type: ignore[misc]
        """Reads null and merges, all else as text."""

    kept = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag in kept]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


def text_of(value: Any) -> str:
    """Return a single value as text on one line; empty for a table, a list or nothing."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)):
        return ""
    if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
        return ""
    return " ".join(html.unescape(str(value)).split())


def texts_of(value: Any, *, comma: bool = False, space: bool = False) -> list[str]:
    """Return a value as a list of texts, whatever its shape; a single text may be a list set apart by commas, or else by spaces.

    >>> texts_of(["a", None, {"name": "b"}]), texts_of("a, b c", comma=True, space=True), texts_of("b c", space=True)
    (['a', 'b'], ['a', 'b c'], ['b', 'c'])
    """
    if isinstance(value, str):
        if comma and re.search("[,;]", value):
            value = value.split(";" if ";" in value else ",")
        elif space:
            value = value.split()
    values = value if isinstance(value, list) else [value]
    named = [v.get("name") or v.get("title") if isinstance(v, Mapping) else v for v in values]
    return list(dict.fromkeys(filter(None, map(text_of, named))))


def is_true(value: Any) -> bool:
    """Return whether a value says yes."""
    return value is True or (isinstance(value, str) and value.lower() in ("true", "yes", "on"))


def is_false(value: Any) -> bool:
    """Return whether a value says no."""
    return value is False or (isinstance(value, str) and value.lower() in ("false", "no", "off"))
