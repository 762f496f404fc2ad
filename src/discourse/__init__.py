"""Text analytics on digital-rights discourse: posts in, checkable figures out.

    fetch -> load -> clean -> tag -> code -> measure -> chart -> export -> report

A corpus lives in a workspace, a folder that `load_corpus` makes; every other function takes it. `table` reads what a stage made.
"""

from discourse.pipeline import (
    chart_corpus,
    draw,
    draw_accuracy,
    evaluate_entities,
    evaluate_framings,
    evidence,
    fetch_corpus,
    influence,
    load_corpus,
    measure_corpus,
    prepared,
    reproduce,
    shares,
    table,
    tag_corpus,
    train_model,
)  # fmt: skip

__all__ = [
    "fetch_corpus", "load_corpus", "tag_corpus", "measure_corpus", "shares", "prepared", "draw", "chart_corpus", "reproduce", "table",
    "evidence", "influence", "evaluate_entities", "evaluate_framings", "draw_accuracy", "train_model",
]  # fmt: skip
