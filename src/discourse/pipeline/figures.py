"""From numbers to what people look at: charts, files, notebooks; and all of it in one go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths
from discourse.pipeline.charts import CHARTS, draw_chart
from discourse.pipeline.coded import MEASURE
from discourse.pipeline.corpus import load_corpus
from discourse.pipeline.gold import GoldFile
from discourse.pipeline.measuring import gold_before, measure_corpus
from discourse.pipeline.tagging import chosen_before, tag_corpus
from discourse.pipeline.workspace import Progress, quiet

if TYPE_CHECKING:
    from discourse.chart import Chart

__all__ = ["chart_corpus", "draw", "prepared", "reproduce"]


def draw(workspace: Path | str, name: str, **asked: Any) -> Chart:
    """Draw one chart of a measured workspace: a figure, and the numbers in it.

    Parameters
    ----------
    workspace : made by `measure_corpus`.
    name : of `CHARTS`.
    asked : options of the chart, fields of `Asked`, such as `by=("category",)`.

    Raises
    ------
    InputError : there is no such chart, it does not take an option, or an option names what is not there.
    """
    return draw_chart(workspace, name, **asked)


def chart_corpus(
    workspace: Path | str, names: Sequence[str] = (), *, out: Path | str | None = None, progress: Progress = quiet
) -> list[Path]:
    """Draw charts of a measured workspace and write PNG, SVG and CSV of each; return the paths.

    Parameters
    ----------
    workspace : made by `measure_corpus`.
    names : of charts; without them every one.
    out : folder for the files; without it `figures` in the workspace.
    progress : called with what is done, how many charts are done, and of how many.
    """
    from discourse.export import export

    workspace = Path(workspace)
    wanted = list(names) or list(CHARTS)
    drawn = [(name, draw_chart(workspace, name)) for name in wanted]
    written: list[Path] = []
    for done, (name, chart) in enumerate(drawn, start=1):
        written += export(chart, name=name, folder=Path(out) if out else workspace / "figures")
        progress("Writing figures", done, len(drawn))
    return written


def prepared(workspace: Path | str | None = None, *, jobs: int = 1, progress: Progress = quiet) -> Path:
    """Return a workspace that is tagged and measured, with what its last tagging chose; without one, the sample's.

    Parameters
    ----------
    workspace : made by `load_corpus`; without it the sample is loaded into `data/processed/sample`.
    jobs, progress : as in `tag_corpus`.
    """
    usual = None
    if workspace is None:
        raw = paths.project("data", "raw", "sample")
        usual = GoldFile(raw / "codes" / "framings.jsonl", MEASURE)
        workspace = (
            raw.parents[1] / "processed" / "sample" if (raw.parents[2] / "pyproject.toml").is_file() else Path("data/processed/sample")
        )
        load_corpus(raw, workspace)
    tag_corpus(workspace, jobs=jobs, progress=progress, **chosen_before(paths.manifest(Path(workspace))))
    gold = gold_before(paths.manifest(Path(workspace))) or usual
    measure_corpus(workspace, gold=gold.file if gold else None, split=gold.split if gold else None)
    return Path(workspace)


def reproduce(workspace: Path | str | None = None, *, reports: Path | str | None = None, progress: Progress = quiet) -> Path:
    """Do everything: tag, measure, figures and notebooks of a workspace, or of the embedded sample; return the folder of reports.

    Parameters
    ----------
    workspace : made by `load_corpus`; without it the sample is loaded first.
    reports : folder for figures and notebooks; without it `reports/<source>`, and `reports` for the sample.
    progress : called with what is done, how many steps are done, and of how many.
    """
    from discourse.report import run_notebooks

    ready = prepared(workspace, progress=progress)
    usual = Path("reports") if workspace is None else Path("reports", paths.manifest(ready)["corpus"]["source"])
    out = paths.folder_for(Path(reports) if reports else usual)
    chart_corpus(ready, out=out / "figures", progress=progress)
    run_notebooks(paths.project("notebooks"), workspace=ready, out=out, progress=lambda done, of: progress("Running notebooks", done, of))
    return out
