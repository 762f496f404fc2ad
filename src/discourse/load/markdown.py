"""Markdown posts with front matter, as Hugo, Jekyll and their exporters keep them.

Fields: `title`; `date` (or `published`, `date.created`); `author`, `authors` (names, keys of author files in
`authors/KEY/_index.md`, or tables with `name` and `role`); `editors`, `translators`; `categories` or `category`; `tags`;
`language` or `lang`; `url`; `series`; `author_note`; `reprinted_from`; `licence` or `license`; `comments` (a list of tables with
`author`, `date`, `text`, `reply_to`). `draft: true`, `published: false` and `status: draft` mark drafts. Footnotes are `[^1]`.

Quirks, and where they were seen:

- Hugo's `_index.md` is the page of a section or an author, never a post (Digital Rights Watch).
- Reference links `[text][1]` with ` [1]: url` below look like footnotes and are none (Digital Rights Watch).
- `build: {render: never}` marks fragments such as a footer (Digital Rights Watch).
- Exporters indent raw HTML, which must not make it code, and leave `**`, `__`, `[text](address with spaces)` and unquoted tags that no
  parser takes for markup: the marks go, the words stay (both).
- Shortcodes `{{< figure … >}}` and `{{% … %}}`, raw HTML and tables stand in the body (Internet Freedom Foundation).
- Dates in UTC beside a url with the local date: the url's day is the day that readers saw (Digital Rights Watch).
- Titles and bodies hold numeric entities from a WordPress migration (Digital Rights Watch).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from discourse.errors import InputError
from discourse.load.article import compose
from discourse.load.blocks import NOTE_CLOSE, NOTE_OPEN, to_blocks, to_line
from discourse.load.dates import read_date
from discourse.load.notes import RawNote
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut, open_document
from discourse.tables import RawComment, RawPost

__all__ = ["author_files", "read", "split_front"]

FRONT = re.compile(r"\A(---|\+\+\+|;;;)[ \t]*\n(.*?)^\1[ \t]*$\n?", re.DOTALL | re.MULTILINE)
SHORTCODE = re.compile(r"\{\{([<%])(?P<name>[^}]*?)[>%]\}\}", re.DOTALL)
BROKEN_LINK = re.compile(r"\[([^\[\]]+)\](?:\[\w*\]|\((?:[^()\n]*[ /][^()\n]*)\))")
BROKEN_TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|i|img|li|meta|ol|p|span|strong|table|tbody|td|th|tr|u|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
STRAY_EMPHASIS = re.compile(r"\*{2,}|_{2,}|(?<!\S)_(?!\S)")
URL_DAY = re.compile(r"/(\d{4})/(\d{2})/(\d{2})/")
FILE_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})-")


def read(document: Document, hints: Hints) -> Page:
    """Read one file.

    Raises
    ------
    LeftOut : it is a draft, a section page, an author file or has no front matter.
    InputError : it cannot be decoded, or its front matter cannot be parsed.
    """
    front, body = split_front(document.strict_text)
    name = document.name.rpartition("/")[2]
    if front is None:
        raise LeftOut("no front matter, so not a post")
    if name.startswith("_index."):
        raise LeftOut("an author file" if "name" in front else "the page of a section, not a post")
    built = front.get("build") or front.get("_build")
    if isinstance(built, dict) and built.get("render") == "never":
        raise LeftOut("a fragment of the site that is never a page of its own, not a post")
    if front.get("draft") is True or front.get("published") is False or front.get("status") == "draft":
        raise LeftOut("a draft")
    post = RawPost(file=document.name, sha256=document.sha256, body="")
    _fill(post, front, hints.authors)
    _date(post, front, name)
    _body(post, body)
    post.comments = _comments(front.get("comments") or [], post.problems)
    return Page([post])


def split_front(text: str) -> tuple[dict[str, Any] | None, str]:
    """Return front matter and body; None when there is no front matter.

    Raises
    ------
    InputError : the front matter is not closed or cannot be parsed.

    >>> split_front("+++\\ntitle = 'A'\\n+++\\nBody")
    ({'title': 'A'}, 'Body')
    """
    match = FRONT.match(text)
    if not match and text.lstrip().startswith("{"):
        return _json_front(text.lstrip())
    if not match:
        if re.match(r"(---|\+\+\+)[ \t]*\n\S+\s*[:=]", text):
            raise InputError("front matter is not closed; end it with the line that opens it.")
        return None, text
    parsed = _parse(match[1], match[2])
    if not isinstance(parsed, dict):
        raise InputError("front matter is not a list of `key: value` lines; mend it.")
    return _keys(parsed), text[match.end() :]


def _json_front(text: str) -> tuple[dict[str, Any] | None, str]:
    """Return Hugo's JSON front matter, a bare object at the head of the file, and the body."""
    import json

    try:
        parsed, end = json.JSONDecoder().raw_decode(text)
    except ValueError as error:
        raise InputError(f"front matter cannot be parsed as JSON ({error}); mend it.") from error
    return (_keys(parsed), text[end:]) if isinstance(parsed, dict) else (None, text)


