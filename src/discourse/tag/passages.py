"""The language of a passage: by its script where that is not the script of the post's language, else the post's."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["language_of"]

SCRIPTS = {
    "ko": r"\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f",
    "ja": r"\u3040-\u30ff",
    "zh": r"\u4e00-\u9fff",
    "ru": r"\u0400-\u04ff",
    "ar": r"\u0600-\u06ff",
    "hi": r"\u0900-\u097f",
    "en": r"A-Za-z\u00c0-\u024f",
}
LATIN = "en"
NOT_LATIN = re.compile(rf"[^\W\d_{SCRIPTS[LATIN]}]")
SHARED = {"uk": "ru", "fa": "ar", "ur": "ar", "ja": "zh"}
MOSTLY = 0.5
FEWEST_LETTERS = 8


@cache
def _letters(script: str) -> re.Pattern[str]:
    return re.compile(f"[{script}]")


def language_of(sentence: str, language: str) -> str:
    """Return the ISO 639-1 code of a sentence's language, given that of its post.

    A sentence of at least 8 letters, most of them in another script, is in that script's language; Latin letters in a post
    of another script are taken for English.

    >>> language_of("관리소는 없다고 그들은 말한다.", "en"), language_of("The camps exist.", "ko"), language_of("Les camps existent.", "fr")
    ('ko', 'en', 'fr')
    """
    if language == LATIN and not NOT_LATIN.search(sentence):
        return language
    n_letters = sum(character.isalpha() for character in sentence)
    if n_letters < FEWEST_LETTERS:
        return language
    written = next((code for code, script in SCRIPTS.items() if len(_letters(script).findall(sentence)) > MOSTLY * n_letters), language)
    latin = language not in SCRIPTS and language not in SHARED
    return language if written == SHARED.get(language) or (written == LATIN and latin) else written
