"""From a measured workspace to the report: its figures, what is said of them, what is behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.pipeline.category_trends import category_trends
from discourse.pipeline.charts import CHARTS, Asked, Measured
from discourse.pipeline.figures import drawn
from discourse.pipeline.passports import made_with_said
from discourse.pipeline.reporting.best import RULE, best_posts
from discourse.pipeline.reporting.evidence import ROOM, Asking, Gathered, gathered
from discourse.pipeline.reporting.findings import Answer, findings
from discourse.pipeline.reporting.method import method_of, words_of
from discourse.pipeline.reporting.rows import columns_of, records_of, rows_of
from discourse.pipeline.workspace import Progress, quiet

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export import Figure
    from discourse.pipeline.leaving import Leaving
    from discourse.report import Chapter, Document, Evidence, Plate, Post, Summary

__all__ = ["CHAPTERS", "Made", "made"]

CHAPTERS = {
    "Is it changing?": ("trends", "framings_over_time", "framings_over_time-category"),
    "Who says it, and where?": ("framings_by_holder", "framing_balance"),
    "What is being said?": ("themes_over_time", "themes_by_category", "keyness", "word_cloud_framings", "topics", "word_cloud"),
    "Who and what is named?": ("entities_mentioned", "entities_over_time", "entity_network"),
    "Which sources are cited?": ("sources_cited",),
    "How sure are we?": ("accuracy", "agreement"),
    "Which posts are these?": ("overview", "categories_over_time"),
}
NARROWED = {"framings_over_time-category": ("framings_over_time", Asked(by=("category",)))}
QUESTIONS = {"framings_over_time-category": "How does each framing run in the categories with most posts?"}
LINES = ("smooth", "placebo")  # measures whose rows are points of a line or a band: in the CSV, not in the table
HAS_LINK, NO_LINK = "a link to the source", "the name of the post (this corpus holds no addresses)"
LEFT_OUT = "Points of lines and bands are in the CSV."
REST = "evenly spread in the order of time, the first and the last among them; all of it is in {}."


class _Shown(NamedTuple):
    """A figure with the workspace as it saw it, and those of its rows that its table has."""

    measured: Measured
    figure: Figure
    numbers: pd.DataFrame


class Made(NamedTuple):
    """A report: what it says, its evidence, the figures by name, and all evidence where the page holds a part of it."""

    document: Document
    evidence: Evidence
    figures: dict[str, Figure]
    rest: pd.DataFrame | None


def made(measured: Measured, leaving: Leaving, files: tuple[Path, Path], *, room: int = ROOM, progress: Progress = quiet) -> Made:
    """Return the report of a measured workspace.

    Parameters
    ----------
    measured : the workspace.
    leaving : what its texts pass.
    files : the page, and the file of the evidence that the page has no room for.
    room : for so many bytes of evidence.
    progress : called with what is done, how many figures are done, and of how many.
    """
    from discourse.report import Chapter

    shown = _shown(measured, progress)
    asking = [_asking(slug, one) for slug, one in shown.items()]
    found = gathered(asking, room=room)
    evidence = _evidence(found, _days(measured), leaving, files)
    chapters = [
        Chapter(title, [_plate(slug, shown[slug], found, leaving, files[0]) for slug in slugs]) for title, slugs in CHAPTERS.items()
    ]
    rows = {slug: {mark: k for k, mark in enumerate(one.numbers["mark"]) if found.n[slug][k]} for slug, one in shown.items()}
    figures = {slug: one.figure for slug, one in shown.items()}
    document = _document(measured, leaving, (figures, rows), chapters, files[0])
    return Made(document, evidence, figures, found.table if found.most is not None else None)


def _shown(measured: Measured, progress: Progress) -> dict[str, _Shown]:
    """Return every figure of the report, by its name in the page."""
    found = {}
    slugs = [slug for slugs in CHAPTERS.values() for slug in slugs]
    for done, slug in enumerate(slugs, start=1):
        progress("Drawing figures of the report", done - 1, len(slugs))
        name, asked = NARROWED.get(slug, (slug, None))
        seen = measured.asking(asked) if asked else measured
        figure = drawn(seen, name)
        numbers = figure.numbers
        lines = numbers["measure"].isin(LINES) if "measure" in numbers else numbers["mark"].isna()
        found[slug] = _Shown(seen, figure, numbers[~lines].reset_index(drop=True))
    progress("Drawing figures of the report", len(slugs), len(slugs))
    return found


def _asking(slug: str, one: _Shown) -> Asking:
    heads = list(columns_of(one.numbers).values())
    called = {
        row.mark: (row.label, ", ".join(f"{head} {cell}" for head, cell in zip(heads, row.cells, strict=True) if cell))
        for row in rows_of(one.numbers, one.measured.names)
    }
    return Asking(one.measured, slug, records_of(one.numbers), called)


def _plate(slug: str, one: _Shown, found: Gathered, leaving: Leaving, file: Path) -> Plate:
    from discourse.chart import places
    from discourse.export import with_letters
    from discourse.report import Plate, Row

    files, rows = one.figure.as_files(), rows_of(one.numbers, one.measured.names)
    at = {row.mark: k for k, row in enumerate(rows)}
    return Plate(
        slug=slug, question=QUESTIONS.get(slug) or CHARTS[slug].question, title=leaving.text(one.figure.title, file),
        alt=leaving.text(one.figure.alt, file),
        identifier=one.figure.id, picture=with_letters(files["svg"]), columns=list(columns_of(one.numbers).values()),
        rows=[
            Row(row.mark, leaving.text(row.label, file), row.cells, row.kind, n, leaving.text(row.category, file), row.period, row.holder)
            for row, n in zip(rows, found.n[slug], strict=True)
        ],
        places=sorted((at[mark], box) for mark, box in places(one.figure.figure) if mark in at),
        left_out=LEFT_OUT if len(one.numbers) < len(one.figure.numbers) else "", csv=files["csv"].decode(),
    )  # fmt: skip


def _evidence(found: Gathered, days: Mapping[str, str], leaving: Leaving, files: tuple[Path, Path]) -> Evidence:
    """Return the evidence as the page holds it: every text once, names masked, quotations cut."""
    from discourse.report import Evidence

    rows = leaving.table(found.table.iloc[found.kept].reset_index(drop=True), files[0])
    posts: dict[tuple[Any, ...], int] = {}
    texts: dict[str, int] = {}

    def place(text: Any) -> int:
        return texts.setdefault(text, len(texts)) if isinstance(text, str) and text else -1

    things = []
    for row in records_of(rows):
        categories = tuple(row["categories"]) if row["categories"] is not None else None
        date = days.get(row["post_id"]) or (f"{row['published']:%Y-%m-%d}" if row["published"] is not None else "")
        post = posts.setdefault((row["post_id"] or "", date, row["title"] or "", categories, row["url"] or ""), len(posts))
        ends = [int(row[end]) if row[end] is not None else -1 for end in ("start", "end")]
        things.append([post, place(row["text"]), *ends, *(place(row[name]) for name in ("holder", "modality", "rule", "said"))])
    return Evidence(posts=list(posts), texts=list(texts), things=things, behind=found.behind, said=REST.format(files[1].name))


def _days(measured: Measured) -> dict[str, str]:
    """Return when each post was published, as precisely as it is known."""
    precise = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    known = measured.posts[measured.posts["published"].notna()]
    rows = known[["post_id", "published", "published_precision"]].itertuples(index=False, name=None)
    return {post: day.strftime(precise.get(precision, "%Y-%m-%d")) for post, day, precision in rows}


def _document(
    measured: Measured, leaving: Leaving, shown: tuple[dict[str, Figure], dict[str, dict[str, int]]], chapters: list[Chapter], file: Path
) -> Document:
    from discourse.report import Document

    within = category_trends(measured)
    has_address = measured.posts["url"].notna().any()
    years = sorted({str(day.year) for day in measured.posts["published"].dropna()})
    named = {name for some in measured.posts["categories"].dropna() for name in some}
    categories = sorted((name for name in named if not leaving.holds_names(name)), key=str.casefold)
    record = measured.record
    return Document(
        title=record["corpus"]["title"], source=record["corpus"]["source"], span=measured.about.span, notices=measured.about.notices,
        words=words_of(measured), where=HAS_LINK if has_address else NO_LINK,
        summary=list(_summary(findings(measured, shown[0], within), shown, leaving, file)),
        posts=list(_posts(measured, leaving, file)), posts_rule=RULE,
        categories=[(leaving.text(names, file), said) for names, said in _by_category(within)],
        chapters=chapters, filters={"category": categories, "year": years},
        method=method_of(measured, keep_names=leaving.keep_names), masked=leaving.said, made_with=made_with_said(record),
    )  # fmt: skip


def _summary(
    answers: list[Answer], shown: tuple[dict[str, Figure], dict[str, dict[str, int]]], leaving: Leaving, file: Path
) -> Iterator[Summary]:
    from discourse.report import Summary

    figures, rows = shown
    for answer in answers:
        said = [(leaving.text(one.text, file), one.figure, rows[one.figure].get(one.mark, -1) if one.figure else -1) for one in answer.said]
        names = [(name, name.replace("_", " ").replace("-", " by ")) for name in answer.figures if name in figures]
        yield Summary(answer.question, leaving.text(answer.short, file), said, names)


def _posts(measured: Measured, leaving: Leaving, file: Path) -> Iterator[Post]:
    from discourse.report import Post

    best, days = leaving.table(best_posts(measured), file), _days(measured)
    for row in records_of(best):
        text, start, end = row["text"], int(row["start"]), int(row["end"])
        yield Post(
            framing=measured.names[row["code"]], title=row["title"] or row["post_id"],
            published=days.get(row["post_id"]) or "undated",
            categories=list(row["categories"] or ()), address=row["url"] or "", counted=f"{row['n']} of {row['n_sentences']} sentences",
            quoted=(text[:start], text[start:end], text[end:]),
        )  # fmt: skip


def _by_category(within: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield what is said of the categories; those of which the same is said stand together."""
    told: dict[str, list[str]] = {}
    for category, rows in within.groupby("category", sort=False):
        told.setdefault(" ".join(f"{sentence.rstrip('.')}." for sentence in rows["sentence"]), []).append(str(category))
    yield from ((", ".join(names), sentence) for sentence, names in told.items())