def _keys(front: Mapping[Any, Any]) -> dict[str, Any]:
    """Return front matter with its keys in lower case, as Hugo reads them, and Zola's `[taxonomies]` among them."""
    lowered = {str(key).lower(): value for key, value in front.items()}
    inner = lowered.get("taxonomies")
    return {**_keys(inner), **lowered} if isinstance(inner, Mapping) else lowered


def _parse(fence: str, block: str) -> Any:
    import json
    import tomllib

    import yaml

    try:
        if fence == "+++":
            return tomllib.loads(block)
        if fence == ";;;":
            return json.loads(block)
        return yaml.safe_load(block) or {}
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise InputError(f"front matter cannot be parsed{where} ({reason}); mend it.") from error


def author_files(folder: Path) -> dict[str, dict[str, str]]:
    """Return key -> name and role from the author files of a Hugo site (`authors/KEY/_index.md`), if it has any."""
    found: dict[str, dict[str, str]] = {}
    for place in (folder / "authors", folder.parent / "authors"):
        for file in sorted(place.glob("*/_index.md")):
            try:
                front, _ = split_front(open_document(file, file.name).strict_text)
            except (InputError, LeftOut):
                continue
            if front and front.get("name"):
                entry = {"name": str(front["name"]), "role": str(front.get("role") or "")}
                found.setdefault(str(front.get("username") or file.parent.name), entry)
    return found


def _texts(value: Any, *, comma: bool = False) -> list[str]:
    """Return a front-matter value as a list of texts, whatever its shape; a single text may be a list set apart by commas."""
    if comma and isinstance(value, str):
        value = value.split(",")
    values = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return [html.unescape(str(v)).strip() for v in values if v is not None and str(v).strip()]


def _fill(post: RawPost, front: Mapping[str, Any], authors: Mapping[str, Mapping[str, str]]) -> None:
    post.title = " ".join(to_blocks(str(front.get("title") or "")).removeprefix("# ").split())
    post.url = str(front.get("url") or front.get("permalink") or "") or None
    for who in _people(front.get("authors") or front.get("author")):
        known = authors.get(who["name"], who)
        post.authors.append(known["name"])
        post.author_roles.append(who["role"] or known["role"])
    post.editors = [who["name"] for who in _people(front.get("editors") or front.get("editor"))]
    post.translators = [who["name"] for who in _people(front.get("translators") or front.get("translator"))]
    named = [front[key] for key in ("categories", "category") if front.get(key)]
    post.categories = list(dict.fromkeys(_texts(named[0], comma=True))) if named else []
    post.tags = list(dict.fromkeys(_texts(front.get("tags"))))
    for name in ("series", "reprinted_from", "author_note"):
        setattr(post, name, next(iter(_texts(front.get(name))), None))
    post.language = _language(front.get("language") or front.get("lang"), post.problems)
    post.licence = next(iter(_texts(front.get("licence") or front.get("license"))), None)


def _language(value: Any, problems: list[str]) -> str | None:
    """Return the ISO 639-1 code of a language tag such as `en-GB`; what is none is a problem, and the text then decides."""
    tag = re.fullmatch(r"([a-z]{2,3})(?:[-_]\w+)*", str(value or "").strip().lower())
    if value and not tag:
        problems.append(f"the language {str(value)!r} is no ISO 639-1 code; told from the text instead.")
    return tag[1] if tag else None


