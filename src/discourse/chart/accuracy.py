"""Accuracy: F1 of the tagger beside the baselines, and whether its scores mean what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discourse.chart.marks import marked, together
from discourse.chart.nothing import nothing
from discourse.chart.places import here
from discourse.chart.theme import COLOURS, GREY, INK, About, Chart, framed, many, shorten, styled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]

TITLE = "How good the coding of framings is"
ALL = "all"
TAGGER = "tagger"
READING = (
    "Left: F1 of each framing, and their mean, against sentences coded by hand: dots are the tagger's, grey marks those of baselines. "
    "Lines: 95% intervals over posts. Right: of the codes in each tenth of scores, the share coded yes by hand; on the dashed line a "
    "score means what it says. Larger points hold more codes. "
)
MARKS = {"keyword": "^", "n-gram": "s", "majority": "x", "everything": "+"}
HEAD, LINE = 0.34, 0.18  # inches: of a framing, and of each of its methods
BESIDE = 1.04  # of the axis of F1: where scores are printed
BELOW, ABOVE = 0.78, 0.35  # inches under the axes and over them
KEYS = ["measure", "code", "method", "bin"]
COLUMNS = [
    "mark", "behind", "measure", "code", "method", "bin", "estimate", "low", "high", "mean_score", "n", "n_posts", "n_coded", "n_found",
]  # fmt: skip


@styled
def draw(found: tuple[pd.DataFrame, pd.DataFrame] | str, about: About, *, names: Mapping[str, str], said: str = "") -> Chart:
    """Draw F1 per framing and the reliability curve of all framings pooled.

    Parameters
    ----------
    found : the tables `scores` (a row a number: `method`, `part`, `measure`, `code`, `weighted`, `estimate`, `low`, `high`, `n`,
        `n_found`, `denominator`, `n_posts`) and `calibration` (a row a bin: `code`, `weighted`, `bin`, `mean_score`, `share`, `low`,
        `high`, `n`) of one evaluation; or why there is none.
    about : for the footer.
    names : code -> name to print.
    said : what the footer says of the hand codes.
    """
    if isinstance(found, str):
        return nothing(TITLE, found, about)
    numbers = _numbers(*found, names)
    shown, curve = numbers[numbers["measure"].isin(["f1", "macro_f1"])], numbers[numbers["measure"] == "share_coded"]
    methods = list(dict.fromkeys(shown["method"]))
    height = BELOW + ABOVE + (HEAD + LINE * len(methods)) * (len(names) + 1)
    figure, area = framed(TITLE, READING + _overall(numbers), about, height=height, below=(said,))
    below, above = BELOW / figure.get_figheight(), ABOVE / figure.get_figheight()
    inner = area[3] - below - above
    _scores(figure.add_axes((area[0] + 0.14, area[1] + below, 0.3, inner)), shown, methods, names)
    _curve(figure.add_axes((area[0] + 0.63, area[1] + below, 0.32, inner)), curve)
    return Chart(figure, numbers, TITLE, _alt(numbers, names))


def _numbers(scores: pd.DataFrame, calibration: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a row a mark; what is behind one is hand codes: of one framing, or of all of them pooled."""
    plain, codes = scores[~scores["weighted"]], len(names)
    of_framings = plain[(plain["part"] == "framing") & plain["measure"].isin(["f1", "macro_f1"])]
    left = of_framings[of_framings["estimate"].notna() | (of_framings["method"] == TAGGER)]
    weighted = scores[scores["weighted"] & (scores["measure"] == "macro_f1") & (scores["part"] == "framing") & (scores["method"] == TAGGER)]
    own = plain.loc[(plain["measure"] == "macro_f1") & (plain["part"] == "framing") & (plain["method"] == TAGGER), "estimate"]
    if len(weighted) and abs(weighted["estimate"].iloc[0] - own.iloc[0]) > 1e-12:  # the sentences were drawn with unlike chances
        left = _stacked(left, weighted.assign(measure="macro_f1_weighted"))
    n = left["denominator"] * left["code"].map(lambda code: codes if code == ALL else 1)
    left = left.drop(columns=["n", "denominator"]).assign(n=n, n_coded=left["n"])
    curve = calibration[(calibration["code"] == ALL) & ~calibration["weighted"]]
    right = curve.rename(columns={"share": "estimate"}).assign(measure="share_coded", method=TAGGER)
    errors = plain[(plain["part"] == "calibration") & (plain["code"] == ALL)]
    errors = errors.drop(columns="n").rename(columns={"denominator": "n"}).assign(n_coded=errors["n"], method=TAGGER)
    parts = [part.assign(code=part["code"].replace(ALL, "")).reindex(columns=COLUMNS[2:]) for part in (left, right, errors)]
    return together(*(marked(part, behind="hand codes", keys=KEYS) for part in parts))


