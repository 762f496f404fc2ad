"""A codebook printed for those who code by hand: definition, what is in, what is out, examples; as text or Markdown."""

from __future__ import annotations

import re

from discourse.errors import CodebookError, did_you_mean
from discourse.tag.codebook.rules import Code, Codebook

__all__ = ["FORMATS", "printed"]

FORMATS = ("text", "md")
MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def printed(codebook: Codebook, *, code: str | None = None, form: str = "text") -> str:
    """Return a codebook, or one of its codes, to be read by coders.

    Parameters
    ----------
    codebook : the codebook.
    code : only this code.
    form : `text` or `md` (Markdown).

    Raises
    ------
    CodebookError : there is no such code or form.
    """
    if form not in FORMATS:
        raise CodebookError(f"There is no format {form!r}.{did_you_mean(form, FORMATS)}")
    chosen = [one for one in codebook.codes if code in (None, one.code)]
    if not chosen:
        raise CodebookError(
            f"The codebook {codebook.name} has no code {code!r}.{did_you_mean(str(code), [c.code for c in codebook.codes])}"
        )
    title = f"{codebook.name} {codebook.version} ({codebook.language})"
    parts = [f"# {_escaped(title)}" if form == "md" else title] if code is None else []
    write = _markdown if form == "md" else _text
    return "\n\n".join([*parts, *(write(one, _parent(one, codebook)) for one in chosen)])


def _parent(code: Code, codebook: Codebook) -> str:
    """Return the printed names of what a code belongs to, the nearest first."""
    by_name = {one.code: one for one in codebook.codes}
    names, parent = [], code.parent
    while parent:
        names.append(by_name[parent].name if parent in by_name else codebook.groups[parent])
        parent = by_name[parent].parent if parent in by_name else None
    return ", in ".join(names)


def _parts(code: Code, parent: str) -> list[tuple[str, str]]:
    parts = [("Kind", code.kind), ("Belongs to", parent), ("Definition", code.definition), ("In", code.includes), ("Out", code.excludes)]
    return [(label, _line(text)) for label, text in parts if text]


def _text(code: Code, parent: str) -> str:
    lines = [f"{_line(code.name)} ({code.code})", *(f"  {label}: {text}" for label, text in _parts(code, parent))]
    for label, examples in (("Examples", code.match), ("No examples", code.no_match)):
        lines += [f"  {label}:", *(f"    - {_line(example)}" for example in examples)]
    return "\n".join(lines)


def _markdown(code: Code, parent: str) -> str:
    blocks = [f"## {_escaped(code.name)} (`{code.code}`)", *(f"**{label}:** {_escaped(text)}" for label, text in _parts(code, parent))]
    for label, examples in (("Examples", code.match), ("No examples", code.no_match)):
        blocks += [f"**{label}:**", "\n".join(f"- {_escaped(example)}" for example in examples)]
    return "\n\n".join(blocks)


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return MARKS.sub(r"\\\1", _line(text))
