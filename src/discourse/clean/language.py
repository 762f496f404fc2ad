"""The language of a text: by its script where that settles it, else by py3langid."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["detect"]

FEWEST_LETTERS = 60
READ = 1500
HANGUL, NO_LETTERS = re.compile("[가-힣]"), re.compile(r"[\W\d_]+")
LIKELY = [
    "ar",
    "de",
    "en",
    "es",
    "fa",
    "fr",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "ms",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LIKELY)
    return identifier


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's main language, or `und` when it has fewer than 60 letters.

    >>> detect("휴대전화는 늘었지만 인터넷은 여전히 금지되어 있다. " * 4)
    'ko'
    >>> detect("Yes.")
    'und'
    """
    n_hangul = len(HANGUL.findall(text))
    n_letters = 0 if n_hangul else _letters(text[:READ])
    if n_letters < FEWEST_LETTERS:  # or the whole is to be counted
        n_letters = _letters(text)
    if n_letters < FEWEST_LETTERS:
        return "und"
    return "ko" if n_hangul > n_letters / 2 else str(_identifier().classify(text[:READ])[0])


def _letters(text: str) -> int:
    return len(NO_LETTERS.sub("", text))
