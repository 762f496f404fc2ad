"""The pipeline: the one place where the stages meet. The CLI, the notebooks and the report call it.

    fetch -> load -> clean -> tag -> code -> measure -> chart -> export -> report

A workspace is a folder with the tables of one corpus and a manifest that says what went in and what each stage was made with.
"""

from discourse.pipeline.accuracy import Evaluation, Run, draw_accuracy, evaluate_framings, predict_framings, write_accuracy
from discourse.pipeline.agreeing import Adjudication, Agreement, Disagreements, adjudicate, measure_agreement
from discourse.pipeline.by_hand import Sheets, write_sheets
from discourse.pipeline.codebooks import check_codebook, show_codebook
from discourse.pipeline.corpus import fetch_corpus, load_corpus
from discourse.pipeline.evaluation import evaluate_entities
from discourse.pipeline.figures import chart_corpus, draw, prepared, reproduce
from discourse.pipeline.influence import Influence, influence
from discourse.pipeline.measuring import measure_corpus, shares, write_table
from discourse.pipeline.planning import Plan, plan_coding
from discourse.pipeline.scope import Scope
from discourse.pipeline.tagging import evidence, tag_corpus
from discourse.pipeline.training import Recipe, Training, train_model
from discourse.pipeline.workspace import Progress, table

__all__ = [
    "Adjudication", "Agreement", "Disagreements", "Evaluation", "Influence", "Plan", "Progress", "Recipe", "Run", "Scope", "Sheets",
    "Training", "adjudicate", "chart_corpus", "check_codebook", "draw", "draw_accuracy", "evaluate_entities", "evaluate_framings",
    "evidence", "fetch_corpus", "influence", "load_corpus", "measure_agreement", "measure_corpus", "plan_coding", "predict_framings",
    "prepared", "reproduce", "shares", "show_codebook", "table", "tag_corpus", "train_model", "write_accuracy", "write_sheets",
    "write_table",
]  # fmt: skip
