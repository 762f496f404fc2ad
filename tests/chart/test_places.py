"""Where marks stand: each that is drawn has its place, the places lie on the figure, and each is that of its own number."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from text_boxes import boxes

from discourse.chart import About, categories_over_time, framing_balance, framings_over_time, overview, places, trends
from discourse.chart.framings_by_holder import GROUP, HOLDERS, ROW, ROWS
from discourse.chart.periods import along, place_of
from discourse.chart.said import points, with_interval
from discourse.pipeline.charts.asked import Asked
from discourse.pipeline.charts.measured import Measured
from discourse.tables import build

CASES = [
    ("overview", {}),
    ("categories_over_time", {}), ("categories_over_time", {"by": ["quarter"], "most": 5}),
    ("framings_over_time", {}), ("framings_over_time", {"by": ["quarter"]}), ("framings_over_time", {"by": ["category"], "most": 3}),
    ("framings_over_time", {"category": "Privacy", "codes": ["cyber_pessimist"]}),
    ("trends", {}), ("trends", {"codes": ["surveillance_interception", "shutdowns"]}),
    ("framing_balance", {}), ("framing_balance", {"by": ["year"], "codes": ["rights_norm", "cyber_optimist"]}),
    ("framings_by_holder", {}), ("framings_by_holder", {"years": [2016, 2018], "codes": ["cyber_pessimist"]}),
    ("themes_by_category", {}), ("themes_by_category", {"most": 3}),
    ("themes_over_time", {}), ("themes_over_time", {"by": ["quarter"]}),
]  # fmt: skip
UNPLACED = {  # chart -> which of its marks stand nowhere -> why
    "overview": {"period == '' and category == ''": "the number of all posts is in the title"},
    "trends": {"measure == 'smooth'": "a curve has many rows; the years that it runs through can be pressed"},
}
NOTHING = "behind == 'nothing'"  # is drawn, but nothing can be opened there
TOLERANCE = 0.01  # of the figure


def said_of(case):
    name, asked = case
    return "-".join([name, *(f"{key}={value}" for key, value in asked.items())])


def drawn(numbers):
    """Return the rows that are drawn: those with an estimate, events, and every row of a chart of counts."""
    if "estimate" not in numbers:
        return numbers
    return numbers[numbers["estimate"].notna() | (numbers["behind"] == "event")]


@pytest.mark.parametrize("case", CASES, ids=said_of)
def test_every_mark_that_is_drawn_has_a_place_and_no_other(charts, case):
    chart = charts(case)
    missing = []
    for which in UNPLACED.get(case[0], {}):
        missing += chart.numbers.query(which)["mark"].tolist()
        assert missing, f"no longer needed: {which}"
    missing += chart.numbers.query(NOTHING)["mark"].tolist()
    standing = {mark for mark, _ in places(chart.figure)}
    assert len(standing) > 2
    assert standing == set(drawn(chart.numbers)["mark"]) - set(missing)


@pytest.mark.parametrize("case", CASES, ids=said_of)
def test_every_place_lies_within_the_figure(charts, case):
    for mark, box in places(charts(case).figure):
        assert min(box.width, box.height) >= 0, mark
        assert min(box.left, box.top) >= -TOLERANCE, mark
        assert max(box.left + box.width, box.top + box.height) <= 1 + TOLERANCE, mark


# Each place is that of its own number


class Slot(NamedTuple):
    """A middle that is so near to a place on an axis."""

    at: float
    near: float = 0.45


class Stands(NamedTuple):
    """Where a mark must stand: in which axes, and on each, a slot or the value at which it ends; or the words that are printed there."""

    axes: int = 0
    x: Slot | float = Slot(0)
    y: Slot | float = Slot(0)
    printed: str = ""


def of_overview(numbers):
    months, names = (numbers[numbers[column] != ""] for column in ("period", "category"))
    periods = along(months["period"].tolist())
    return {row.mark: Stands(0, Slot(periods.index(row.period)), float(row.n)) for row in months.itertuples()} | {
        row.mark: Stands(1, float(row.n), Slot(len(names) - 1 - k)) for k, row in enumerate(names.itertuples())
    }


def of_categories_over_time(numbers):
    periods = along(numbers.loc[numbers["period"] != "", "period"].tolist())
    names = list(dict.fromkeys(numbers["category"]))[1:]
    found = {}
    for row in numbers.itertuples():
        if not row.period:
            found[row.mark] = Stands(printed=f"{row.category} ({row.n:,})")
        elif not row.category:
            found[row.mark] = Stands(0, Slot(periods.index(row.period)), float(row.n))
        else:
            found[row.mark] = Stands(1, Slot(periods.index(row.period)), Slot(names.index(row.category)))
    return found


def over_time(numbers):
    """Return points of shares: panels by category and code, slots by period."""
    shares = numbers[(numbers["behind"] == "sentences") & (numbers["period"] != "")]
    periods = along(shares["period"].tolist())
    codes = list(dict.fromkeys(numbers["code"].dropna()))
    sizes = shares[shares["estimator"] == "naive"].assign(category=shares.get("category", "")).groupby("category")["n_posts"].sum()
    above = {category: k * len(codes) for k, category in enumerate(sizes.sort_values(ascending=False).index)}
    return {
        row["mark"]: Stands(
            above[row.get("category", "")] + codes.index(row["code"]), Slot(periods.index(row["period"])), float(row["estimate"])
        )
        for row in shares.dropna(subset=["estimate"]).to_dict("records")
    }  # fmt: skip


def of_events(numbers):
    return {row.mark: Stands(printed=row.event) for row in numbers[numbers["behind"] == "event"].itertuples()}


def of_framings_over_time(numbers):
    return over_time(numbers) | (of_events(numbers) if "event" in numbers else {})


def of_trends(numbers):
    slopes = numbers[numbers["measure"] == "per_year"]
    said = {row.mark: f"{100 * row.estimate:+.{1 if abs(row.estimate) >= 0.001 else 2}f} points a year" for row in slopes.itertuples()}
    return over_time(numbers) | of_events(numbers) | {mark: Stands(printed=text.replace("-", "−")) for mark, text in said.items()}


def of_framing_balance(numbers):
    differences = numbers[numbers["measure"] == "difference"]
    key = "period" if differences["period"].all() else "category"
    order, first = differences[key].tolist(), numbers["code"].replace("", None).min()
    found = {row.mark: Stands(printed=f"{points(row.estimate)} ({points(row.low)}") for row in differences.itertuples()}
    for row in numbers[numbers["behind"] == "sentences"].itertuples():
        side = 1 if row.code == first else -1
        found[row.mark] = Stands(0, side * float(row.estimate), Slot(len(order) - 1 - order.index(getattr(row, key))))
    return found


def of_framings_by_holder(numbers):
    codes, holders, rows = (list(some) for some in (dict.fromkeys(numbers["code"]), HOLDERS, ROWS))
    found = {}
    for row in numbers.itertuples():
        above = holders.index(row.holder)
        down = GROUP * (above + 1) + ROW * (len(rows) * above + rows.index(row.modality) + 0.5)
        found[row.mark] = Stands(codes.index(row.code), float(row.estimate), Slot(down, ROW / 2))
    return found


def of_themes_by_category(numbers):
    codes, categories = (list(dict.fromkeys(numbers[column])) for column in ("code", "category"))
    return {row.mark: Stands(0, Slot(categories.index(row.category)), Slot(codes.index(row.code))) for row in numbers.itertuples()}


def of_themes_over_time(numbers):
    whole = numbers[numbers["period"] == ""]
    return over_time(numbers) | {row["mark"]: Stands(printed=with_interval(row)) for row in whole.to_dict("records")}


STANDS = {
    "overview": of_overview, "categories_over_time": of_categories_over_time, "framings_over_time": of_framings_over_time,
    "trends": of_trends, "framing_balance": of_framing_balance, "framings_by_holder": of_framings_by_holder,
    "themes_by_category": of_themes_by_category, "themes_over_time": of_themes_over_time,
}  # fmt: skip
LINKED = [case for case in CASES if case[0] in STANDS]


def ends(box, axes):
    """Return a place in the coordinates of axes: its two ends across and up."""
    corners = [(box.left, 1 - box.top - box.height), (box.left + box.width, 1 - box.top)]
    (left, low), (right, high) = axes.transData.inverted().transform(axes.figure.transSubfigure.transform(corners))
    return (left, right), (low, high)


def is_at(span, wanted):
    if isinstance(wanted, Slot):
        return abs(sum(span) / 2 - wanted.at) <= wanted.near
    base, end = sorted(span, key=abs)
    return np.isclose(end, wanted, rtol=1e-6, atol=1e-9) and (np.isclose(base, end) or np.isclose(base, 0, atol=1e-6 * abs(end)))


def words_at(box, texts, figure):
    """Return what is printed at a place: the texts whose middle is there."""
    wide, high = figure.bbox.width, figure.bbox.height
    return " / ".join(
        text for text, at in texts
        if box.left <= (at.x0 + at.x1) / 2 / wide <= box.left + box.width
        and box.top <= 1 - (at.y0 + at.y1) / 2 / high <= box.top + box.height
    )  # fmt: skip


def misplaced(figure, stands, texts):
    """Return the marks that do not stand where they must, each with what was found."""
    found = {}
    for mark, box in places(figure):
        wanted = stands[mark]
        if wanted.printed:
            words = words_at(box, texts, figure)
            right = any(
                wanted.printed in word or (word[-1:] == "…" and wanted.printed.startswith(word[:-1])) for word in words.split(" / ")
            )
            found |= {} if right else {mark: words}
        else:
            axes = figure.axes[wanted.axes]
            inside, across, up = axes.get_position(), *ends(box, axes)
            right = (
                inside.x0 - TOLERANCE <= box.left <= inside.x1 + TOLERANCE and inside.y0 - TOLERANCE <= 1 - box.top <= inside.y1 + TOLERANCE
            )
            found |= {} if right and is_at(across, wanted.x) and is_at(up, wanted.y) else {mark: (across, up)}
    return found


@pytest.mark.parametrize("case", LINKED, ids=said_of)
def test_every_place_is_that_of_its_own_number(charts, case):
    chart = charts(case)
    assert misplaced(chart.figure, STANDS[case[0]](chart.numbers), boxes(chart.figure)) == {}


@pytest.mark.parametrize("case", LINKED, ids=said_of)
def test_a_mark_in_the_place_of_another_would_be_seen(charts, case):
    chart = charts(case)
    stands, texts = STANDS[case[0]](chart.numbers), boxes(chart.figure)
    standing = list(dict.fromkeys(mark for mark, _ in places(chart.figure)))
    pairs = [(one, other) for one, other in pairwise(standing) if stands[one] != stands[other]]
    assert len(pairs) > 2
    for one, other in pairs[:: max(len(pairs) // 12, 1)]:
        assert misplaced(chart.figure, stands | {one: stands[other], other: stands[one]}, texts), (one, other)


# Names that come twice, events in a key, two slopes in one sentence


ABOUT = About(corpus="A corpus", n_posts=12, n_sentences=340, span="2016 to 2019")
TWO = {"difference": "Difference", "x": "X"}


def posts_of(n, category):
    dates = pd.date_range("2020-01-05", periods=n, freq="MS")
    return pd.DataFrame({"published": dates, "published_precision": "day", "categories": [[category]] * n})


def counts_of(*rows):
    return pd.DataFrame(rows, columns=["period", "category", "n"])


def shares_of(categories, shares):
    keys = {"measure": "share_author", "estimator": "naive", "holder": "", "modality": "", "author": "", "source": "", "period": ""}
    rest = {"unit": "sentence", "level": 0.95, "method": "m", "basis": "", "n": 3, "denominator": 40, "n_posts": 9}
    return build("estimates", [
        keys | rest | {"code": code, "category": category, "estimate": share, "low": 0.9 * share, "high": 1.1 * share}
        for code in TWO for category, share in zip(categories, shares[code], strict=True)
    ])  # fmt: skip


def balance(categories, shares):
    found = pd.DataFrame({"category": categories, "period": "", "author": "", "source": "", "estimator": "naive", "note": "", "basis": ""})
    found = found.assign(estimate=[a - b for a, b in zip(*shares.values(), strict=True)], low=-0.1, high=0.2, p_value=0.5, p_holm=0.5)
    found = found.assign(denominator=40, n_posts=9, n_gold=0)
    return framing_balance.draw(shares_of(categories, shares), found, ABOUT, framings=TWO, by="category", of=2, fewest=(5, 30))


TWICE = {
    "a category named as a month": ("overview", lambda: overview.draw(posts_of(3, "2020-03"), ABOUT), "posts loaded/2020-03#2"),
    "a category named as a year": (
        "categories_over_time",
        lambda: categories_over_time.draw(
            counts_of(("", "", 9), ("2020", "", 4), ("2021", "", 5), ("", "2020", 7), ("2020", "2020", 3), ("2021", "2020", 2)),
            ABOUT, most=3,
        ),
        "posts/2020#2",
    ),
    "a code named as the difference": (
        "framing_balance",
        lambda: balance(["A", "share_author/A"], {"difference": [0.3, 0.2], "x": [0.1, 0.15]}),
        "difference/share_author/A/naive#2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TWICE)
def test_a_name_that_comes_twice_stands_where_its_own_number_does(case):
    name, made, renamed = TWICE[case]
    chart = made()
    assert renamed in {mark for mark, _ in places(chart.figure)}
    assert misplaced(chart.figure, STANDS[name](chart.numbers), boxes(chart.figure)) == {}


@pytest.mark.parametrize(("n", "in_key"), [(4, False), (30, True)])
def test_events_stand_at_their_labels_or_in_the_key(n, in_key):
    years = [str(year) for year in range(2010, 2020)]
    days = pd.date_range("2010-03-01", "2019-10-01", periods=n).normalize()
    rows = pd.concat([shares_of([""], {"difference": [0.3], "x": [0.1]}).assign(period=year) for year in years], ignore_index=True)
    events = pd.DataFrame({"date": days, "label": [f"What happened to event {k}" for k in range(n)]})
    chart = framings_over_time.draw(rows.assign(note=""), ABOUT, framings=TWO, fewest=(5, 30), events=events)
    found, texts, axes = dict(places(chart.figure)), boxes(chart.figure), chart.figure.axes[0]
    assert len(found) == len(places(chart.figure)), "one stands twice"
    for row in chart.numbers[chart.numbers["behind"] == "event"].itertuples():
        words = words_at(found[row.mark], texts, chart.figure)
        assert (row.event if not in_key else f"{row.date}  {row.event}") in words
        across = ends(found[row.mark], axes)[0]
        assert in_key or min(abs(end - place_of(pd.Timestamp(row.date), years)) for end in across) < 1e-6


def test_both_slopes_that_a_sentence_tells_stand_at_it(coded):
    measured = Measured(coded, Asked.of({}))
    found = dict(measured.trends)
    found["claims"] = found["claims"].assign(claim="rose")
    found["trend"] = found["trend"].assign(agrees=False)
    chart = trends.draw(found, ABOUT, names=dict(measured.names))
    told = chart.numbers[chart.numbers["measure"].isin(["per_year", "per_year_within"])]
    standing = dict(places(chart.figure))
    assert told.groupby("code").size().tolist() == [2, 2, 2]
    assert told["mark"].map(standing).groupby(told["code"]).nunique().tolist() == [1, 1, 1]
