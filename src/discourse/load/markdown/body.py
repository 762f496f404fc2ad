"""The body of a Markdown post: what only a generator understands is taken out, and the rest becomes text in blocks.

Read as CommonMark with tables and footnotes `[^1]` (kramdown, Hugo, MkDocs and Pelican share them). Taken out, the words in it staying:

- **Hugo**: shortcodes `{{< figure … >}}` and `{{% note %}}inner text{{% /note %}}` (Internet Freedom Foundation), `ref` and `relref`.
- **Jekyll, Eleventy**: `{% include … %}`, `{{ site.baseurl }}`, `{% post_url … %}` in links, comments; kramdown's `{: .class}`, and
  `{:toc}` with the list that it replaces (Minimal Mistakes); `*[HTML]: …`.
- **MkDocs Material**: `!!! note "Title"`, `??? note`, `=== "Tab"` (the title stays), `{ .md-button }`, icons `:material-…:`, `--8<--`,
  `[TOC]`.
- **MDX**: lines of `import` and `export`, components `<Chart data={x} />`, `{/* … */}`; `:::tip Title` (Docusaurus).
- `{#anchor}` behind headings (Digital Rights Watch), `> [!NOTE]`, `- [x]`, `==marked==`.

Quirks, and where they were seen:

- Reference links `[text][1]` with ` [1]: url` below look like footnotes and are none (Digital Rights Watch).
- Exporters indent raw HTML, which must not make it code, and leave `**`, `__`, `[text](address with spaces)` and unquoted tags that no
  parser takes for markup: the marks go, the words stay (Digital Rights Watch, Internet Freedom Foundation).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from discourse.load.body.blocks import NOTE_CLOSE, NOTE_OPEN, link_notes, to_blocks, to_line
from discourse.load.body.notes import RawNote
from discourse.load.body.parsing import parse

__all__ = ["Body", "read_body"]

SHORTCODE = re.compile(r"\{\{([<%])(?P<name>(?:(?!\{\{[<%]).)*?)[>%]\}\}", re.DOTALL)
REFERENCES = frozenset(("ref", "relref"))
# What must stand in a text for the pattern to be tried, the pattern, what stands in its place.
TEMPLATE = (
    ("comment", re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{::comment\}.*?\{:/(?:comment)?\}", re.DOTALL), ""),
    ("{%", re.compile(r"\{%-?\s*(?:post_url|link)\s(?:(?!\{%)[^\n])*?%\}"), "#"),
    ("{", re.compile(r"\{%(?:(?!\{%).)*?%\}|\{\{(?:(?!\{\{).)*?\}\}|\{#\s(?:(?!\{#)[^\n])*?#\}", re.DOTALL), ""),
    ("{:", re.compile(r"^[ ]{0,3}(?:[*+-]|\d+\.)[ \t][^\n]*\n[ ]{0,3}\{:[ ]?toc\b[^\n{}]*\}[ \t]*$", re.MULTILINE), ""),
    ("{", re.compile(r"(?<![ \t])[ \t]*\{[ \t]*(?:::?/?|[#.](?=[\w-])|[\w-]+=)[^{}\n]{0,300}\}"), ""),
    (
        ("!!!", "???"),
        re.compile(
            r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w-]*(?: inline(?: end)?)?[ \t]*(?:\"([^\"\n]*)\")?[ \t]*$",
            re.MULTILINE,
        ),
        r"\n\1\n",
    ),
    ("===", re.compile(r"^[ \t]*===[!+]?[ \t]+\"([^\"\n]*)\"[ \t]*$", re.MULTILINE), r"\n\1\n"),
    (
        ":::",
        re.compile(r"^[ \t]*:::+[ \t]*(?:[\w-]+[ \t]*)?(?:\[([^\]\n]*)\]|([^\n{}]*))(?:\{[^{}\n]*\})?[ \t]*$", re.MULTILINE),
        r"\n\1\2\n",
    ),
    (("TOC", "8<", "*["), re.compile(r"^[ \t]*(?:\[\[?_?TOC_?\]?\]|-{1,2}8<-{1,2}[^\n]*|\*\[[^\]\n]+\]:[^\n]*)[ \t]*$", re.MULTILINE), ""),
    ("[!", re.compile(r"\[![A-Z]+\]"), ""),
    (":", re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:"), ""),
    (("[ ]", "[x]", "[X]"), re.compile(r"^([ \t]*[*+-][ \t]+)\[[ xX]\][ \t]", re.MULTILINE), r"\1"),
    ("==", re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+?)(?<=\S)==(?![=\w])"), r"\1"),
    ("import", re.compile(r"^import\s+(?:[\w*{}\s,$]{1,300}?\sfrom\s+)?(['\"])[^'\"\n]+\1;?[ \t]*$", re.MULTILINE), ""),
)
MDX = (
    ("={", re.compile(r"(?<=\s)[\w-]+=\{(?:[^{}]|\{[^{}]*\})*\}"), ""),
    ("export", re.compile(r"^export\s+(?:const|let|var|default|function|async)\b[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*", re.MULTILINE), ""),
    ("<", re.compile(r"""</?(?:[A-Z][\w.]*(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})*)?/?>"""), ""),
    ("{", re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}"), ""),
)
CODE = re.compile(
    r"^[ \t]*(`{3,}+(?=[^`\n]*$)|~{3,}+)[^\n]*(?:\n.*?^[ \t]*\1[`~]*[ \t]*$|.*\Z)|(?<!`)(`{1,2})(?!`)[^`\n]+\2(?!`)",
    re.DOTALL | re.MULTILINE,
)
CODE_OPEN, CODE_CLOSE = "\uf8f0", "\uf8f1"
KEPT_CODE = re.compile(f"{CODE_OPEN}(\\d+){CODE_CLOSE}")
BROKEN_LINK = re.compile(r"\[([^\[\]]+)\](?:\[\w*\]|\((?:[^()\n]*[ /][^()\n]*)\))")
BROKEN_TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|i|img|li|meta|ol|p|span|strong|table|tbody|td|th|tr|u|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
STRAY_EMPHASIS = re.compile(r"[*]{2,}|_(?:_+|(?<!\S_)(?!\S))")


class Body(NamedTuple):
    """A body read: the title that its first heading gives, the text in blocks, its footnotes, and the shortcodes that were in it."""

    title: str
    text: str
    notes: list[RawNote]
    shortcodes: list[str]


def read_body(markdown: str, *, title: str = "", mdx: bool = False) -> Body:
    """Render a body.

    Parameters
    ----------
    title : as the front matter says; without one the first heading is the title, and no part of the text.
    mdx : the file is MDX.

    >>> read_body("Why\\n===\\n\\n{{< note >}}Because.{{< /note >}}")[:2]
    ('Why', 'Because.')
    """
    shortcodes = [match["name"].split(maxsplit=1)[0] for match in SHORTCODE.finditer(markdown) if match["name"].strip()]
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(_plain(markdown, mdx), env)
    heading, tokens = _titled(tokens, title, env)
    ends = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    notes = []
    start = ends
    for i, token in enumerate(tokens[ends:], start=ends):
        if token.type == "footnote_open":
            start = i
        elif token.type == "footnote_close":
            inner = [t for t in tokens[start + 1 : i] if t.type != "footnote_anchor"]
            notes.append(RawNote(_label(tokens[start]), to_line(parser.renderer.render(inner, parser.options, env))))
    tree = parse(parser.renderer.render(tokens[:ends], parser.options, env))[0]
    if tree.body is None:
        return Body(heading, "", notes, shortcodes)
    notes += [RawNote(number, text) for number, text in link_notes(tree.body)]
    text = STRAY_EMPHASIS.sub("", BROKEN_TAG.sub(" ", BROKEN_LINK.sub(r"\1", to_blocks(tree.body))))
    return Body(heading, text, notes, shortcodes)


def _plain(markdown: str, mdx: bool) -> str:
    """Return Markdown without what only a generator understands; code stays as it is."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"{CODE_OPEN}{len(kept) - 1}{CODE_CLOSE}"

    text = markdown.replace(CODE_OPEN, "").replace(CODE_CLOSE, "")
    text = CODE.sub(keep, text) if "`" in text or "~~~" in text else text
    text = SHORTCODE.sub(lambda match: "#" if match["name"].split()[:1] and match["name"].split()[0] in REFERENCES else "", text)
    for signs, pattern, instead in (*TEMPLATE, *(MDX if mdx else ())):
        if any(sign in text for sign in ([signs] if isinstance(signs, str) else signs)):
            text = pattern.sub(instead, text)
    return KEPT_CODE.sub(lambda match: kept[int(match[1])], text)


def _titled(tokens: list[Any], title: str, env: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return the title that a heading gives, and the tokens without it.

    Without a title in the front matter that is the first heading of the first level, or one at the head of the body; with one it is a
    heading of the first level at the head that repeats it.
    """
    content = [i for i, token in enumerate(tokens) if not (token.type == "html_block" and token.content.lstrip().startswith("<!--"))]
    head = content[0] if content else 0
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1" and not token.level), None)
    if first is None and tokens and tokens[head].type == "heading_open":
        first = head
    if first is None or (title and (first != head or tokens[first].tag != "h1")):
        return "", tokens
    parser = _parser()
    printed = to_line(parser.renderer.render(tokens[first + 1 : first + 2], parser.options, env)).replace("*", "")
    if title and printed.casefold() != title.casefold():
        return "", tokens
    return printed, tokens[:first] + tokens[first + 3 :]


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
