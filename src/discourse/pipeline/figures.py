"""From numbers to figures: charts drawn, with their passports, and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, workspaces
from discourse.pipeline.charts import CHARTS, Asked, Measured, draw_chart
from discourse.pipeline.coded import MEASURE
from discourse.pipeline.gold import GoldFile
from discourse.pipeline.loading import load_corpus
from discourse.pipeline.measuring import gold_before, measure_corpus
from discourse.pipeline.passports import keep, passport_of, stamp
from discourse.pipeline.tagging import chosen_before, tag_corpus
from discourse.pipeline.workspace import Progress, quiet
from discourse.workers import HERE, Where

if TYPE_CHECKING:
    from discourse.export import Figure

__all__ = ["chart_corpus", "draw", "drawn", "prepared", "written"]


def draw(workspace: Path | str, name: str, **asked: Any) -> Figure:
    """Draw one chart of a measured workspace: a figure with its numbers, its alt text and its passport, which the workspace keeps.

    Parameters
    ----------
    workspace : made by `measure_corpus`.
    name : of `CHARTS`.
    asked : options of the chart, fields of `Asked`, such as `by=("category",)`.

    Raises
    ------
    InputError : there is no such chart, it does not take an option, or an option names what is not there.
    WorkspaceError : the workspace was not tagged, or not measured, as it is now; or cannot be written.
    """
    return drawn(Measured(workspace, Asked.of(asked)), name)


def drawn(measured: Measured, name: str) -> Figure:
    """Return one chart, its identifier printed at its foot and its passport kept; of one `Measured` it is drawn once."""
    return measured.once(f"figure {name}", lambda workspace: _drawn(workspace, name))


def _drawn(measured: Measured, name: str) -> Figure:
    from discourse.export import Figure

    chart = draw_chart(measured, name)
    passport = passport_of(chart, name, measured)
    stamp(chart, passport["identifier"])
    keep(measured.workspace, passport)
    return Figure(chart, passport)


def chart_corpus(
    workspace: Path | str, names: Sequence[str] = (), *, out: Path | str | None = None, progress: Progress = quiet, **asked: Any
) -> list[Path]:
    """Draw charts of a measured workspace and write PNG, SVG, PDF, CSV, alt text and passport of each; return the paths.

    Parameters
    ----------
    workspace : made by `measure_corpus`.
    names : of charts; without them every one.
    out : folder for the files; without it `figures` in the workspace.
    progress : called with what is done, how many charts are done, and of how many.
    asked : options, as in `draw`; each chart must take them. Its files then have the figure's identifier in their names.
    """
    return written(Measured(workspace, Asked.of(asked)), names, out=out, progress=progress)


def written(measured: Measured, names: Sequence[str] = (), *, out: Path | str | None = None, progress: Progress = quiet) -> list[Path]:
    """Draw and write charts as `chart_corpus` does, of a workspace that is open."""
    from discourse.export import export

    folder = Path(out) if out else measured.workspace / "figures"
    wanted = list(names) or list(CHARTS)
    files: list[Path] = []
    progress("Drawing figures", 0, len(wanted))
    for done, name in enumerate(wanted, start=1):
        figure = drawn(measured, name)
        files += export(figure, name=f"{name}-{figure.id}" if measured.asked.given() else name, folder=folder)
        progress("Drawing figures", done, len(wanted))
    return files


def prepared(workspace: Path | str | None = None, *, where: Where = HERE, progress: Progress = quiet) -> Path:
    """Return a workspace that is tagged and measured, with what its last tagging chose; without one, the sample's.

    Another run that is at work on it is waited for.

    Parameters
    ----------
    workspace : made by `load_corpus`; without it the sample is loaded into `data/processed/sample`.
    where, progress : as in `tag_corpus`.
    """
    usual = None
    if workspace is None:
        raw = paths.project("data", "raw", "sample")
        usual = GoldFile(raw / "codes" / "framings.jsonl", MEASURE)
        workspace = (
            raw.parents[1] / "processed" / "sample" if (raw.parents[2] / "pyproject.toml").is_file() else Path("data/processed/sample")
        )
        load_corpus(raw, workspace, wait=True)
    tag_corpus(workspace, where=where, progress=progress, wait=True, **chosen_before(workspaces.manifest(Path(workspace))))
    gold = gold_before(workspaces.manifest(Path(workspace))) or usual
    measure_corpus(workspace, gold=gold.file if gold else None, split=gold.split if gold else None, wait=True)
    return Path(workspace)
