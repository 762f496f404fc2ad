"""Topics: what posts are about, found without a codebook: leading words, how common, how stable, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.chart.marking import names_left_out
from discourse.chart.marks import marked
from discourse.chart.places import here
from discourse.chart.room import wrapped
from discourse.chart.said import on_percent
from discourse.chart.theme import ACCENT, GREY, INK, About, Chart, framed, many, percent, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TITLE", "WORDS", "draw"]

TITLE = "What the posts are about: topics found without a codebook"
WORDS = 10
ROW = 0.66  # inches
TEXT = (0.05, 3.55)  # where the words begin, of the figure, and how wide they are, in inches
SHARE, STABLE, YEARS = (0.43, 0.15), 0.665, (0.72, 0.225)  # the columns, of the figure
HEAD, FOOT = 0.34, 0.45
UNSURE = 0.5  # stability below which a topic may not be there
READING = (
    "Each topic with its leading words; the share of the posts that is about it, with its 95% interval over posts, which holds the topics "
    "as given; how far {seeds} seeds agree on its words (1: wholly, 0: not at all; below {unsure} the number is pale: another search may "
    "not find the topic); and its share by year, on one scale."
)
COLUMNS = [
    "topic", "name", "words", "period", "category", "unit", "estimate", "low", "high", "level", "stability", "n", "n_posts", "denominator",
    "k", "seeds",
]  # fmt: skip


@styled
def draw(rows: pd.DataFrame, about: About, *, fitted: Mapping[str, Any], n_private: int) -> Chart:
    """Draw a row a topic, the commonest first.

    Parameters
    ----------
    rows : a row a topic and period, the whole first (`period` empty): `topic` (its number), `words` (set apart by blanks),
        `estimate`, `low`, `high`, `stability`, `n` posts that hold some of it, `denominator` posts.
    about : for the footer.
    fitted : how they were made: `described`, `k`, `seeds`, `n_posts`, `n_windows`, `window`, `n_words`, `left_out`, and whether k was
        `chosen`.
    n_private : how many words were left out as names of private persons.
    """
    rows = rows.assign(words=rows["words"].map({words: _with_room(words) for words in rows["words"].unique()}))
    numbers = _numbers(rows, fitted)
    whole, years = numbers[numbers["period"] == ""], numbers[numbers["period"] != ""]
    reading = READING.format(seeds=fitted["seeds"], unsure=UNSURE)
    figure, area = framed(
        TITLE, reading, about, height=HEAD + ROW * len(whole) + FOOT, below=(_made(fitted, rows), names_left_out(n_private))
    )
    total = figure.get_figheight()
    top = area[1] + area[3] - HEAD / total
    for x, said in ((SHARE[0], "share of the posts"), (STABLE, "stability"), (YEARS[0], "by year" if len(years) else "")):
        figure.text(x, top + 0.09 / total, said, fontsize=9.5, fontweight="bold", va="bottom", ha="center" if x == STABLE else "left")
    for k, (topic, words) in enumerate(whole[["topic", "words"]].itertuples(index=False, name=None)):
        middle = top - (k + 0.5) * ROW / total
        lines = _lines(words)
        figure.text(TEXT[0] - 0.01, middle, str(topic), fontsize=12, fontweight="bold", color=ACCENT, va="center", ha="right")
        figure.text(TEXT[0] + 0.005, middle, "\n".join(lines), fontsize=9.5, color=INK, va="center", linespacing=1.3)
    _shares(figure.add_axes((SHARE[0], top - ROW * len(whole) / total, SHARE[1], ROW * len(whole) / total)), whole)
    for k, stability in enumerate(whole["stability"]):
        colour = INK if stability >= UNSURE else GREY
        y = top - (k + 0.5) * ROW / total
        weight = "bold" if stability >= UNSURE else "normal"
        figure.text(STABLE, y, f"{stability:.2f}", fontsize=10, color=colour, fontweight=weight, va="center", ha="center")
    if len(years):
        _years(figure, years, whole["topic"].tolist(), top=top)
    return Chart(figure, numbers, TITLE, _alt(whole, years, about, fitted))


def _lines(words: str) -> list[str]:
    return wrapped(words.split(), size=9.5, wide=TEXT[1], most=2)


def _with_room(words: str) -> str:
    """Return the leading words for which two lines have room."""
    shown = words.split()
    while len(shown) > 1 and _lines(" ".join(shown))[-1].endswith("…"):
        shown = shown[:-1]
    return " ".join(shown)


def _made(fitted: Mapping[str, Any], rows: pd.DataFrame) -> str:
    """Return what was read and how."""
    read = {reason: n for reason, n in fitted["left_out"].items() if reason.startswith(("sentences", "posts without a word"))}
    out = "; ".join(f"{n:,} {reason}" for reason, n in read.items())
    chosen = "as asked" if fitted["chosen"] else "set beforehand and not searched for; more or fewer topics would cut the posts otherwise"
    few = sorted(rows.loc[(rows["period"] != "") & rows["estimate"].isna(), "period"].unique())
    years = f" Years of fewer than 5 posts are not shown: {', '.join(few)}." if few else ""
    return (
        f"Read: {many(fitted['n_posts'], 'post')} in {fitted['n_windows']:,} windows of about {fitted['window']} words of one post, "
        f"{many(fitted['n_words'], 'different word')}; names of people are not read. Not read: {out or 'nothing'}. By "
        f"{fitted['described']}; {fitted['k']} topics, {chosen}; what {fitted['seeds']} seeds have in common.{years}"
    )


def _shares(axes: Any, whole: pd.DataFrame) -> None:
    places = [len(whole) - 1 - k for k in range(len(whole))]
    known = whole["low"].notna().to_numpy()
    axes.hlines(
        [y for y, some in zip(places, known, strict=True) if some], whole["low"][known], whole["high"][known], color=ACCENT, linewidth=2.4
    )
    axes.plot(whole["estimate"], places, linestyle="none", marker="o", markersize=7, color=ACCENT, zorder=3)
    here(axes, whole["mark"], whole["estimate"], places)
    most = float(whole[["estimate", "high"]].max().max())
    for y, estimate, high in zip(places, whole["estimate"], whole["high"], strict=True):
        at = high if high == high else estimate
        axes.annotate(
            percent(estimate),
            (at, y),
            xytext=(6, 0),
            textcoords="offset points",
            fontsize=9.5,
            color=GREY,
            va="center",
            annotation_clip=False,
        )
    axes.set_ylim(-0.5, len(whole) - 0.5)
    axes.set_xlim(0, most)
    on_percent(axes.xaxis, ticks=2)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0, labelsize=9)


def _years(figure: Any, years: pd.DataFrame, topics: Sequence[int], *, top: float) -> None:
    """Draw a small panel a topic."""
    total = figure.get_figheight()
    known = sorted(int(period) for period in years["period"].unique())
    ceiling = float(years[["estimate", "high"]].max().max()) * 1.05
    for k, topic in enumerate(topics):
        axes = figure.add_axes((YEARS[0], top - ((k + 1) * ROW - 0.11) / total, YEARS[1], (ROW - 0.22) / total))
        own = years[years["topic"] == topic].assign(year=years["period"].astype(int)).sort_values("year")
        values = dict(zip(own["year"], own["estimate"], strict=True))
        every = range(known[0], known[-1] + 1)
        axes.plot(list(every), [values.get(year, float("nan")) for year in every], color=ACCENT, linewidth=1.1, alpha=0.6)
        axes.vlines(own["year"], own["low"], own["high"], color=ACCENT, linewidth=1.6)
        axes.plot(own["year"], own["estimate"], linestyle="none", marker="o", markersize=3.4, color=ACCENT, zorder=3, clip_on=False)
        here(axes, own["mark"], own["year"], own["estimate"])
        axes.set_xlim(known[0] - 0.5, known[-1] + 0.5)
        axes.set_ylim(0, ceiling)
        axes.yaxis.tick_right()
        on_percent(axes.yaxis, ticks=2)
        axes.tick_params(length=0, labelsize=9, pad=2)
        axes.tick_params(axis="x", pad=6)
        axes.grid(axis="x", visible=False)
        last = k == len(topics) - 1
        ends = list(dict.fromkeys((known[0], known[-1])))
        axes.set_xticks(ends, [str(year) for year in ends] if last else [""] * len(ends))


def _numbers(rows: pd.DataFrame, fitted: Mapping[str, Any]) -> pd.DataFrame:
    import pandas as pd

    whole, years = rows[rows["period"] == ""], rows[(rows["period"] != "") & rows["estimate"].notna()]
    both = pd.concat([whole, years.assign(stability=None)], ignore_index=True) if len(years) else whole
    both = both.assign(
        name=[f"topic-{topic}" for topic in both["topic"]],
        unit="post",
        k=fitted["k"],
        seeds=fitted["seeds"],
        n_posts=both["n"],
        category="",
    )
    return marked(both.reindex(columns=COLUMNS), behind="topic", keys=["name", "period"])


def _alt(whole: pd.DataFrame, years: pd.DataFrame, about: About, fitted: Mapping[str, Any]) -> str:
    rows = whole.to_dict("records")
    said = [f"{TITLE}. {fitted['k']} topics of {about.corpus}, {about.span}, with 95% intervals over posts."]
    for name, row in (("The commonest", rows[0]), ("The rarest shown", rows[-1])):
        words = ", ".join(row["words"].split()[:5])
        said.append(f"{name}: {words}; {percent(row['estimate'])} of the posts ({percent(row['low'])} to {percent(row['high'])}).")
    sure = int((whole["stability"] >= UNSURE).sum())
    said.append(f"On the words of {sure} of {len(whole)} topics the seeds agree by {UNSURE} or more.")
    if len(years):
        said.append(f"Small panels show each by year, {years['period'].min()} to {years['period'].max()}; changes were not tested.")
    return " ".join(said)
