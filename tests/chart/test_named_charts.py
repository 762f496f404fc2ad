"""Charts of names and sources: numbers are what is drawn and what the tables give, nothing overlaps, and odd names do no harm."""

import numpy as np
import pandas as pd
import pytest
from text_boxes import leaving, overlapping

import discourse
from discourse import draw, load_corpus, pipeline
from discourse.chart import About, entities_mentioned, entities_over_time, entity_network, sources_cited
from discourse.chart.graph_layout import apart, labelled, placed
from discourse.chart.kinds import KINDS
from discourse.errors import InputError

ABOUT = About("A corpus", 60, 900, "2001-01 to 2030-12")
LONG = "Office of the Special Commissioner for the Regulation of Very Long Names in the Digital Realm"
NAMED = {
    "n_entities": 80, "n_unlinked": 10, "n_mentions": 500, "n_unlinked_mentions": 50, "label": None, "code": None, "code_name": None,
    "n_undated": 0, "n_posts": 60, "n_tested": 70, "within": "sentence",
}  # fmt: skip


def names(n):
    """Return n names, long ones and Hangul among them, of all kinds."""
    labels = list(KINDS)
    return [
        (f"e{k:03d}", [f"Name {k}", f"{LONG} {k}", f"국가인권위원회 {k}", f"US$ & R$_$ {k}, $^$"][k % 4], labels[k % 8]) for k in range(n)
    ]


def shares(n, periods=("",)):
    rows = []
    for k, (entity, name, label) in enumerate(names(n)):
        for t, period in enumerate(periods):
            share = (k + t) % 10 / 10
            interval = {"low": share * 0.8, "high": min(share * 1.2, 1)} if 0 < share < 1 else {"low": None, "high": None}
            rows.append({
                "entity": entity, "name": name, "label": label, "period": period, "unit": "post", "category": "", "code": "",
                "estimate": share, **interval, "level": 0.95, "n_posts": round(60 * share), "denominator": 60, "n": 70, "note": None,
            })  # fmt: skip
    return pd.DataFrame(rows).astype({"low": float, "high": float})


def points(axes):
    """Return x and y of every dot that is drawn alone."""
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.get_lines() if len(line.get_xdata()) == 1]


def segments(axes):
    return [segment for some in axes.collections for segment in getattr(some, "get_segments", list)()]


def test_dots_and_intervals_are_the_numbers_and_these_the_estimates(sample):
    chart = draw(sample, "entities_mentioned")
    figure, numbers, title, alt = chart.figure, chart.numbers, chart.title, chart.alt
    known = discourse.table(sample, "estimates").query("measure == 'posts_naming'").set_index("code")
    assert numbers["n_posts"].tolist() == known.loc[numbers["entity"], "n"].tolist()
    assert numbers["estimate"].tolist() == pytest.approx(known.loc[numbers["entity"], "estimate"].tolist())
    (axes,) = figure.axes
    assert sorted(x for x, _ in points(axes)) == pytest.approx(sorted(numbers["estimate"]))
    drawn = sorted((a[0], b[0]) for a, b in segments(axes))
    assert np.array(drawn) == pytest.approx(np.array(sorted(numbers[["low", "high"]].itertuples(index=False, name=None))))
    assert [text.get_text().split()[0] for text in axes.texts] == [f"{n:,}" for n in numbers["n_posts"]]
    first = numbers.iloc[0]
    assert f"{first['name']}, {first['n_posts']} of {first['denominator']}" in alt
    assert title == "Who and what is named"


NARROWED = [
    ({"label": "ORG"}, lambda rows: set(rows["label"]) == {"ORG"}),
    ({"most": 3}, lambda rows: len(rows) == 3),
    ({"years": (2018, 2019)}, lambda rows: rows["denominator"].max() < 99),
    ({"codes": ("cyber_pessimist",)}, lambda rows: set(rows["code"]) == {"cyber_pessimist"}),
]


@pytest.mark.parametrize(("asked", "holds"), NARROWED)
def test_options_narrow(sample, asked, holds):
    for chart in ("entities_mentioned", "entities_over_time"):
        numbers = draw(sample, chart, **asked).numbers
        assert len(numbers)
        assert holds(numbers if chart == "entities_mentioned" or "most" not in asked else numbers.drop_duplicates("entity"))


