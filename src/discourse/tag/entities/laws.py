"""Laws by their form: numbered sections and articles, titled acts and rules, cases (`resources/gazetteer/laws.csv`)."""

from __future__ import annotations

import re
from functools import cache

from discourse.paths import resource_rows

__all__ = ["laws", "patterns"]

ONE = r"\d+(?:-?[A-Z]{1,2}\b)?(?:\s?\(\w{1,3}\))*"
NUMBER = rf"{ONE}(?:(?:, | and | or | & |/|-|–){ONE})*"
HEAD = r"(?:Act|Bill(?! [A-Z][a-z])|Ordinance|Directive|Rules|Regulations?|Amendment|Guidelines)\b"
YEAR = r"(?:,? (?:of )?(?:18|19|20)\d\d)?"
WORD = rf"(?!{HEAD})[A-Z][\w’'-]{{0,30}}\.?"
TITLE = (
    rf"(?:{WORD}(?: \([A-Z][^()]{{2,60}}\))?(?:,? (?:of|and|or|from|&|Right to) (?:the )?| )){{1,14}}{HEAD}(?: {HEAD})?"
    rf"(?: \([A-Z][^()]{{2,60}}\) (?:Act|Bill|Rules))?{YEAR}(?! (?:[A-Z]\w+ )?(?:Committee|Commission|Review|Tribunal|Board))"
)
CODE = (
    r"(?:(?:[A-Z]\w+ )?[Cc]onstitution(?: of [A-Z]\w+)?|UDHR|ICCPR|ICESCR|CEDAW|GDPR|ECHR|CRC|"
    r"European Convention(?: on Human Rights)?|(?:EU )?Charter(?: of Fundamental Rights)?|"
    r"IPC|CrPC|Cr\.P\.C\.|(?:Indian )?Penal Code|Code of Criminal Procedure)"
)
PARTY = rf"{WORD}(?:(?: \([^()]{{2,30}}\)| of| and| &)? {WORD}){{0,9}}"
PLACES = {"NUMBER": NUMBER, "TITLE": TITLE, "PARTY": PARTY, "CODE": rf"{CODE}{YEAR}"}
OPENING = re.compile(
    r"(?:The|This|That|These|Under|In|An?|Of|And|Our|Its|Both|While|When|Since|As|If|Each|Every|By|For|On|No|With|\w+['’]s)\s+"
)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return name -> pattern of the rows of `laws.csv`."""
    fill = re.compile("|".join(PLACES))
    return {
        row["law"]: re.compile(r"\b" + fill.sub(lambda m: PLACES[m[0]], row["pattern"])) for row in resource_rows("gazetteer", "laws.csv")
    }


def laws(sentence: str) -> list[tuple[int, int, str]]:
    """Return start, end and the pattern's name of what has the form of a law; the longest at a place.

    >>> [(s[a:b], name) for s in ["Under Section 69A of the Information Technology Act, 2000 it stays."] for a, b, name in laws(s)]
    [('Section 69A of the Information Technology Act, 2000', 'section_of_a_law')]
    >>> laws("The Act and the Bill say so.")
    []
    """
    found = []
    for name, pattern in patterns().items():
        for match in pattern.finditer(sentence):
            start, end = match.span()
            while opening := OPENING.match(sentence, start, end):
                start = opening.end()
            if " " in sentence[start:end].strip() or name in ("lettered", "bare"):
                found.append((start, start + len(sentence[start:end].rstrip(" .")), name))
    chosen: list[tuple[int, int, str]] = []
    for a, b, name in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if all(b <= x or a >= y for x, y, _ in chosen):
            chosen.append((a, b, name))
    return sorted(chosen)
