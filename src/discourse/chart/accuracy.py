"""Accuracy: F1 of the tagger beside the baselines, and whether its scores mean what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.theme import COLOURS, GREY, INK, About, Chart, framed, many, shorten, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

ALL = "all"
TAGGER = "tagger"
READING = (
    "Left: F1 of each framing, and their mean, against sentences coded by hand: dots are the tagger's, grey marks of baselines. Lines "
    "are 95% intervals over posts. Right: of the codes in each tenth of scores, the share coded yes by hand; on the dashed line a score "
    "means what it says. Larger points hold more codes. Sentences are not weighted. "
)
MARKS = {"keyword": "^", "n-gram": "s", "majority": "x", "everything": "+"}
GAP = 0.15  # between the methods of one framing, of the distance between framings


@styled
def draw(scores: pd.DataFrame, calibration: pd.DataFrame, about: About, *, names: Mapping[str, str]) -> Chart:
    """Draw F1 per framing and the reliability curve of all framings pooled.

    Parameters
    ----------
    scores : a row a number: `method`, `part`, `measure`, `code`, `weighted`, `estimate`, `low`, `high`, `n`.
    calibration : a row a bin: `code`, `weighted`, `bin`, `mean_score`, `share`, `low`, `high`, `n`.
    about : for the footer.
    names : code -> name to print.
    """
    shown = scores[(scores["part"] == "framing") & ~scores["weighted"] & scores["measure"].isin(["f1", "macro_f1"])]
    curve = calibration[(calibration["code"] == ALL) & ~calibration["weighted"]]
    errors = scores[(scores["part"] == "calibration") & ~scores["weighted"] & (scores["code"] == ALL)].set_index("measure")["estimate"]
    methods = list(dict.fromkeys(shown["method"]))
    reading = READING + f"Expected calibration error {errors['ece']:.3f}, Brier score {errors['brier']:.3f}."
    figure, area = framed("How good the coding of framings is", reading, about, height=1.1 + (0.3 + 0.14 * len(methods)) * (len(names) + 1))
    below, above = 0.75 / figure.get_figheight(), 0.35 / figure.get_figheight()
    height = area[3] - below - above
    _scores(figure.add_axes((area[0] + 0.13, area[1] + below, 0.35, height)), shown, methods, names)
    _curve(figure.add_axes((area[0] + 0.66, area[1] + below, 0.29, height)), curve)
    columns = ["panel", "method", "measure", "code", "estimate", "low", "high", "n", "mean_score"]
    left = shown.assign(panel="f1").reindex(columns=columns)
    right = curve.rename(columns={"share": "estimate"}).assign(panel="reliability", method=TAGGER, measure="share")
    return Chart(figure, _joined(left, right.reindex(columns=columns)))


def _joined(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([*left.to_dict("records"), *right.to_dict("records")], columns=left.columns)


def _scores(axes: Any, shown: pd.DataFrame, methods: list[str], names: Mapping[str, str]) -> None:
    rows = {code: -k for k, code in enumerate([*names, ALL])}
    for k, method in enumerate(methods):
        part = shown[(shown["method"] == method) & shown["estimate"].notna()]
        own = method == TAGGER
        for code, estimate, low, high in part[["code", "estimate", "low", "high"]].itertuples(index=False, name=None):
            y = rows[code] + GAP * ((len(methods) - 1) / 2 - k)
            colour = COLOURS.get(code, INK) if own else GREY
            axes.hlines(y, low, high, color=colour, linewidth=2.2 if own else 1, zorder=2)
            mark = "o" if own else MARKS.get(method, "d")
            axes.plot(estimate, y, marker=mark, color=colour, markersize=7 if own else 5, zorder=3, clip_on=False)
            axes.text(1.03, y, f"{estimate:.2f} {method}", fontsize=7.5, color=INK if own else GREY, va="center")
    coded = shown[shown["method"] == TAGGER].set_index("code")["n"]
    labels = {code: f"{shorten(names.get(code, 'Macro-F1'), 18)}\n{coded[code]:,} coded" for code in rows}
    axes.set_yticks(list(rows.values()), list(labels.values()), color=INK, fontsize=9)
    axes.set_ylim(-len(names) - 0.5, 0.5)
    axes.set_xlim(0, 1)
    axes.set_xlabel("F1", color=GREY, fontsize=8)
    axes.set_title("F1, the tagger and baselines")
    axes.tick_params(length=0)
    axes.grid(axis="y", visible=False)


def _curve(axes: Any, curve: pd.DataFrame) -> None:
    total = int(curve["n"].sum())
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    axes.vlines(curve["mean_score"], curve["low"], curve["high"], color=INK, linewidth=2, alpha=0.35, zorder=2)
    axes.plot(curve["mean_score"], curve["share"], color=INK, linewidth=1.2, zorder=2)
    axes.scatter(curve["mean_score"], curve["share"], s=20 + 120 * curve["n"] / max(total, 1), color=INK, zorder=3, clip_on=False)
    for tenth, n in curve[["bin", "n"]].itertuples(index=False, name=None):
        axes.annotate(
            _short(n), (tenth / 10 + 0.05, 0), xytext=(0, -21), xycoords="axes fraction", textcoords="offset points",
            fontsize=6.5, color=GREY, ha="center", va="top",
        )  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel(f"score, and how many of {many(total, 'code')} lie in each tenth", color=GREY, fontsize=8, labelpad=17)
    axes.set_ylabel("share coded yes by hand", color=GREY, fontsize=8)
    axes.set_title("Reliability of the scores")
    axes.tick_params(length=0)


def _short(n: int) -> str:
    """Return a count that fits under a tenth.

    >>> _short(848), _short(12773)
    ('848', '12.8k')
    """
    return f"{n / 1000:.1f}k" if n >= 10_000 else f"{n:,}"
