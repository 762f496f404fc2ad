"""Native charts of the sample: every value is one of the figure's numbers, intervals too, and no chart holds more than fits."""

import math

import pandas as pd
import pytest

from discourse import draw
from discourse.pipeline.charts import CHARTS
from discourse.pipeline.charts.native import NATIVE, native_of
from discourse.pipeline.charts.native.rows import MOST

NAMES = {"cyber_optimist": "Cyber-optimist", "cyber_pessimist": "Cyber-pessimist", "rights_norm": "Rights norm"}
PICTURES = {"themes_by_category", "entity_network", "word_cloud", "word_cloud_framings"}
COUNTS = {"overview", "categories_over_time"}


@pytest.fixture(scope="module")
def drawn(sample):
    """Return the figures of the sample, and their native charts, each drawn once."""
    found = {}

    def one(name):
        if name not in found:
            figure = draw(sample, name)
            found[name] = figure, native_of(name, figure.numbers, NAMES)
        return found[name]

    return one


def triples(natives):
    for chart in natives:
        for one in chart.series:
            for k, value in enumerate(one.values):
                if value is not None:
                    yield value, one.low[k] if one.low else None, one.high[k] if one.high else None


def plain(value):
    return None if pd.isna(value) else float(value)


def test_every_chart_of_bars_or_lines_is_native_where_the_figure_is_no_network_cloud_or_heat_map():
    assert set(NATIVE) == set(CHARTS) - PICTURES


@pytest.mark.parametrize("name", sorted(NATIVE))
def test_every_value_and_interval_is_a_number_of_the_figure(name, drawn):
    figure, natives = drawn(name)
    if name in {"accuracy", "agreement"}:
        assert natives == []  # the sample's fixture has no hand codes
        return
    column = "n" if name in COUNTS else "estimate"
    numbers = figure.numbers.reindex(columns=["low", "high", column])
    there = {(plain(value), plain(low), plain(high)) for low, high, value in numbers.itertuples(index=False)}
    if name == "trends":  # the ends of what permuted dates give stand as lines
        there |= {(plain(end), None, None) for end in [*numbers["low"], *numbers["high"]]}
    found = list(triples(natives))
    assert found
    assert set(found) <= there


@pytest.mark.parametrize("name", sorted(NATIVE))
def test_no_chart_holds_more_than_fits(name, drawn):
    for chart in drawn(name)[1]:
        assert 0 < len(chart.categories) <= (150 if name == "overview" and chart.kind == "column" else MOST)
        assert len(set(chart.categories)) == len(chart.categories)
        assert all(len(one.values) == len(chart.categories) for one in chart.series)
        assert chart.note


def test_a_chart_a_framing_with_what_the_author_holds(drawn):
    figure, natives = drawn("framings_over_time")
    assert [chart.title for chart in natives] == list(NAMES.values())
    assert [chart.colour for chart in natives] == ["#009e73", "#d55e00", "#0072b2"]
    held = figure.numbers[(figure.numbers["measure"] == "share_author") & (figure.numbers["code"] == "rights_norm")]
    (series,) = natives[2].series  # nothing is corrected: what the tagger finds is drawn filled
    assert (series.name, series.look) == ("author, naive", "filled")
    assert list(zip(natives[2].categories, series.values, series.low, series.high, strict=True)) == [
        tuple(row) for row in held[["period", "estimate", "low", "high"]].itertuples(index=False)
    ]


def rows(**columns):
    return pd.DataFrame(columns)


def test_corrected_is_filled_and_naive_hollow_and_a_year_without_a_share_breaks_the_line():
    numbers = rows(
        mark=list("abcd"), behind="sentences", code="rights_norm", measure="share_author", category="",
        period=["2019", "2021", "2019", "2020"], estimator=["corrected", "corrected", "naive", "naive"],
        estimate=[0.1, 0.2, 0.15, math.nan], low=[0.05, 0.1, 0.1, math.nan], high=[0.2, 0.3, 0.2, math.nan],
    )  # fmt: skip
    (chart,) = native_of("framings_over_time", numbers, NAMES)
    assert chart.categories == ["2019", "2020", "2021"]
    assert [(one.name, one.look, one.values) for one in chart.series] == [
        ("author, corrected", "filled", (0.1, None, 0.2)), ("author, naive", "hollow", (0.15, None, None)),
    ]  # fmt: skip


