"""Codebooks for those who write and use them: checked, and printed for coders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discourse.tag.codebook import Proof

__all__ = ["check_codebook", "show_codebook"]


def check_codebook(file: Path | None = None) -> Proof:
    """Return what a codebook proves of itself: `problems`, `warnings` (each one line) and `overlaps` of its codes.

    Parameters
    ----------
    file : a codebook; without it the shipped one, which must have twelve examples of each sort for every code; another needs three.

    Raises
    ------
    CodebookError : it cannot be read.
    """
    from discourse.tag.codebook import ENOUGH, FEWEST, proof, read_codebook
    from discourse.tag.english import load_english

    codebook = read_codebook(file)
    parser = load_english().parse if codebook.needs_doc else None
    return proof(codebook, parser, fewest=FEWEST if file else ENOUGH)


def show_codebook(file: Path | None = None, *, code: str | None = None, form: str = "text") -> str:
    """Return a codebook to be read by coders: definitions, what is in, what is out, examples.

    Parameters
    ----------
    file : a codebook; without it the shipped one.
    code : only this code.
    form : `text` or `md` (Markdown).

    Raises
    ------
    CodebookError : it cannot be read, or there is no such code or form.
    """
    from discourse.tag.codebook import printed, read_codebook

    return printed(read_codebook(file), code=code, form=form)
