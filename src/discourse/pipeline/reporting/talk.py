"""The report as slides: the summary in front, then every figure, as charts that can be edited where it is bars or lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.pipeline.charts.native import native_of

if TYPE_CHECKING:
    from discourse.pipeline.charts import Measured
    from discourse.pipeline.reporting.making import Made
    from discourse.report import Plate
    from discourse.report.slides import Slide

__all__ = ["talk_of"]


def talk_of(measured: Measured, found: Made) -> bytes:
    """Return the report as a presentation (PPTX).

    Parameters
    ----------
    measured : the workspace.
    found : its report.

    Raises
    ------
    ReportError : the extra `slides` is not installed.
    """
    from discourse.report.slides import Front, slides

    document = found.document
    front = Front(
        title=document.title, corpus=" ".join((document.span, *document.notices)),
        said=[f"{answer.question} {answer.short or answer.said[0][0]}" for answer in document.summary if answer.short or answer.said],
        made_with="; ".join(f"{name}: {text}" for name, text in document.made_with.items()),
    )  # fmt: skip
    return slides(front, [_slide(plate, measured, found) for chapter in document.chapters for plate in chapter.plates])


def _slide(plate: Plate, measured: Measured, found: Made) -> Slide:
    from discourse.report.slides import Slide

    figure, (wide, high) = found.figures[plate.slug], plate.size
    return Slide(
        title=plate.title, alt=plate.alt, identifier=plate.identifier, picture=figure.as_files()["png"], wide=wide, high=high,
        natives=native_of(plate.slug, figure.numbers, measured.names),
        table=(["What", *plate.columns], [[row.label, *row.cells] for row in plate.rows]),
    )  # fmt: skip
