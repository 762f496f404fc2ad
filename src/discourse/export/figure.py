"""Figures as files: PNG, SVG, PDF, the CSV of the numbers, the alt text and the passport; the same figure gives the same bytes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.export.numbers import marks_of, rows_as_csv
from discourse.export.passport import Drawn, to_json
from discourse.export.pictures import AWAITED, KINDS, digest, drawn_as, with_description, with_digest
from discourse.paths import write_whole

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Canvas

__all__ = ["SUFFIXES", "Figure", "export"]

SCREEN = 110  # dots per inch in a notebook
SUFFIXES = ("png", "svg", "pdf", "csv", "txt", "json")


@dataclass(frozen=True)
class Figure:
    """A drawn chart; with a passport, its identifier stands at its foot and the passport in each of its files."""

    chart: Drawn
    passport: Mapping[str, Any] | None = None

    @property
    def figure(self) -> Canvas:
        """The matplotlib figure."""
        return self.chart.figure

    @property
    def numbers(self) -> pd.DataFrame:
        """What is drawn, a row a mark."""
        return self.chart.numbers

    @property
    def title(self) -> str:
        """What is shown."""
        return self.chart.title

    @property
    def alt(self) -> str:
        """What the figure shows, in words made from its numbers."""
        return self.chart.alt

    @property
    def id(self) -> str:
        """The identifier printed at its foot; empty without a passport."""
        return str(self.passport["identifier"]) if self.passport else ""

    @cached_property
    def _drawn(self) -> tuple[dict[str, bytes], dict[str, str]]:
        """Each picture, drawn once, and its hash: PNG and SVG bare, the PDF with its passport, in which its own hash is awaited."""
        made: dict[str, bytes] = {}
        hashes: dict[str, str] = {}
        for kind in KINDS:
            carries = self.passport is not None and kind == "pdf"
            text = to_json({**(self.passport or {}), "pictures": {**hashes, kind: AWAITED}}) if carries else None
            made[kind] = drawn_as(self.figure, kind, title=self.title, description=text)
            hashes[kind] = digest(made[kind], kind, self.title) if self.passport is not None else ""
        return made, hashes

    @cached_property
    def whole_passport(self) -> dict[str, Any] | None:
        """The passport with the hash of each picture."""
        return None if self.passport is None else {**self.passport, "pictures": self._drawn[1]}

    def as_files(self) -> dict[str, bytes]:
        """Return suffix -> content: the pictures, `csv` (the numbers), `txt` (the alt text), and `json` (the passport), if there is one."""
        return dict(self._files)

    @cached_property
    def _files(self) -> dict[str, bytes]:
        marks, (drawn, hashes) = marks_of(self.numbers), self._drawn
        columns, rows = marks["columns"], marks["rows"]
        if self.passport is None:
            return {**drawn, "csv": rows_as_csv(columns, rows), "txt": f"{self.alt}\n".encode()}
        text = to_json(self.whole_passport or {})
        pictures = {kind: with_description(drawn[kind], kind, title=self.title, description=text) for kind in ("png", "svg")}
        pictures["pdf"] = with_digest(drawn["pdf"], hashes["pdf"], self.title)
        numbers = rows_as_csv([*columns, "figure"], [[*row, self.id] for row in rows])
        return {**pictures, "csv": numbers, "txt": f"{self.alt}\n".encode(), "json": f"{text}\n".encode()}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        """Show the figure in a notebook, with its passport and its alt text."""
        data = drawn_as(self.figure, "png", title=self.title, dpi=SCREEN)
        if self.passport is not None:
            text = to_json({**self.passport, "pictures": {"screen": digest(data, "png", self.title)}})
            data = with_description(data, "png", title=self.title, description=text)
        return {"image/png": base64.b64encode(data).decode(), "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


def export(figure: Figure, *, name: str, folder: Path) -> list[Path]:
    """Write `name.png`, `.svg`, `.pdf`, `.csv`, `.txt` and `.json` into a folder, each whole or not at all, and return the paths.

    Raises
    ------
    WorkspaceError : the folder cannot be written.
    """
    written = []
    for suffix, data in figure.as_files().items():
        written.append(folder / f"{name}.{suffix}")
        write_whole(written[-1], data)
    return written