def test_a_category_narrows(sample):
    category = discourse.table(sample, "posts")["categories"].iloc[0][0]
    whole, part = draw(sample, "entities_mentioned"), draw(sample, "entities_mentioned", category=category)
    assert part.numbers["denominator"].max() < whole.numbers["denominator"].max()
    assert set(part.numbers["category"]) == {category}


def test_panels_show_the_numbers_and_these_add_up_to_the_whole(sample):
    chart = draw(sample, "entities_over_time")
    figure, numbers = chart.figure, chart.numbers
    whole = draw(sample, "entities_mentioned").numbers.set_index("entity")
    sums = numbers.groupby("entity")[["n", "n_posts"]].sum()
    assert (sums["n_posts"] <= whole.loc[sums.index, "n_posts"]).all()  # years of few posts are not shown
    for axes, (_, own) in zip(figure.axes, numbers.groupby("entity", sort=False), strict=True):
        ys = [y for line in axes.get_lines() if line.get_linestyle() == "None" for y in line.get_ydata()]
        assert sorted(ys) == pytest.approx(sorted(own["estimate"]))
        drawn = sorted((a[1], b[1]) for a, b in segments(axes))
        ends = sorted(own.dropna(subset=["low"])[["low", "high"]].itertuples(index=False, name=None))
        assert np.array(drawn) == pytest.approx(np.array(ends))


@pytest.mark.parametrize(("by", "period"), [("quarter", "Q"), ("month", "-")])
def test_other_periods(sample, by, period):
    chart = draw(sample, "entities_over_time", by=(by,), most=2)
    assert f"by {by}" in chart.title
    assert chart.numbers.empty or chart.numbers["period"].str.contains(period).all()


REFUSED = [
    ("entities_over_time", {"by": ("category",)}, "is by year, quarter or month, not by category"),
    ("entities_over_time", {"by": ("year", "category")}, "not by year, category"),
    ("entities_over_time", {"codes": ("cyber_optimist", "rights_norm")}, "in the sentences of one code, not of 2"),
    ("entities_mentioned", {"label": "OGR"}, "Did you mean 'ORG'"),
    ("entity_network", {"k": 3}, "takes no option 'k'"),
]


@pytest.mark.parametrize(("chart", "asked", "said"), REFUSED)
def test_refusals_are_one_line(sample, chart, asked, said):
    with pytest.raises(InputError, match=said) as caught:
        draw(sample, chart, **asked)
    assert "\n" not in str(caught.value)


def test_only_pairs_that_hold_are_drawn_each_as_a_line(sample):
    chart = draw(sample, "entity_network")
    figure, numbers = chart.figure, chart.numbers
    pairs, nodes = (numbers[numbers["behind"] == kind] for kind in ("pair", "mentions"))
    assert len(pairs)
    assert (pairs["low"].astype(float) > 0).all()
    assert (pairs["p_value"].astype(float) < 0.05).all()
    assert set(nodes["entity"]) == {*pairs["entity"], *pairs["other"]}
    (axes,) = figure.axes
    assert len(axes.get_lines()) == len(pairs)
    assert len(axes.collections) == len(nodes)
    found = pipeline.co_mentions(sample).pairs.set_index(["a", "b"])
    for row in pairs.itertuples():
        assert found.loc[(row.entity, row.other), "n_posts"] == row.n_posts


def network(n):
    """Return n names in a ring with spokes, and their pairs."""
    nodes = pd.DataFrame(names(n), columns=["entity", "name", "label"]).assign(
        n_posts=range(2 * n, n, -1), n_mentions=9, category="", code=""
    )
    ties = [(k, (k + 1) % n) for k in range(n)] + [(0, k) for k in range(2, n - 1, 3)]
    pairs = pd.DataFrame([(f"e{min(t):03d}", f"e{max(t):03d}") for t in ties], columns=["a", "b"]).drop_duplicates()
    return nodes, pairs.assign(
        n_posts=range(len(pairs), 0, -1), n_sentences=9, n_both=9, n_a=9, n_b=9, denominator=60, expected=1.0, npmi=0.5
    )