def _stacked(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([first, second], ignore_index=True)


def _overall(numbers: pd.DataFrame) -> str:
    """Return the numbers that the caption gives."""
    at = numbers[numbers["method"] == TAGGER].set_index("measure")
    error, brier = (float(at["estimate"][name]) for name in ("ece", "brier"))
    said = f"Expected calibration error {error:.3f}, Brier score {brier:.3f}."
    if "macro_f1_weighted" not in at.index:
        return f"{said} Sentences are not weighted."
    return (
        f"{said} Sentences are not weighted; each weighted by the inverse of the chance with which it was drawn, "
        f"the mean F1 of the tagger is {_with_interval(at.loc['macro_f1_weighted'])}."
    )


def _with_interval(row: Any) -> str:
    if row["estimate"] != row["estimate"]:
        return "not defined"
    return f"{row['estimate']:.2f}" + (f" ({row['low']:.2f} to {row['high']:.2f})" if row["low"] == row["low"] else "")


def _alt(numbers: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return the figure in words."""
    f1 = numbers[numbers["measure"].isin(["f1", "macro_f1"])]
    own = f1[(f1["method"] == TAGGER)].set_index("code")
    each = "; ".join(f"{name} {_with_interval(own.loc[code])}" for code, name in names.items() if code in own.index)
    others = f1[(f1["measure"] == "macro_f1") & (f1["method"] != TAGGER)].sort_values(["estimate", "method"], ascending=[False, True])
    beside = ", ".join(f"{method} {estimate:.2f}" for method, estimate in zip(others["method"], others["estimate"], strict=True))
    first = f"Dots with 95% intervals show F1 of the tagger against {many(int(own['n'].max()), 'hand code')}: {each}."
    second = f"Their mean is {_with_interval(own.loc[''])}" + (f", beside the means of baselines: {beside}." if beside else ".")
    curve = numbers[numbers["measure"] == "share_coded"].sort_values("bin")
    ends = [curve.iloc[k] for k in (0, -1)] if len(curve) else []
    third = " ".join(f"Of scores near {row['mean_score']:.2f}, {row['estimate']:.0%} are coded yes." for row in ends[: len(curve)])
    error = numbers.loc[numbers["measure"] == "ece", "estimate"].iloc[0]
    return f"{first} {second} A second panel shows the reliability of scores, expected calibration error {error:.3f}. {third}".strip()


def _scores(axes: Any, shown: pd.DataFrame, methods: list[str], names: Mapping[str, str]) -> None:
    rows = {code: -k for k, code in enumerate([*names, ""])}
    gap = LINE / (HEAD + LINE * len(methods))
    columns = ["mark", "code", "method", "estimate", "low", "high"]
    for mark, code, method, estimate, low, high in shown[columns].itertuples(index=False, name=None):
        y = rows[code] + gap * ((len(methods) - 1) / 2 - methods.index(method))
        here(axes, [mark], [estimate if estimate == estimate else BESIDE], [y])
        own = method == TAGGER
        colour = COLOURS.get(code, INK) if own else GREY
        weight = "bold" if own else "normal"
        if estimate != estimate:
            axes.text(BESIDE, y, f"not defined: {method}", fontsize=9, color=INK, va="center")
            continue
        axes.hlines(y, low, high, color=colour, linewidth=3 if own else 1.2, zorder=2)
        axes.plot(
            estimate, y, marker="o" if own else MARKS.get(method, "d"), color=colour, markersize=8 if own else 5, zorder=3, clip_on=False
        )
        axes.text(BESIDE, y, f"{estimate:.2f} {method}", fontsize=9, color=INK if own else GREY, va="center", fontweight=weight)
    coded = shown[shown["method"] == TAGGER].set_index("code")["n_coded"]
    labels = [f"{shorten(names.get(code, 'Mean of all'), 18)}\n{int(coded[code]):,} coded" for code in rows]
    axes.set_yticks(list(rows.values()), labels, color=INK, fontsize=9)
    axes.set_ylim(-len(names) - 0.5, 0.5)
    axes.set_xlim(0, 1)
    axes.set_xlabel("F1", color=GREY, fontsize=9)
    axes.set_title("F1, the tagger and baselines")
    axes.tick_params(length=0)
    axes.grid(axis="y", visible=False)


def _curve(axes: Any, curve: pd.DataFrame) -> None:
    total = int(curve["n"].sum())
    x, y = (curve[column].to_numpy(dtype=float) for column in ("mean_score", "estimate"))
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    axes.vlines(x, curve["low"].to_numpy(dtype=float), curve["high"].to_numpy(dtype=float), color=INK, linewidth=2, alpha=0.35, zorder=2)
    axes.plot(x, y, color=INK, linewidth=1.2, zorder=2)
    axes.scatter(x, y, s=20 + 120 * curve["n"].to_numpy(dtype=float) / max(total, 1), color=INK, zorder=3, clip_on=False)
    here(axes, curve["mark"], x, y)
    for tenth, n in curve[["bin", "n"]].itertuples(index=False, name=None):
        axes.annotate(
            _short(n), (tenth / 10 + 0.05, 0), xytext=(0, -18 - 11 * (tenth % 2)), xycoords="axes fraction",
            textcoords="offset points", fontsize=8, color=GREY, ha="center", va="top",
        )  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel(f"score, and how many of {many(total, 'code')} lie in each tenth", color=GREY, fontsize=9, labelpad=29)
    axes.set_ylabel("share coded yes by hand", color=GREY, fontsize=9)
    axes.set_title("Reliability of the scores")
    axes.tick_params(length=0)


def _short(n: int) -> str:
    """Return a count that fits under a tenth.

    >>> _short(848), _short(12773)
    ('848', '12.8k')
    """
    return f"{n / 1000:.1f}k" if n >= 10_000 else f"{n:,}"
