"""What is asked of each sentence, and so which columns a sheet has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["FIXED", "REMARK", "Answer", "Form", "head"]

FIXED = ("line", "id", "text")
REMARK = "remark"
Answer = int | str | None


def head(coder: str, name: str) -> str:
    """Return the head of the column in which a coder's own answer stands beside the decision.

    >>> head("coder_a", "holder")
    'coder_a holder'
    """
    return f"{coder} {name}"


class Form(NamedTuple):
    """What is asked of each sentence.

    `codes` are 0 or 1. `labels` (name -> values, such as `holder`) are asked where one of `framings`, some of the codes, is 1. On a sheet
    of decisions the answers of `coders` stand beside what is asked; on a coder's own sheet there are none.
    """

    codes: tuple[str, ...]
    framings: tuple[str, ...]
    labels: Mapping[str, Sequence[str]]
    coders: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the columns to be filled, but the remark."""
        return (*self.codes, *self.labels)

    @property
    def beside(self) -> tuple[str, ...]:
        """Return the columns with what the coders said."""
        return tuple(head(coder, name) for name in (*self.asked, REMARK) for coder in self.coders)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return all columns in their order: what each coder said of a code stands before the decision on it."""
        asked = (column for name in (*self.asked, REMARK) for column in (*(head(coder, name) for coder in self.coders), name))
        return (*FIXED, *asked)

    def is_framed(self, answers: Mapping[str, Answer]) -> bool:
        """Return whether a sentence carries one of the framings."""
        return any(answers.get(framing) == 1 for framing in self.framings)

    def agreed(self, answers: Sequence[Mapping[str, Answer]]) -> dict[str, Answer]:
        """Return what all answers to one sentence have in common; what they differ on is left out."""
        return {name: answers[0].get(name) for name in self.asked if len({one.get(name) for one in answers}) == 1} if answers else {}