def _people(value: Any) -> list[dict[str, str]]:
    values = value if isinstance(value, list) else [value]
    people = [v if isinstance(v, dict) else {"name": v} for v in values if v]
    return [{"name": str(p.get("name") or "").strip(), "role": str(p.get("role") or "").strip()} for p in people if p.get("name")]


def _date(post: RawPost, front: Mapping[str, Any], name: str) -> None:
    """Settle the date: the key, the day in the url where it lies within a day of it, else the file's name."""
    value = next((front[key] for key in ("date", "published") if front.get(key) and not isinstance(front[key], bool)), None)
    if isinstance(value, Mapping):
        value = value.get("created")
    in_url, in_file = URL_DAY.search(post.url or ""), FILE_DAY.match(name)
    if value is None:
        value = "-".join(in_url.groups()) if in_url else in_file[1] if in_file else None
        if value is None:
            post.problems.append("no date; kept without one, so in no chart over time.")
            return
    found = read_date(value)
    if found is None:
        post.problems.append(f"the date {str(value)!r} cannot be read; kept without one, so in no chart over time.")
        return
    post.published, post.published_precision = found
    if in_url and found[1] == "day":
        local = read_date("-".join(in_url.groups()))
        if local and abs(local[0] - found[0]) <= timedelta(days=1):
            post.published = local[0]


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code").use(footnote_plugin, inline=False)

    for name in ("normalizeLink", "normalizeLinkText", "validateLink"):
        setattr(parser, name, str)  # addresses are not kept, so they need not be put in order

    def marker(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
        return f"{NOTE_OPEN}{_label(tokens[index])}{NOTE_CLOSE}"

    parser.add_render_rule("footnote_ref", marker)
    return parser


def _label(token: Any) -> str:
    return str(token.meta.get("label") or token.meta["id"] + 1)


def _body(post: RawPost, markdown: str) -> None:
    """Render the body and take out of it the notes, the author's note and the reprint note."""
    shortcodes = [match["name"].split(maxsplit=1)[0] for match in SHORTCODE.finditer(markdown) if match["name"].strip()]
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(SHORTCODE.sub("", markdown), env)
    ends = [i for i, token in enumerate(tokens) if token.type == "footnote_block_open"]
    body = parser.renderer.render(tokens[: ends[0]] if ends else tokens, parser.options, env)
    notes: list[RawNote] = []
    start = None
    for i, token in enumerate(tokens[ends[0] :] if ends else [], start=ends[0] if ends else 0):
        if token.type == "footnote_open":
            start = i
        elif token.type == "footnote_close" and start is not None:
            inner = [t for t in tokens[start + 1 : i] if t.type != "footnote_anchor"]
            notes.append(RawNote(_label(tokens[start]), to_line(parser.renderer.render(inner, parser.options, env))))
    compose(post, STRAY_EMPHASIS.sub("", BROKEN_TAG.sub(" ", BROKEN_LINK.sub(r"\1", to_blocks(body)))), notes=notes)
    if not post.body.strip():
        held = f" (the body holds only: {', '.join(sorted(set(shortcodes)))})" if shortcodes else ""
        post.problems.append(f"no text{held}; kept, with nothing to code.")


def _comments(values: Any, problems: list[str]) -> list[RawComment]:
    comments: list[RawComment] = []
    place: dict[int, int] = {}  # a comment left out must not move the answers to others
    for n, value in enumerate(values if isinstance(values, list) else [values], start=1):
        if not isinstance(value, dict) or not value.get("text"):
            problems.append(f"comment {n} has no text; left out.")
            continue
        day = read_date(value["date"]) if value.get("date") else None
        answered = value.get("reply_to")
        parent = place.get(answered) if isinstance(answered, int) else None
        place[n] = len(comments) + 1
        comments.append(RawComment(str(value.get("author") or ""), to_blocks(str(value["text"])), day[0] if day else None, parent))
    return comments
