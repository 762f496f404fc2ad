"""The corpus at a glance: posts per month, and the categories with most posts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from discourse.chart.marks import marked, together
from discourse.chart.periods import under
from discourse.chart.places import here
from discourse.chart.room import Sheet, fitted
from discourse.chart.said import listed
from discourse.chart.theme import ACCENT, GREY, INK, About, Chart, framed, many, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

MOST_CATEGORIES = 15
LOADED = "posts loaded"  # every post, those too that do not count
HIGH = 4.0
MONTHS, NAMES, BARS = (0.4, 4.5), 2.35, (7.45, 1.7)  # inches: left end and width of the months, width of names, those of the categories


@styled
def draw(posts: pd.DataFrame, about: About) -> Chart:
    """Draw posts per month beside posts per category.

    Parameters
    ----------
    posts : the table `posts`, every one of them.
    about : for the footer.
    """
    import pandas as pd

    dated = posts[posts["published"].notna() & (posts["published_precision"] != "year")]
    months = dated.groupby(dated["published"].dt.to_period("M")).size()
    if len(months):
        months = months.reindex(pd.period_range(months.index.min(), months.index.max(), freq="M"), fill_value=0)
    known = posts["categories"].dropna()
    counts = Counter(name for names in known for name in names)
    shown = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_CATEGORIES]
    title = f"What is in the corpus: {many(len(posts), 'post')}"
    rows = [(LOADED, "", "", len(posts)), *((LOADED, str(month), "", int(n)) for month, n in months.items())]
    numbers = pd.DataFrame([*rows, *((LOADED, "", name, n) for name, n in shown)], columns=["measure", "period", "category", "n"])
    numbers = together(marked(numbers, behind="posts", keys=["measure", "period", "category"]))
    figure, area = framed(title, _reading(posts, len(shown), len(counts)), about, height=HIGH + 0.7)
    sheet = Sheet(figure, area)
    if len(months):
        sheet.text(MONTHS[0], 0.2, "Posts per month", fontsize=11, fontweight="bold", va="center")
        _months(sheet.axes(MONTHS[0], 0.35, MONTHS[1], HIGH), numbers[numbers["period"] != ""])
    if shown:
        sheet.text(BARS[0] - NAMES, 0.2, "Posts per category", fontsize=11, fontweight="bold", va="center")
        _categories(sheet.axes(BARS[0], 0.35, BARS[1], HIGH), numbers[numbers["category"] != ""])
    return Chart(figure, numbers, title, _alt(months, shown))


def _reading(posts: pd.DataFrame, shown: int, of: int) -> str:
    """Return how to read the two panels, and what they leave out."""
    known = posts["categories"].dropna()
    dated = posts["published"].notna() & (posts["published_precision"] != "year")
    parts = ["by month of publication (left)"] if dated.any() else []
    if of:
        largest = f"the {shown} largest of {of} categories" if shown < of else f"all {many(of, 'category', plural='categories')}"
        parts.append(f"by category (right: {largest}; a post may be in several)")
    reading = f"Every post loaded, {' and '.join(parts)}." if parts else "Every post loaded; none has a date or a category to be shown by."
    if without := sum(1 for names in known if not names):
        reading += f" In no category: {many(without, 'post')}."
    if unknown := len(posts) - len(known):
        reading += f" With categories not known: {many(unknown, 'post')}."
    if yearly := int((posts["published_precision"] == "year").sum()):
        reading += f" Known by year only, so not shown left: {many(yearly, 'post')}."
    if undated := int(posts["published"].isna().sum()):
        reading += f" Without a date, so not shown left: {many(undated, 'post')}."
    return reading


def _months(axes: Any, months: pd.DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.bar(range(len(months)), months["n"].astype(int), width=0.8, color=ACCENT)
    here(axes, months["mark"], [(x - 0.4, x + 0.4) for x in range(len(months))], [(0, n) for n in months["n"]])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(bottom=0)
    axes.tick_params(length=0, labelsize=9)
    under(axes, months["period"].tolist(), None, wide=MONTHS[1])
    room = max(0.5, 4 - len(months) / 2)  # one bar alone is not as wide as the panel
    axes.set_xlim(-room, len(months) - 1 + room)


def _categories(axes: Any, shown: pd.DataFrame) -> None:
    places = range(len(shown) - 1, -1, -1)
    axes.barh(places, shown["n"].astype(int), color=ACCENT, height=0.75)
    here(axes, shown["mark"], [(0, n) for n in shown["n"]], [(y - 0.375, y + 0.375) for y in places])
    axes.set_yticks(places, [fitted(name, size=9.5, wide=NAMES - 0.1) for name in shown["category"]], fontsize=9.5, color=INK)
    axes.set_ylim(-0.6, max(len(shown), 6) - 0.4)
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    for place, n in zip(places, shown["n"], strict=True):
        axes.text(n, place, f" {n:,}", va="center", color=GREY, fontsize=9)


def _alt(months: pd.Series[int], shown: list[tuple[str, int]]) -> str:
    """Return what the two panels show, in words."""
    parts = []
    if len(months):
        most = int(months.max())
        parts.append(
            f"Bars of posts per month from {months.index[0]} to {months.index[-1]}: at most {most:,}, in {months.idxmax()}; "
            f"{many(int((months == 0).sum()), 'month')} without a post."
        )
    if shown:
        parts.append(f"Bars of posts per category, the largest first: {listed([f'{name} {n:,}' for name, n in shown], most=15)}.")
    return " ".join(parts) or "Neither months nor categories are known, so there are no bars."
