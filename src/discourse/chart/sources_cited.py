"""Sources cited: the hosts and the works that most posts cite, with the share of the posts that do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from discourse.chart.dots import ROW, dots
from discourse.chart.marks import distinct, marked, together
from discourse.chart.nothing import nothing
from discourse.chart.room import wrapped
from discourse.chart.said import on_percent
from discourse.chart.theme import ACCENT, WIDTH, About, Chart, framed, many, percent, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "draw"]

MOST = 12
TITLE = "Which sources are cited"
LEFT, RIGHT = 0.52, 0.86
HEAD, FOOT = 0.42, 0.55
TWO_LINES = 0.40  # inches of a row whose name takes two lines
READING = (
    "The hosts, and the works, that most posts cite in a note or with an address printed in the text, of those that two posts or more "
    "cite: the share of the posts that do, with its 95% interval over posts, and their number. Links behind words are not kept by "
    "loading, and so not counted."
)
COLUMNS = ["domain", "work", "name", "unit", "estimate", "low", "high", "level", "n_posts", "denominator", "n"]


@styled
def draw(hosts: pd.DataFrame, works: pd.DataFrame, about: About, *, cited: Mapping[str, Any]) -> Chart:
    """Draw hosts and works in two panels.

    Parameters
    ----------
    hosts, works : those that two posts or more cite, as `cited_by` gives them, with `name`, what is printed.
    about : for the footer.
    cited : `n_posts` that count (in every language), `left_out`, `n_sentences` of theirs, `n_own` citations of the blog itself, and its
        hosts `own`; `n_works` cited at all.
    """
    about = replace(about, n_posts=cited["n_posts"], n_sentences=cited["n_sentences"], left_out=cited["left_out"])
    below = (_counted(cited, hosts, works),)
    if hosts.empty and works.empty:
        return nothing(TITLE, _why_not(cited), about, below=below)
    parts = distinct(
        marked(hosts.assign(unit="post").reindex(columns=COLUMNS), behind="notes", keys=["domain"]),
        marked(works.assign(unit="post").reindex(columns=COLUMNS), behind="notes", keys=["work"]),
    )
    panels = [(name, _lettered(rows)) for name, rows in zip(("Hosts", "Works"), parts, strict=True) if len(rows)]
    lines = {name: TWO_LINES if rows["label"].str.contains("\n").any() else ROW for name, rows in panels}
    height = sum(HEAD + lines[name] * len(rows) + FOOT for name, rows in panels)
    few = bool(panels[0][1]["estimate"].isna().all())
    reading = READING + (" With so few posts there is a count and no share." if few else "")
    figure, area = framed(TITLE, reading, about, height=height, below=below)
    total = figure.get_figheight()
    top = area[1] + area[3]
    most = max(float(rows[["estimate", "high"]].max().max()) for _, rows in panels)
    for name, rows in panels:
        high = lines[name] * len(rows)
        axes = figure.add_axes((LEFT, top - (HEAD + high) / total, RIGHT - LEFT, high / total))
        figure.text(area[0], top - (HEAD - 0.08) / total, name, fontsize=11, fontweight="bold", va="bottom")
        of = many(int(rows["denominator"].iloc[0]), "post")
        beside = [f"{n:,}{f' of {of}' * (k == 0)}" for k, n in enumerate(rows["n_posts"])]
        dots(axes, rows.assign(colour=ACCENT, marker="o", filled=True, beside=beside))
        axes.set_xlim(0, 1 if few else max(most, 0.02))
        on_percent(axes.xaxis, ticks=5)
        axes.xaxis.set_visible(not few)
        axes.spines["bottom"].set_visible(not few)
        top -= (HEAD + high + FOOT) / total
    return Chart(figure, together(*parts), TITLE, _alt(panels, about, cited))


def _lettered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with `label`, the name in one line or two."""
    wide = (LEFT - 0.035) * WIDTH
    return rows.assign(label=["\n".join(wrapped(said.split(), size=9.5, wide=wide, most=2, between=" ")) for said in rows["name"]])


def _why_not(cited: Mapping[str, Any]) -> str:
    if not cited["n_works"]:
        return "No post names a work in a note or prints its address."
    return f"{many(cited['n_works'], 'work')} are cited, but no host and no work by two posts or more: discourse cited lists them."


def _counted(cited: Mapping[str, Any], hosts: pd.DataFrame, works: pd.DataFrame) -> str:
    own = f" Left out: {many(cited['n_own'], 'citation')} of the blog's own ({', '.join(cited['own'])})." if cited["n_own"] else ""
    no = "".join(f" No {what} is cited by two posts or more." for what, rows in (("host", hosts), ("work", works)) if rows.empty)
    return (
        f"Posts in every language count here. Cited: {many(cited['n_works'], 'work')} by {many(cited['n_posts_citing'], 'post')}.{no}{own}"
    )


def _alt(panels: list[tuple[str, pd.DataFrame]], about: About, cited: Mapping[str, Any]) -> str:
    said = [f"{TITLE}. Dots with 95% intervals over posts, {about.corpus}, {about.span}; {many(cited['n_posts'], 'post')}."]
    for name, rows in panels:
        first = [_one(row) for row in rows.head(3).to_dict("records")]
        said.append(f"{name} that most posts cite ({len(rows)} shown): {'; '.join(first)}.")
    return " ".join([*said, "Differences between them were not tested."])


def _one(row: Mapping[Any, Any]) -> str:
    if row["low"] == row["low"]:
        return (
            f"{row['name']}, {many(row['n_posts'], 'post')} ({percent(row['estimate'])}, {percent(row['low'])} to {percent(row['high'])})"
        )
    return f"{row['name']}, {many(row['n_posts'], 'post')}"
