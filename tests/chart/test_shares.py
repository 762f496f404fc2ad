"""Charts of shares and posts: what is drawn is in the numbers, what is behind a mark is as much as it says, nothing collides."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from text_boxes import leaving, overlapping

from discourse import draw, table
from discourse.chart import (
    About,
    categories_over_time,
    framing_balance,
    framings_by_holder,
    framings_over_time,
    themes_by_category,
    themes_over_time,
)
from discourse.chart.marks import BEHIND
from discourse.errors import InputError
from discourse.measure.counts import counted
from discourse.measure.groups import named_categories, period_of
from discourse.pipeline.charts.asked import Asked
from discourse.pipeline.charts.measured import Measured
from discourse.tables import build

ABOUT = About(corpus="A corpus", n_posts=12, n_sentences=340, span="2016 to 2019", corrected_with="Corrected by hand.")
FEWEST = (5, 30)

ASKED = {
    "overview": [{}],
    "categories_over_time": [{}, {"by": ["quarter"], "most": 5}, {"by": ["month"]}, {"years": [2016, 2017]}],
    "framings_over_time": [
        {}, {"by": ["quarter"]}, {"by": ["month"], "codes": ["rights_norm"]}, {"by": ["category"], "most": 3}, {"category": "Privacy"},
        {"years": [2016, 2020], "codes": ["cyber_optimist"]},
    ],
    "trends": [{}, {"codes": ["surveillance_interception", "shutdowns"]}],
    "framing_balance": [{}, {"by": ["author"], "most": 4}, {"by": ["source"]}, {"by": ["year"], "codes": ["rights_norm", "cyber_optimist"]}],
    "framings_by_holder": [{}, {"category": "Privacy"}, {"years": [2016, 2018], "codes": ["cyber_pessimist"]}],
    "themes_by_category": [{}, {"most": 3, "codes": ["surveillance_interception", "shutdowns"]}],
    "themes_over_time": [{}, {"by": ["quarter"]}, {"category": "Privacy", "codes": ["surveillance_interception"]}],
}  # fmt: skip
EVERY = [(name, asked) for name, some in ASKED.items() for asked in some]


def said_of(case):
    name, asked = case
    return "-".join([name, *(f"{key}={value}" for key, value in asked.items())])


@pytest.mark.parametrize("case", EVERY, ids=said_of)
def test_a_chart_has_a_title_an_alt_text_and_marks_of_one_name_each(charts, case):
    chart = charts(case)
    assert chart.title in [text.get_text() for text in chart.figure.texts]
    assert 2 <= chart.alt.count(". ") + 1 <= 7
    assert chart.alt.endswith(".")
    assert len(chart.numbers) > 1
    assert chart.numbers["mark"].is_unique
    assert set(chart.numbers["behind"]) <= set(BEHIND)


@pytest.mark.parametrize("case", [case for case in EVERY if case[0] != "themes_by_category"], ids=said_of)
def test_no_text_lies_on_another_or_leaves_the_figure(charts, case):
    figure = charts(case).figure
    assert overlapping(figure) == []
    assert leaving(figure) == []


# What is behind a mark, counted anew from codings and posts


HELD = {"asserted", "hedged"}


def inside(posts, mark):
    """Return the posts to which a mark is restricted."""
    kept = pd.Series(True, index=posts.index)
    for name, labels in (("category", named_categories(posts)), ("author", posts["authors"]), ("source", [[s] for s in posts["source"]])):
        if mark.get(name):
            kept &= pd.Series([mark[name] in some for some in labels], index=posts.index, dtype=bool)
    if mark.get("period"):
        kind = "quarter" if "Q" in mark["period"] else "month" if "-" in mark["period"] else "year"
        kept &= period_of(posts, by=kind) == mark["period"]
    return posts[kept]


def sentences_behind(codings, posts, mark):
    rows = codings[(codings["code"] == mark["code"]) & codings["post_id"].isin(posts["post_id"])]
    measure, holder, modality = mark["measure"], mark.get("holder"), mark.get("modality")
    if measure == "share_rejected":
        rows = rows[rows["modality"] == "rejected"]
    if measure in ("share_author", "share_other"):
        rows = rows[(rows["holder"] == measure.removeprefix("share_")) & rows["modality"].isin(HELD)]
    for name, value in (("holder", holder), ("modality", modality)):
        rows = rows[rows[name] == value] if value else rows
    return len(rows[["post_id", "sentence"]].drop_duplicates())


def points_behind(numbers, mark):
    """Return how many marks a line or a difference is drawn through: those alike in all that it says, but for the measure."""
    rows = numbers[~numbers["behind"].isin(["points", "nothing", "event"])]
    for name in ("code", "period", "category", "author", "source", "estimator"):
        if name in rows and mark[name]:
            rows = rows[rows[name] == mark[name]]
    return len(rows)


@pytest.mark.parametrize("case", EVERY, ids=said_of)
def test_as_much_is_behind_a_mark_as_it_says(charts, coded, case):
    numbers = charts(case).numbers.astype(object)
    numbers = numbers.where(numbers.notna(), None)
    seen = Measured(coded, Asked.of(case[1]))
    codings, loaded, counting = table(coded, "codings"), table(coded, "posts"), seen.counted
    told = dict.fromkeys(BEHIND, 0)
    for mark in numbers.to_dict("records"):
        told[mark["behind"]] += 1
        if mark["behind"] == "sentences":
            assert sentences_behind(codings, inside(counting, mark), mark) == mark["n"], mark
        elif mark["behind"] == "posts":
            assert len(inside(loaded if mark["measure"] == "posts loaded" else counting, mark)) == mark["n"], mark
        elif mark["behind"] == "points":
            assert points_behind(numbers, mark) == mark["n"], mark
        elif mark["behind"] == "event":
            assert mark["n"] == 1
    assert sum(told.values()) == len(numbers)


@pytest.mark.parametrize("name", ["framings_over_time", "framing_balance", "framings_by_holder", "themes_by_category", "themes_over_time"])
def test_shares_are_those_of_the_tables(charts, coded, name):
    keys = ["measure", "code", "holder", "modality", "period", "category", "estimator"]
    estimates = table(coded, "estimates").set_index(keys).sort_index()
    checked = 0
    numbers = charts((name, {})).numbers.reindex(columns=[*keys, "behind", "estimate", "low", "high", "denominator"])
    numbers[keys] = numbers[keys].fillna("").assign(holder="")  # who holds a share is in its measure
    for row in numbers[(numbers["behind"] == "sentences") & (numbers["modality"] == "")].to_dict("records"):
        found = estimates.loc[tuple(row[key] for key in keys)]
        for value in ("estimate", "low", "high", "denominator"):
            assert np.isclose(float(row[value]), float(found[value]), equal_nan=True), (row, value)
        checked += 1
    assert checked >= 12


# What is drawn


def markers(figure):
    """Return the heights of all markers."""
    lines = [line for axes in figure.axes for line in axes.get_lines() if line.get_marker() not in ("None", None, "")]
    return sorted(float(y) for line in lines for y in line.get_ydata() if y == y)


def upright(figure):
    """Return the ends of all upright intervals."""
    lines = [some for axes in figure.axes for some in axes.collections if hasattr(some, "get_segments")]
    found = [segment[:, 1] for some in lines for segment in some.get_segments() if len(segment) == 2]
    return sorted((round(float(low), 9), round(float(high), 9)) for low, high in found if low == low)


def pairs(rows, low, high):
    some = rows[rows[low].notna()]
    return [(round(float(a), 9), round(float(b), 9)) for a, b in zip(some[low], some[high], strict=True)]


@pytest.mark.parametrize("asked", ASKED["framings_over_time"], ids=str)
def test_framings_over_time_draws_its_numbers(charts, asked):
    chart = charts(("framings_over_time", asked))
    shares = chart.numbers[chart.numbers["behind"] == "sentences"]
    assert markers(chart.figure) == pytest.approx(sorted(shares["estimate"].dropna().astype(float)))
    assert upright(chart.figure) == sorted(pairs(shares, "low", "high") + pairs(shares, "strict", "lenient"))
    bands = [
        patch
        for axes in chart.figure.axes
        for patch in axes.collections
        if hasattr(patch, "get_paths") and not hasattr(patch, "get_segments")
    ]
    assert len(bands) == (chart.numbers["measure"] == "placebo").sum()


def test_naive_and_corrected_stand_side_by_side_under_events_over_a_placebo(charts):
    numbers = charts(("framings_over_time", {})).numbers
    author = numbers[numbers["measure"] == "share_author"]
    assert author.groupby(["code", "period"])["estimator"].apply(sorted).map(tuple).unique().tolist() == [("corrected", "naive")]
    assert (numbers["measure"] == "placebo").sum() == author[["code", "period"]].drop_duplicates().shape[0]
    assert "event/2018-05-25/GDPR applies" in numbers["mark"].tolist()
    assert "cyber_optimist/share_author/2018/corrected" in numbers["mark"].tolist()


def test_rows_by_category_have_no_events_and_say_how_many_are_left_out(charts):
    chart = charts(("framings_over_time", {"by": ["category"], "most": 3}))
    assert not chart.numbers["behind"].eq("event").any()
    assert chart.numbers["category"].nunique() == 3
    assert "the 3 with most posts of" in " ".join(" ".join(text.get_text() for text in chart.figure.texts).split())


def test_bars_of_the_balance_are_as_long_as_their_numbers(charts):
    chart = charts(("framing_balance", {}))
    shares = chart.numbers[chart.numbers["behind"] == "sentences"]
    best = shares.sort_values("estimator").drop_duplicates(["code", "category"])
    side = best["code"].map({"cyber_optimist": 1, "cyber_pessimist": -1})
    bars = [patch.get_width() for patch in chart.figure.axes[0].patches]
    assert sorted(bars) == pytest.approx(sorted(side * best["estimate"].astype(float)))
    found = chart.numbers[chart.numbers["measure"] == "difference"].set_index("category")["estimate"]
    assert found.is_monotonic_decreasing
    words = [text.get_text() for text in chart.figure.texts]
    printed = [word for word in words if word[:1] in "+−0" and "(" in word]
    assert [float(word.split(" ")[0].replace("−", "-")) for word in printed] == pytest.approx([round(100 * d, 1) for d in found], abs=0.051)


def test_cells_are_their_numbers(charts):
    chart = charts(("themes_by_category", {}))
    values = chart.figure.axes[0].images[0].get_array()
    assert sorted(values.ravel().tolist()) == pytest.approx(sorted(chart.numbers["estimate"].astype(float)))
    chart = charts(("categories_over_time", {}))
    cells = chart.numbers[chart.numbers["period"].astype(bool) & chart.numbers["category"].astype(bool)]
    assert int(chart.figure.axes[1].images[0].get_array().sum()) == cells["n"].sum()
    bars = [int(patch.get_height()) for patch in chart.figure.axes[0].patches]
    assert bars == chart.numbers.loc[chart.numbers["category"] == "", "n"].tolist()


def test_bars_of_holders_and_curves_of_themes_are_their_numbers(charts):
    chart = charts(("framings_by_holder", {}))
    best = chart.numbers.sort_values("estimator").drop_duplicates(["code", "holder", "modality"])
    bars = [patch.get_width() for axes in chart.figure.axes for patch in axes.patches]
    assert sorted(bars) == pytest.approx(sorted(best["estimate"].astype(float)))
    chart = charts(("themes_over_time", {}))
    years = chart.numbers[chart.numbers["period"] != ""]
    assert markers(chart.figure) == pytest.approx(sorted(years["estimate"].astype(float)))
    assert upright(chart.figure) == sorted(pairs(years, "low", "high"))


# What may be said


def of_balance(p_holm, estimator="corrected", estimate=0.1):
    keys = {"period": "", "category": "Privacy", "author": "", "source": ""}
    row = {"estimator": estimator, "estimate": estimate, "low": 0.02, "high": 0.18, "p_value": p_holm, "p_holm": p_holm, "basis": ""}
    return pd.DataFrame([keys | row | {"note": "", "denominator": 400, "n_posts": 20, "n_gold": 50}])


TWO = {"cyber_optimist": "Cyber-optimist", "cyber_pessimist": "Cyber-pessimist"}
SAID = {
    "established": (of_balance(0.01), "more Cyber-optimist, p = .010"),
    "the other way": (of_balance(0.0001, estimate=-0.1), "more Cyber-pessimist, p < .001"),
    "not after Holm": (of_balance(0.06), "n.s."),
    "by the tagger alone": (of_balance(0.001, "naive"), "naive"),
}


@pytest.mark.parametrize("name", SAID)
def test_one_framing_is_more_only_where_the_corrected_difference_passes(name):
    differences, said = SAID[name]
    shares = rows_of(TWO, cats=["Privacy"], measures=["share_author"])
    chart = framing_balance.draw(shares, differences, ABOUT, framings=TWO, by="category", of=1, fewest=FEWEST)
    words = [text.get_text() for text in chart.figure.texts]
    assert said in words
    claimed = name in ("established", "the other way")
    assert (": in 1 more" in chart.title) == claimed
    assert ("is established in Privacy" in chart.alt) == claimed


def test_the_title_of_trends_says_what_passed_and_no_more(charts):
    assert charts(("trends", {})).title == "What changes over time: no change is established"


# What cannot be shown, and what is odd


LONG = "A name that goes on and on until nobody reads it any more"
FIVE = TWO | {"x": f"{LONG}, and on, and on, to the very end of it", "y": "희망과 두려움", "z": "Z"}
EVENTS = pd.DataFrame(
    {"date": pd.date_range("1995-02-01", "2024-12-01", periods=40), "label": [f"What happened on day {k} in the city" for k in range(40)]}
)


def names_of(n):
    return [f"{LONG} {k}" if k % 3 == 0 else f"정치범 수용소에 관한 아주 긴 이름의 범주 {k}" if k % 3 == 1 else f"C{k}" for k in range(n)]


def rows_of(codes, *, years=("",), cats=("",), measures=("share_author", "share_other", "share_rejected"), gold=True, **more):
    """Return estimates drawn at random."""
    generator = np.random.default_rng(7)
    made = []
    for code, year, category, measure, estimator in product(codes, years, cats, measures, ["naive", "corrected"][: 1 + gold]):
        share, wide = generator.uniform(0, 0.4), generator.uniform(0, 0.2)
        ends = {"low": max(share - wide, 0), "high": share + wide, "strict": share * 0.9, "lenient": share * 1.1}
        keys = {"measure": measure, "code": code, "period": year, "category": category, "estimator": estimator}
        n = {
            "n": int(share * 900),
            "denominator": int(generator.integers(30, 400_000)),
            "n_posts": int(generator.integers(5, 3000)),
            "n_gold": 40,
        }
        fixed = {"holder": "", "modality": "", "author": "", "source": "", "unit": "sentence", "level": 0.95, "method": "m", "basis": ""}
        made.append(fixed | keys | n | {"estimate": share} | ends | more)
    return build("estimates", made)


def span(n):
    return [str(2025 - n + k) for k in range(n)]


def over_time(n, gold=True):
    placebo = pd.DataFrame([{"code": c, "estimator": "naive", "period": y, "low": 0.05, "high": 0.2} for c in FIVE for y in span(n)])
    events = EVENTS[EVENTS["date"].dt.year > 2024 - n].reset_index(drop=True)
    rows = rows_of(FIVE, years=span(n), gold=gold)
    return framings_over_time.draw(rows, ABOUT, framings=FIVE, fewest=FEWEST, placebo=placebo, events=events)


def by_category(n):
    rows = rows_of(FIVE, years=span(n), cats=names_of(7))
    return framings_over_time.draw_categories(rows, ABOUT, framings=FIVE, fewest=FEWEST, most=4)


def balance_of(n, framings):
    found = pd.concat([of_balance(0.01).assign(category=name) for name in names_of(n)], ignore_index=True)
    rows = rows_of(framings, cats=names_of(n))
    return framing_balance.draw(rows, found, ABOUT, framings=framings, by="category", of=60, fewest=FEWEST)


def held_by(n):
    framings = dict(list(FIVE.items())[:n])
    modal = [
        rows_of(framings, measures=["share"], holder=h, modality=m) for h in ("author", "other") for m in ("asserted", "hedged", "rejected")
    ]
    held = rows_of(framings, measures=["share_author", "share_other"])
    return framings_by_holder.draw(held, pd.concat(modal, ignore_index=True), ABOUT, framings=framings)


def themes_in(years, themes):
    rows, whole = (rows_of(themes, years=some, measures=["share"], gold=False) for some in (years, [""]))
    return themes_over_time.draw(rows, whole, ABOUT, themes=themes, fewest=FEWEST)


def posts_in(n_years, n_categories):
    generator = np.random.default_rng(3)
    keys = [("", ""), *((year, "") for year in span(n_years)), *product(["", *span(n_years)], names_of(n_categories))]
    counts = pd.DataFrame(keys, columns=["period", "category"]).assign(n=generator.integers(1, 3000, len(keys)))
    return categories_over_time.draw(counts, ABOUT, most=60)


CROWDED = {
    "one year": lambda: over_time(1),
    "three years without gold": lambda: over_time(3, gold=False),
    "thirty years, forty events": lambda: over_time(30),
    "one year by category": lambda: by_category(1),
    "thirty years by category": lambda: by_category(30),
    "balance of one": lambda: balance_of(1, TWO),
    "balance of twenty, long names": lambda: balance_of(20, {"x": FIVE["x"], "y": FIVE["y"]}),
    "one framing by holder": lambda: held_by(1),
    "five framings by holder": lambda: held_by(5),
    "forty themes, one year": lambda: themes_in(span(1), dict(zip(names_of(40), names_of(40), strict=True))),
    "two themes, thirty years": lambda: themes_in(span(30), dict(zip("ab", names_of(2), strict=True))),
    "posts of one category": lambda: posts_in(1, 1),
    "posts of sixty categories in thirty years": lambda: posts_in(30, 60),
}


@pytest.mark.parametrize("name", CROWDED)
def test_labels_do_not_collide_with_many_or_few_or_long_names(name):
    figure = CROWDED[name]().figure
    assert overlapping(figure) == []
    assert leaving(figure) == []


@pytest.mark.parametrize("n", [1, 3, 60])
def test_slanted_names_of_categories_lie_side_by_side(n):
    codes = dict(zip("ab", names_of(2), strict=True))
    rows = rows_of(codes, cats=names_of(n), measures=["share"], gold=False)
    chart = themes_by_category.draw(rows, ABOUT, themes=codes, fewest=FEWEST, most=60)
    axes = chart.figure.axes[0]
    apart = axes.get_window_extent().width / len(axes.get_xticks()) * np.sin(np.deg2rad(40)) / chart.figure.dpi * 72
    assert apart > 1.2 * axes.get_xticklabels()[0].get_fontsize()
    assert leaving(chart.figure) == []
    assert len(axes.get_xticks()) == min(n, 20)


NONE = rows_of(["x"]).iloc[:0]
EMPTY = {
    "framings over time, no framing": (lambda: framings_over_time.draw(NONE, ABOUT, framings={}, fewest=FEWEST), "no framing among the codes"),
    "framings over time, no date": (lambda: framings_over_time.draw(NONE, ABOUT, framings=TWO, fewest=FEWEST), "No post that counts has a date"),
    "by category, too few": (
        lambda: framings_over_time.draw_categories(
            rows_of(TWO, years=["2020"], cats=["A"]).assign(estimate=np.nan), ABOUT, framings=TWO, fewest=FEWEST, most=4
        ),
        "No category has 5 posts and 30 sentences",
    ),
    "balance of one framing": (
        lambda: framing_balance.draw(NONE, of_balance(1.0), ABOUT, framings={"x": "X"}, by="category", of=0, fewest=FEWEST),
        "there are not two",
    ),
    "balance of too few": (
        lambda: framing_balance.draw(NONE, of_balance(1.0).assign(estimate=np.nan), ABOUT, framings=TWO, by="author", of=0, fewest=FEWEST),
        "No author has 5 posts",
    ),
    "holders, no framing": (lambda: framings_by_holder.draw(NONE, NONE, ABOUT, framings={}), "no framing among the codes"),
    "themes by category, no theme": (
        lambda: themes_by_category.draw(NONE, ABOUT, themes={}, fewest=FEWEST, most=9), "no theme among the codes",
    ),
    "themes over time, no date": (lambda: themes_over_time.draw(NONE, NONE, ABOUT, themes={"x": "X"}, fewest=FEWEST), "has a date"),
    "categories over time, no date": (
        lambda: categories_over_time.draw(pd.DataFrame([("", "", 3), ("", "A", 3)], columns=["period", "category", "n"]), ABOUT, most=9),
        "No post that counts has a date",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EMPTY)
def test_a_figure_without_marks_says_why(name):
    made, why = EMPTY[name]
    chart = made()
    assert chart.numbers.empty
    assert why in " ".join(" ".join(text.get_text() for text in chart.figure.texts).split())
    assert why in chart.alt


REFUSED = {
    "another grouping": ("framings_over_time", {"by": ("author",)}, "groups by year or quarter or month or category"),
    "two groupings": ("themes_over_time", {"by": ("year", "month")}, "groups by one of year, quarter, month"),
    "a grouping misspelt": ("categories_over_time", {"by": ("yeer",)}, "Did you mean 'year'"),
    "three framings in a balance": (
        "framing_balance", {"codes": ("cyber_optimist", "cyber_pessimist", "rights_norm")}, "exactly two framings",
    ),
    "a theme in a balance": ("framing_balance", {"codes": ("cyber_optimist", "shutdowns")}, "exactly two framings"),
    "an option that is not taken": ("overview", {"by": ("year",)}, "takes no option 'by'"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_chart_does_not_take_is_refused(sample, case):
    name, asked, message = REFUSED[case]
    with pytest.raises(InputError, match=message):
        draw(sample, name, **asked)


def test_the_largest_categories_are_shown_first(coded):
    posts = counted(table(coded, "posts"), language="en").posts
    sizes = pd.Series([name for names in posts["categories"] for name in names]).value_counts()
    numbers = draw(coded, "categories_over_time", most=5).numbers
    shown = numbers.loc[(numbers["period"] == "") & (numbers["category"] != "")]
    assert shown["n"].tolist() == sorted(sizes.tolist(), reverse=True)[:5]
