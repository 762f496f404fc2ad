"""The pipeline: the one place where the stages meet. The CLI, the notebooks and the report call it.

    fetch -> load -> clean -> tag -> code -> measure -> chart -> export -> report

A workspace is a folder with the tables of one corpus and a manifest that says what went in and what each stage was made with.
"""

from discourse.pipeline.accuracy import Evaluation, Run, draw_accuracy, evaluate_framings, predict_framings, write_accuracy
from discourse.pipeline.agreeing import Adjudication, Agreement, Disagreements, adjudicate, measure_agreement
from discourse.pipeline.bundling import Bundle, Contents, bundle_corpus
from discourse.pipeline.by_hand import Sheets, write_sheets
from discourse.pipeline.charts import CHARTS, Asked
from discourse.pipeline.citing import Citations, citations
from discourse.pipeline.clouds import draw_keyness
from discourse.pipeline.codebooks import check_codebook, show_codebook
from discourse.pipeline.concordance import Where, kwic
from discourse.pipeline.differing import Difference, diff, write_difference
from discourse.pipeline.evaluation import evaluate_entities
from discourse.pipeline.fetching import fetch_corpus
from discourse.pipeline.figures import chart_corpus, draw, prepared
from discourse.pipeline.files import write_tables
from discourse.pipeline.influence import Influence, influence
from discourse.pipeline.leaving import Leaving, filter_of
from discourse.pipeline.loading import Reading, load_corpus
from discourse.pipeline.measuring import measure_corpus, shares, write_table
from discourse.pipeline.naming import CoMentions, Named, Which, co_mentions, entities_by_code, entities_over_time
from discourse.pipeline.pages import reproduce
from discourse.pipeline.planning import Plan, plan_coding
from discourse.pipeline.reporting import report_corpus
from discourse.pipeline.scope import Scope
from discourse.pipeline.tagging import evidence, tag_corpus
from discourse.pipeline.topics import Topics, topics, write_topics
from discourse.pipeline.traced import Trace, trace
from discourse.pipeline.training import Recipe, Training, train_model
from discourse.pipeline.trending import Trends, draw_trends, trends, write_trends
from discourse.pipeline.verifying import Verdict, verify
from discourse.pipeline.vocabulary import Keyness, collocations, keyness
from discourse.pipeline.wording import Counting
from discourse.pipeline.workspace import Progress, table

__all__ = [
    "CHARTS", "Adjudication", "Agreement", "Asked", "Bundle", "Citations", "CoMentions", "Contents", "Counting", "Difference",
    "Disagreements", "Evaluation", "Influence", "Keyness", "Leaving", "Named", "Plan", "Progress", "Reading", "Recipe", "Run", "Scope",
    "Sheets",
    "Topics", "Trace", "Training", "Trends", "Verdict", "Where", "Which", "adjudicate", "bundle_corpus", "chart_corpus", "check_codebook",
    "citations", "co_mentions", "collocations", "diff", "draw", "draw_accuracy", "draw_keyness", "draw_trends", "entities_by_code",
    "entities_over_time", "evaluate_entities", "evaluate_framings", "evidence", "fetch_corpus", "filter_of", "influence", "keyness", "kwic",
    "load_corpus", "measure_agreement", "measure_corpus", "plan_coding", "predict_framings", "prepared", "report_corpus", "reproduce",
    "shares", "show_codebook", "table", "tag_corpus", "topics", "trace", "train_model", "trends", "verify", "write_accuracy",
    "write_difference", "write_sheets", "write_table", "write_tables", "write_topics", "write_trends",
]  # fmt: skip