DRAWN = {
    "mentioned, three": lambda: entities_mentioned.draw(shares(3), ABOUT, named=NAMED),
    "mentioned, sixty": lambda: entities_mentioned.draw(shares(60), ABOUT, named=NAMED),
    "over time, one year": lambda: entities_over_time.draw(shares(3, ["2019"]), ABOUT, named=NAMED, by="year"),
    "over time, thirty years": lambda: entities_over_time.draw(
        shares(8, [str(y) for y in range(2001, 2031)]), ABOUT, named=NAMED, by="year"
    ),
    "over time, months": lambda: entities_over_time.draw(
        shares(5, [f"{y}-{m:02d}" for y in range(2010, 2020) for m in range(1, 13)]), ABOUT, named=NAMED, by="month"
    ),
    "network, two": lambda: entity_network.draw(*network(2), ABOUT, named=NAMED),
    "network, sixty": lambda: entity_network.draw(*network(60), ABOUT, named=NAMED),
    "sources": lambda: sources_cited.draw(sources(40, "domain"), sources(40, "work"), ABOUT, cited=CITED),
}
CITED = {"n_posts": 60, "n_sentences": 900, "left_out": {}, "n_own": 3, "own": ["example.org"], "n_works": 70, "n_posts_citing": 20}


def sources(n, what):
    rows = shares(n)
    return rows.assign(**{what: rows["entity"]})


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_overlaps_or_leaves_the_figure(name):
    figure = DRAWN[name]().figure
    assert overlapping(figure) == []
    assert leaving(figure) == []


@pytest.mark.parametrize("name", ["entities_mentioned", "entities_over_time", "entity_network", "sources_cited"])
def test_nothing_overlaps_on_the_sample(sample, name):
    figure = draw(sample, name).figure
    assert overlapping(figure) == []
    assert leaving(figure) == []


def test_an_overlap_would_be_seen():
    figure = entities_mentioned.draw(shares(3), ABOUT, named=NAMED).figure
    figure.text(0.02, 0.5, LONG)
    figure.text(0.03, 0.5, LONG)
    assert len(overlapping(figure)) >= 1


def test_the_same_graph_stands_alike_and_labels_keep_apart():
    import networkx as nx

    edges = [(f"n{k}", f"n{(k * 7 + 3) % 20}") for k in range(20)]
    graphs = [nx.Graph(some) for some in (edges, edges[::-1])]
    one, other = (placed(graph, wide=9, high=6) for graph in graphs)
    assert one == other
    assert all(0 <= x <= 9 and 0 <= y <= 6 for x, y in one.values())
    found = labelled(one, dict.fromkeys(one, (1.2, 0.2)), dict.fromkeys(one, 0.1), list(graphs[0].edges), room=(9, 6))
    boxes = list(found.values())
    assert all(apart(a, b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_the_title_of_a_network_of_one_post_says_why(corpus, tmp_path):
    load_corpus(corpus([{"body": "Facebook met the United Nations in Geneva."}]), tmp_path / "w")
    chart = draw(pipeline.prepared(tmp_path / "w"), "entity_network")
    assert "takes several posts" in chart.alt
    assert chart.numbers.empty


def test_a_category_whose_posts_do_not_count_is_said(corpus, tmp_path):
    korean = "북한의 관리소에서는 휴대전화를 감시한다. 정부는 휴대전화를 쓰는 주민을 처벌한다. " * 6
    posts = [
        {"categories": "A", "body": korean},
        *(
            {"body": f"Facebook met the United Nations in Geneva {n} times, and both said that a long report would be written."}
            for n in range(6)
        ),
    ]
    load_corpus(corpus(posts), tmp_path / "w")
    workspace = pipeline.prepared(tmp_path / "w")
    for chart in ("entities_mentioned", "entities_over_time"):
        assert "No post that counts is among those asked for" in draw(workspace, chart, category="A").alt
        assert len(draw(workspace, chart, category="Privacy").numbers)


def test_sources_are_those_of_the_tables_and_own_ones_are_left_out(sample):
    chart = draw(sample, "sources_cited")
    figure, numbers = chart.figure, chart.numbers
    found = pipeline.citations(sample)
    counts = {**found.works.set_index("work")["n_posts"], **found.domains.set_index("domain")["n_posts"]}
    for row in numbers.to_dict("records"):
        assert counts[row["work"] if isinstance(row["work"], str) else row["domain"]] == row["n_posts"] >= 2
    drawn = sorted(x for axes in figure.axes for x, _ in points(axes))
    assert drawn == pytest.approx(sorted(numbers["estimate"].astype(float)))
    assert not set(numbers["domain"].dropna()) & set(found.about["own"])
