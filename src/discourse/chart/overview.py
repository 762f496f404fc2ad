"""The corpus at a glance: posts per month, and the categories with most posts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from discourse.chart.theme import ACCENT, GREY, About, Chart, framed, many, shorten, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

MOST_CATEGORIES = 15
LONGEST_IN_MONTHS = 30


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
    figure, area = framed(f"What is in the corpus: {many(len(posts), 'post')}", _reading(posts, len(shown), len(counts)), about, height=4.2)
    _months(figure.add_axes((area[0] + 0.04, area[1], area[2] * 0.46, area[3] * 0.92)), months)
    if shown:
        _categories(figure.add_axes((area[0] + 0.74, area[1], area[2] * 0.22, area[3] * 0.92)), shown)
    rows = [("posts per month", str(month), int(n)) for month, n in months.items()]
    rows += [("posts per category", name, n) for name, n in shown]
    return Chart(figure, pd.DataFrame(rows, columns=["measure", "mark", "n_posts"]))


def _reading(posts: pd.DataFrame, shown: int, of: int) -> str:
    """Return how to read the two panels, and what they leave out."""
    known = posts["categories"].dropna()
    reading = "Every post loaded, by month of publication (left)"
    if of:
        largest = f"the {shown} largest of {of} categories" if shown < of else f"all {many(of, 'category', plural='categories')}"
        reading += f" and by category (right: {largest}; a post may be in several)"
    reading += "."
    if without := sum(1 for names in known if not names):
        reading += f" In no category: {many(without, 'post')}."
    if unknown := len(posts) - len(known):
        reading += f" With categories not known: {many(unknown, 'post')}."
    if yearly := int((posts["published_precision"] == "year").sum()):
        reading += f" Known by year only, so not shown left: {many(yearly, 'post')}."
    if undated := int(posts["published"].isna().sum()):
        reading += f" Without a date, so not shown left: {many(undated, 'post')}."
    return reading


def _months(axes: Any, months: pd.Series[int]) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.bar(range(len(months)), months.to_numpy(), width=0.8, color=ACCENT)
    axes.set_title("Posts per month")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(bottom=0)
    axes.grid(axis="x", visible=False)
    axes.tick_params(length=0)
    by_year = len(months) > LONGEST_IN_MONTHS
    places = [k for k, month in enumerate(months.index) if (month.month == 1 if by_year else k % max(1, len(months) // 5) == 0)]
    step = max(1, len(places) // 8)
    axes.set_xticks(places[::step], [str(months.index[k])[: 4 if by_year else 7] for k in places[::step]])
    axes.set_xlim(-max(0.5, 4 - len(months) / 2), len(months) - 1 + max(0.5, 4 - len(months) / 2))


def _categories(axes: Any, shown: list[tuple[str, int]]) -> None:
    places = range(len(shown) - 1, -1, -1)
    axes.barh(places, [n for _, n in shown], color=ACCENT)
    axes.set_yticks(places, [shorten(name, 30) for name, _ in shown])
    axes.set_title("Posts per category")
    axes.grid(visible=False)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    for place, (_, n) in zip(places, shown, strict=True):
        axes.text(n, place, f" {n:,}", va="center", color=GREY, fontsize=8.5)
