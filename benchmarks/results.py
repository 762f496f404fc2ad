"""RESULTS.md: a summary of every program, the figure of ratios, and one section a program; writing one leaves the others as they are.

What a program hands over for the summary is kept in `summary.json`, with the machine and the versions that it was measured with.
"""

import json
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import ratios

FOLDER = Path(__file__).parent
HEADING = "# Measured speed, quality and scale"
PROGRAMS = ("pages", "names", "tagging", "keyness", "topics", "shares", "scale", "references", "coverage", "trends")
NONE = "–"


class Row(NamedTuple):
    """One line of the summary; `ratio` says how many times as fast as the peer we are, or nothing where that is not what counts."""

    work: str
    ours: str
    peer: str = NONE
    theirs: str = NONE
    ratio: float | None = None
    quality: str = ""

    @property
    def line(self):
        """Return the row as Markdown."""
        peer = NONE if self.peer == NONE else f"{self.peer}: {self.theirs}"
        return f"| {self.work} | {self.ours} | {peer} | {NONE if self.ratio is None else ratios.told(self.ratio)} | {self.quality} |"


def machine():
    """Return processor, cores, memory and system in words."""
    described = Path("/proc/cpuinfo")
    names = re.findall(r"(?m)^model name\s*: (.+)$", described.read_text(encoding="utf-8")) if described.exists() else []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{names[0].strip() if names else platform.machine()}, {cores} cores, {memory:.0f} GiB of memory, {platform.system()}"


def keep(program, text, rows=(), *, packages=()):
    """Write a program's section, which begins with its heading (##), and its rows of the summary.

    Parameters
    ----------
    program : one of PROGRAMS.
    text : the section; what the program wrote before is replaced.
    rows : of `Row`.
    packages : names of what the versions count of, beside discourse and Python.
    """
    known = summary(FOLDER)
    versions = {"Python": platform.python_version(), **{name: version(name) for name in ("discourse", *packages)}}
    entry = {"heading": text.split("\n", 1)[0], "machine": machine(), "versions": versions, "rows": [row._asdict() for row in rows]}
    sections = read_sections(FOLDER)
    if program in known:
        sections.pop(known[program]["heading"], None)
    sections[entry["heading"]] = text.strip()
    known[program] = entry
    ordered = {name: known[name] for name in PROGRAMS if name in known}
    (FOLDER / "summary.json").write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (FOLDER / "RESULTS.md").write_text(composed(ordered, sections), encoding="utf-8")
    ratios.draw([Row(**row) for one in ordered.values() for row in one["rows"]], FOLDER / "ratios.svg")
    print(text)


def summary(folder):
    """Return program -> its heading, machine, versions and rows."""
    file = folder / "summary.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def read_sections(folder):
    """Return heading -> section of RESULTS.md."""
    file = folder / "RESULTS.md"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return {part.split("\n", 1)[0]: part.strip() for part in re.split(r"(?m)^(?=## )", text)[1:]}


def composed(known, sections):
    """Return RESULTS.md: summary, then the sections in the order of PROGRAMS, then those of no program that is known."""
    headings = [known[name]["heading"] for name in known]
    last = [heading for heading in sections if heading not in headings]
    bodies = [sections[heading] for heading in [*headings, *last] if heading in sections]
    return "\n\n".join([HEADING, opening(known), *bodies]) + "\n"


def opening(known):
    """Return the summary: the table, the figure, the machines and the versions."""
    lines = [Row(**row).line for one in known.values() for row in one["rows"]]
    return "\n".join([
        "Medians of rounds in turns on one core where a section does not say otherwise; above 1 a ratio says how many times as fast as the peer we are.", "",
        "| work | discourse | peer | ratio | quality |", "|---|---|---|---|---|", *lines, "", "![ratios](ratios.svg)", "", *_means(known),
    ])  # fmt: skip


def _means(known):
    """Return a line for each machine and the versions on it; one where all was measured with the same."""
    used = {}
    for name, one in known.items():
        programs, versions = used.setdefault((one["machine"], one["versions"]["Python"]), ([], {}))
        programs.append(name)
        for package, number in one["versions"].items():
            versions.setdefault(package, []).extend([] if number in versions.get(package, []) else [number])
    lines = []
    for (where, _), (programs, versions) in used.items():
        told = ", ".join(f"{package} {' and '.join(numbers)}" for package, numbers in versions.items())
        lines.append(f"{', '.join(programs) + ': ' if len(used) > 1 else ''}{where}; {told}.")
    return lines
