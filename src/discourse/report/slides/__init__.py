"""The report as slides: `slides` writes them, from a `Front` and a `Slide` a figure, whose charts are `Native` where they can be edited."""

from discourse.report.slides.deck import Front, Slide, slides
from discourse.report.slides.native import Native, Series

__all__ = ["Front", "Native", "Series", "Slide", "slides"]
