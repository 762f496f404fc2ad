"""Framings: learned weights over honest features of a parsed sentence, the words that moved each decision, who holds it, and how firmly.

The door is `Reader`, a codebook with a model fitted to its framings; `fit` makes such a model from hand-coded sentences.
"""

from discourse.tag.framing.attributions import attributions, quotations
from discourse.tag.framing.fit import Fitted, Lesson, fit
from discourse.tag.framing.known import Known, none_known
from discourse.tag.framing.lessons import lessons
from discourse.tag.framing.model import Model, read_model, written
from discourse.tag.framing.reading import Framed, Reader, Sentence

__all__ = [
    "Fitted",
    "Framed",
    "Known",
    "Lesson",
    "Model",
    "Reader",
    "Sentence",
    "attributions",
    "fit",
    "lessons",
    "none_known",
    "quotations",
    "read_model",
    "written",
]
