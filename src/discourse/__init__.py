"""Text analytics on digital-rights discourse: posts in, checkable figures out.

    fetch -> load -> clean -> tag -> code -> measure -> chart -> export -> report

A corpus lives in a workspace, a folder that `load_corpus` makes; every other function takes it. `table` reads what a stage made.
"""

from discourse.pipeline import (
    chart_corpus,
    citations,
    co_mentions,
    collocations,
    diff,
    draw,
    draw_accuracy,
    entities_over_time,
    evaluate_entities,
    evaluate_framings,
    evidence,
    fetch_corpus,
    influence,
    keyness,
    kwic,
    load_corpus,
    measure_corpus,
    prepared,
    report_corpus,
    reproduce,
    shares,
    table,
    tag_corpus,
    topics,
    trace,
    train_model,
    trends,
    verify,
)  # fmt: skip

__all__ = [
    "fetch_corpus", "load_corpus", "tag_corpus", "measure_corpus", "shares", "trends", "keyness", "collocations", "kwic", "topics",
    "entities_over_time", "co_mentions", "citations", "prepared", "draw", "chart_corpus", "report_corpus", "verify", "trace", "reproduce",
    "table", "evidence", "influence", "diff", "evaluate_entities", "evaluate_framings", "draw_accuracy", "train_model",
]  # fmt: skip
