"""Dictionary forms of words: simplemma's tables, and Kiwi for Korean, whose words carry particles and endings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from discourse.errors import InputError, PipelineError

__all__ = ["kiwi", "lemmas_of"]

AFTER_THE_STEM = ("J", "E", "VCP")  # Sejong tags: particles, endings, the copula
VERBS = ("VV", "VA", "VX", "XSV", "XSA")


def lemmas_of(words: Sequence[str], *, language: str) -> list[str]:
    """Return the lemma of each word, each looked at alone (simplemma, Barbaresi 2025; for Korean Kiwi, Lee 2024).

    Parameters
    ----------
    words : in lower case.
    language : ISO 639-1.

    Raises
    ------
    InputError : there are no lemmas for the language.
    PipelineError : the language is Korean and the extra `korean` is not installed.

    >>> lemmas_of(["phones", "spied", "관리소"], language="en")
    ['phone', 'spy', '관리소']
    >>> lemmas_of(["휴대전화를", "사람들은", "감시한다", "sms"], language="ko")
    ['휴대전화', '사람', '감시하다', 'sms']
    """
    from simplemma import lemmatize

    if language == "ko":
        return [_stem(word) for word in words]
    try:
        return [lemmatize(word, lang=language).lower() for word in words]
    except ValueError as error:
        raise InputError(f"There are no lemmas for the language {language!r}; leave lemmas out.") from error


def _stem(word: str) -> str:
    """Return what stands before the first particle or ending, as a dictionary prints it; the plural 들 is dropped."""
    forms, last = "", ""
    for token in kiwi().tokenize(word):
        if forms and (token.tag.startswith(AFTER_THE_STEM) or (token.tag, token.form) == ("XSN", "들")):
            break
        forms, last = forms + token.form, token.tag
    return (f"{forms}다" if last.startswith(VERBS) else forms) or word


@cache
def kiwi() -> Any:
    """Return the analyser of Korean, made once.

    Raises
    ------
    PipelineError : the extra `korean` is not installed.
    """
    try:
        from kiwipiepy import Kiwi
    except ImportError as error:
        raise PipelineError("Korean words need the extra `korean`; install it with: pip install 'discourse[korean]'") from error
    return Kiwi()
