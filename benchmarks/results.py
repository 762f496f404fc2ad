"""RESULTS.md: one section a benchmark; writing one leaves the others as they are."""

import re
from pathlib import Path

FILE = Path(__file__).with_name("RESULTS.md")
HEADING = "# Measured speed and coverage\n"


def keep(text):
    """Write a section, which begins with its heading (##), in place of the one of that name."""
    before = FILE.read_text(encoding="utf-8") if FILE.exists() else HEADING
    sections = {part.split("\n", 1)[0]: part.strip() for part in re.split(r"(?m)^(?=## )", before)[1:]}
    sections[text.split("\n", 1)[0]] = text.strip()
    FILE.write_text("\n\n".join([HEADING.strip(), *sections.values()]) + "\n", encoding="utf-8")
    print(text)