def test_f1_of_the_tagger_and_of_baselines():
    numbers = rows(
        mark=list("abcd"), behind="hand codes", measure=["f1", "macro_f1", "f1", "share_coded"], code=["rights_norm", "", "rights_norm", ""],
        method=["tagger", "tagger", "majority", "tagger"], estimate=[0.8, 0.7, 0.0, 0.4], low=[0.7, 0.6, 0.0, 0.3], high=[0.9, 0.8, 0.0, 0.5],
    )  # fmt: skip
    (chart,) = native_of("accuracy", numbers, NAMES)
    assert (chart.kind, chart.categories) == ("column", ["Rights norm", "Mean of all"])
    assert [(one.name, one.values) for one in chart.series] == [("tagger", (0.8, 0.7)), ("majority", (0.0, None))]


def test_alpha_of_codes_with_the_usual_levels_in_the_note():
    numbers = rows(
        mark=list("abc"), behind=["hand codes", "hand codes", "nothing"], measure=["alpha", "alpha", "level"],
        of=["rights_norm", "holder", "reliable"], estimate=[0.9, math.nan, 0.8], low=[0.8, math.nan, math.nan], high=[1.0, math.nan, math.nan],
    )  # fmt: skip
    (chart,) = native_of("agreement", numbers, NAMES)
    assert (chart.categories, chart.series[0].values, chart.series[0].low) == (["Rights norm", "Holder"], (0.9, None), (0.8, None))
    assert "0.8 reliable" in chart.note


def test_bars_that_only_the_tagger_gives_are_hollow_where_others_are_corrected():
    numbers = rows(
        mark=list("abcdef"), behind=["sentences"] * 4 + ["points"] * 2, measure=["share_author"] * 4 + ["difference"] * 2,
        code=["cyber_optimist", "cyber_pessimist"] * 2 + ["", ""], category=["A", "A", "B", "B", "A", "B"],
        estimator=["corrected", "corrected", "naive", "naive", "corrected", "naive"], estimate=[0.1, 0.2, 0.3, 0.4, -0.1, -0.1],
        low=[0.05] * 6, high=[0.5] * 6,
    )  # fmt: skip
    (chart,) = native_of("framing_balance", numbers, NAMES)
    assert [(one.name, one.look, one.values) for one in chart.series] == [
        ("Cyber-optimist, corrected", "filled", (0.1, None)), ("Cyber-optimist, naive", "hollow", (None, 0.3)),
        ("Cyber-pessimist, corrected", "striped", (0.2, None)), ("Cyber-pessimist, naive", "hollow", (None, 0.4)),
    ]  # fmt: skip


def test_two_works_that_are_called_alike_are_told_apart():
    numbers = rows(mark=["a", "b"], behind="notes", domain=None, work=["w1", "w2"], name="“Walls”", estimate=[0.2, 0.1], low=0.0, high=0.3)
    (chart,) = native_of("sources_cited", numbers, {})
    assert (chart.title, chart.categories, chart.series[0].values) == ("Works", ["“Walls”", "“Walls” (2)"], (0.2, 0.1))


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_figure_that_shows_nothing_has_no_native_chart(name):
    assert native_of(name, pd.DataFrame({"mark": [], "behind": []}), {}) == []


def test_months_of_many_years_are_left_to_the_picture():
    months = [f"{year}-{month:02d}" for year in range(2015, 2020) for month in range(1, 13)]
    numbers = rows(
        mark=months, behind="sentences", code="rights_norm", measure="share_author", category="", period=months, estimator="naive",
        estimate=0.1, low=0.0, high=0.2,
    )  # fmt: skip
    assert native_of("framings_over_time", numbers, NAMES) == []
