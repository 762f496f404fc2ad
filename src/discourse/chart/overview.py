"""The corpus at a glance: posts per month, and the categories with most posts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from discourse.chart.theme import ACCENT, GREY, About, Chart, framed, shorten

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

MOST_CATEGORIES = 15


def draw(posts: pd.DataFrame, about: About) -> Chart:
    """Draw posts per month beside posts per category.

    Parameters
    ----------
    posts : the table `posts`, every one of them.
    about : for the footer.
    """
    import pandas as pd
    from matplotlib.ticker import MaxNLocator

    dated = posts[posts["published"].notna() & (posts["published_precision"] != "year")]
    months = dated.groupby(dated["published"].dt.to_period("M")).size()
    if len(months):
        months = months.reindex(pd.period_range(months.index.min(), months.index.max(), freq="M"), fill_value=0)
    known = posts["categories"].dropna()
    counts = Counter(name for names in known for name in names)
    shown = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_CATEGORIES]
    without = sum(1 for names in known if not names)
    unknown = len(posts) - len(known)
    reading = f"Left: every post loaded, by month of publication. Right: {_of_all(len(shown), len(counts))}; a post may be in several."
    reading += f" {without:,} posts are in none." if without else ""
    reading += f" The categories of {unknown:,} posts are not known." if unknown else ""
    figure, (left, bottom, width, height) = framed(f"What is in the corpus: {len(posts):,} posts", reading, about, height=4.2)
    axes = figure.add_axes((left + 0.04, bottom, width * 0.46, height * 0.92))
    axes.bar([p.to_timestamp() for p in months.index], months.to_numpy(), width=25, color=ACCENT)
    axes.set_title("Posts per month")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", visible=False)
    right = figure.add_axes((left + 0.74, bottom, width * 0.22, height * 0.92))
    names, values = [name for name, _ in reversed(shown)], [n for _, n in reversed(shown)]
    right.barh(range(len(names)), values, color=ACCENT)
    right.set_yticks(range(len(names)), [shorten(name, 30) for name in names])
    right.set_title("Posts per category")
    right.grid(visible=False)
    right.xaxis.set_visible(False)
    right.spines["bottom"].set_visible(False)
    for k, value in enumerate(values):
        right.text(value, k, f" {value:,}", va="center", color=GREY, fontsize=8.5)
    if not shown:
        right.set_axis_off()
    rows = [("posts per month", str(month), int(n)) for month, n in months.items()]
    rows += [("posts per category", name, n) for name, n in shown]
    return Chart(figure, pd.DataFrame(rows, columns=["measure", "mark", "n_posts"]))


def _of_all(shown: int, of: int) -> str:
    if not of:
        return "no category is known"
    return f"the {shown} largest of {of} categories" if shown < of else f"all {of} categories"
