"""Read the open data sets: CoNLL-U sentences (syntax) and IOB sentences (names), as spaCy documents of one sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

PERSON = {"PER": "PERSON", "person": "PERSON"}
ORG = {"ORG": "ORG", "corporation": "ORG", "group": "ORG"}
PLACE = {"LOC": "GPE", "location": "GPE"}
OTHERS = {"product": "PRODUCT"}
LABELS = PERSON | ORG | PLACE | OTHERS
LANDFORMS = frozenset(
    """
    river lake sea ocean mount mountain mountains valley island islands strait gulf bay coast desert street road avenue
    square park bridge airport station peninsula hills cape canal beach forest continent hemisphere east west north south
    asia africa europe pacific atlantic earth
    """.split()
)


def blocks(path: Path) -> Iterator[list[str]]:
    """Yield the lines of each block set apart by empty lines."""
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def conllu(path: Path, vocab: Vocab) -> Iterator[tuple[str, Doc]]:
    """Yield id and document of every sentence of a CoNLL-U file; the id ends in `+` where a paragraph begins."""
    for block in blocks(path):
        name = next(line.split(" = ", 1)[1] for line in block if line.startswith("# sent_id"))
        opens = any(line.startswith(("# newpar", "# newdoc")) for line in block)
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        ends = {int(row[0].split("-")[1]): "SpaceAfter=No" not in row[9] for row in rows if "-" in row[0]}
        inside = {k for row in rows if "-" in row[0] for k in range(int(row[0].split("-")[0]), int(row[0].split("-")[1]))}
        words = [row for row in rows if row[0].isdigit()]
        spaces = [k not in inside and ends.get(k, "SpaceAfter=No" not in row[9]) for k, row in enumerate(words, start=1)]
        fields = {
            "tags": [row[4] for row in words],
            "pos": [row[3] for row in words],
            "morphs": ["" if row[5] == "_" else row[5] for row in words],
            "lemmas": [row[2] for row in words],
            "heads": [int(row[6]) - 1 if row[6] != "0" else k for k, row in enumerate(words)],
            "deps": ["ROOT" if row[7] == "root" else row[7] for row in words],
        }
        yield name + "+" * opens, Doc(vocab, words=[row[1] for row in words], spaces=spaces, **fields)


def iob(path: Path, *, column: int = -1) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield id, words and tags of every sentence of an IOB file; tags without B- (as in WikiGold) are read as IOB1."""
    for n, block in enumerate(blocks(path)):
        name = next((line.split(" = ", 1)[1] for line in block if line.startswith("# sent_id")), str(n))
        rows = [line.split("\t") if "\t" in line else line.rsplit(" ", 1) for line in block if not line.startswith("# ")]
        if rows and rows[0][0].isdigit() and len(rows[0]) >= 3 and not rows[0][1].startswith(("B-", "I-")):
            rows = [row[1:] for row in rows if row[0].isdigit()]
        rows = [row for row in rows if len(row) >= 2 and row[0]]
        if rows:
            yield name, [row[0] for row in rows], [row[1] for row in rows]


def names(words: list[str], tags: list[str]) -> list[str | None]:
    """Return our own labels for a sentence's IOB tags; None (unknown) for what another set names and we divide otherwise."""
    out: list[str | None] = []
    start = 0
    while start < len(words):
        kind = tags[start].partition("-")[2]
        if not kind:
            out.append("O")
            start += 1
            continue
        end = start + 1
        while end < len(words) and tags[end] == f"I-{kind}":
            end += 1
        label = LABELS.get(kind)
        if kind in PLACE and LANDFORMS & {word.lower() for word in words[start:end]}:
            label = "LOC"
        out += [None] * (end - start) if label is None else [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
        start = end
    return out
