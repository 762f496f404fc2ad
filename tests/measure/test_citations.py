"""Citations: Ibid. through chains, cycles and gaps, counts with known answers, and posts that share sources."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.export import to_csv, to_graphml
from discourse.measure.citations import authors_cited, citations, citing_shares, domains_cited, forms_cited, own_hosts, works_cited
from discourse.measure.meant import meant
from discourse.measure.shared_sources import coupled, shared_sources

NOTE = ["post_id", "number", "part", "cites", "author", "title", "year", "url", "text"]
LEE, KIM = ("Ann Lee", "Wires and walls", 2015, None), ("Bo Kim", "Maps of the net", 2016, "https://example.net/maps")
NOTHING = (None, None, None, None)


def notes(*rows):
    """Return a table of notes from (post, number, part, cites, (author, title, year, url))."""
    frame = pd.DataFrame([(*row[:4], *row[4], f"{row[4][0]}, {row[4][1]}") for row in rows], columns=NOTE)
    return frame.astype({"year": "Int64"})


def posts(n, **columns):
    frame = pd.DataFrame(
        {
            "post_id": [f"p{k}" for k in range(n)], "source": "s", "title": [f"Post {k}" for k in range(n)], "text": "Nothing.", "url": None,
            "published": pd.to_datetime([f"{2015 + k}-05-01" for k in range(n)]), "published_precision": "day",
            "categories": [["Privacy"]] * n, "authors": [["Ann Lee"]] * n,
        }
    )  # fmt: skip
    return frame.assign(**columns)


CHAINS = [
    ([("p", "1", 1, None, LEE), ("p", "2", 1, "1", NOTHING)], [0, 0], "Ibid."),
    ([("p", "1", 1, None, LEE), ("p", "2", 1, "1", NOTHING), ("p", "3", 1, "2", NOTHING)], [0, 0, 0], "Ibid. of an Ibid."),
    ([("p", "1", 1, None, LEE), ("p", "1", 2, None, KIM), ("p", "2", 1, "1", NOTHING)], [0, 1, 1], "the last work of the note"),
    ([("p", "1", 1, None, LEE), ("p", "1", 2, None, KIM), ("p", "2", 1, "1", LEE)], [0, 1, 0], "the part of that author and title"),
    ([("p", "1", 1, None, LEE), ("p", "1", 2, "1", NOTHING)], [0, 0], "the part before, in one note"),
    ([("p", "2", 1, "1", NOTHING), ("p", "1", 1, None, LEE)], [1, 1], "a note that stands later"),
    ([("p", "1", 1, "2", NOTHING), ("p", "2", 1, "1", NOTHING)], [None, None], "a cycle of two"),
    ([("p", "1", 1, "1", NOTHING)], [None], "a note that cites itself"),
    ([("p", "1", 1, "2", NOTHING), ("p", "2", 1, "3", NOTHING), ("p", "3", 1, "2", NOTHING)], [None] * 3, "a way into a cycle"),
    ([("p", "1", 1, "7", NOTHING), ("p", "2", 1, "1", NOTHING)], [None, None], "a note that is not there, through a chain"),
    ([("p", "1", 1, None, LEE), ("q", "2", 1, "1", NOTHING)], [0, None], "a note of another post"),
]


@pytest.mark.parametrize(("rows", "expected", "why"), CHAINS)
def test_ibid_is_followed_to_the_work(rows, expected, why):
    found = meant(notes(*rows))
    assert [None if pd.isna(row) else row for row in found["row"]] == expected, why


def test_cycles_and_gaps_are_told_apart_and_counted():
    rows = notes(
        ("p0", "1", 1, None, LEE), ("p0", "2", 1, "1", NOTHING), ("p0", "3", 1, "9", LEE), ("p0", "4", 1, "5", LEE), ("p0", "5", 1, "4", LEE),
        ("p0", "6", 1, None, ("Emphasis added", None, None, None)), ("p0", "7", 1, None, (None, None, None, "https://example.org/")),
    )  # fmt: skip
    found = citations(posts(1), rows, own=frozenset())
    assert found["via"].tolist() == ["itself", "Ibid. or short form", "dangling", "cycle", "cycle", "names no work", "names a whole site"]
    assert found["work"].notna().tolist() == [True, True, *[False] * 5]
    assert (found.loc[1, "title"], found.loc[1, "number"]) == ("Wires and walls", "2")


def some():
    """Return three posts and what they cite: p0 Lee twice and Kim, p1 Kim in another form and a page of the blog's own, p2 an address."""
    rows = notes(
        ("p0", "1", 1, None, LEE), ("p0", "2", 1, "1", NOTHING), ("p0", "2", 2, None, KIM),
        ("p1", "1", 1, None, ("B. Kim", "Maps of the Net", 2016, "http://www.example.net/maps/?utm_source=x")),
        ("p1", "2", 1, None, (None, None, None, "https://blog.example.org/earlier")), ("gone", "1", 1, None, LEE),
    )  # fmt: skip
    frame = posts(3, text=["Nothing.", "Nothing.", "It stands at https://example.net/maps, and nowhere else."])
    return frame, citations(frame, rows, own=frozenset(["example.org"]))


def test_counts_have_their_known_answers():
    _, cited = some()
    works = works_cited(cited).set_index("work")
    columns = ["n_citations", "n_posts", "n_forms", "first_year", "last_year", "own"]
    assert works.index.tolist() == ["example.net/maps", "ann lee | 2015 | wires and walls", "blog.example.org/earlier"]
    assert works[columns].values.tolist() == [[3, 3, 3, 2015, 2017, False], [2, 1, 1, 2015, 2015, False], [1, 1, 1, 2016, 2016, True]]
    assert works.loc["example.net/maps", ["author", "title", "domain"]].tolist() == ["B. Kim", "Maps of the Net", "example.net"]
    assert forms_cited(cited).groupby("work").size().tolist() == [1, 1, 3]
    assert domains_cited(cited)[["domain", "own", "n_citations", "n_works", "n_posts"]].values.tolist() == [
        ["example.net", False, 3, 1, 3], ["blog.example.org", True, 1, 1, 1]
    ]  # fmt: skip
    assert authors_cited(cited).values.tolist() == [["Ann Lee", 2, 1, 1], ["B. Kim", 1, 1, 1], ["Bo Kim", 1, 1, 1]]


def test_posts_that_share_a_source_are_tied_and_own_pages_tie_none():
    frame, cited = some()
    own = cited["url"] == "https://blog.example.org/earlier"
    cited = pd.concat([cited, cited[own].assign(post_id="p2")], ignore_index=True)
    graph = shared_sources(cited, works_cited(cited), frame)
    assert sorted(graph) == ["post:p0", "post:p1", "post:p2", "work:example.net/maps"]
    pairs = coupled(graph, cited)
    assert pairs.values.tolist() == [["p1", "p2", 1, 1, 1, 1.0], ["p0", "p1", 1, 2, 1, 0.5], ["p0", "p2", 1, 2, 1, 0.5]]


def test_no_shared_source_gives_no_pair():
    frame = posts(2)
    cited = citations(frame, notes(("p0", "1", 1, None, LEE)), own=frozenset())
    graph = shared_sources(cited, works_cited(cited), frame)
    assert (len(graph), len(coupled(graph, cited))) == (0, 0)


def test_nothing_cited_gives_empty_tables():
    cited = citations(posts(6), notes(), own=frozenset())
    assert [len(table(cited)) for table in (works_cited, forms_cited, domains_cited, authors_cited)] == [0] * 4
    whole = citing_shares(posts(6), cited)
    assert whole[["place", "n_citing", "n_posts", "share"]].values.tolist() == [["any", 0, 6, 0.0], ["note", 0, 6, 0.0]]
    assert whole["low"].isna().all()


def test_shares_of_posts_that_cite():
    frame = posts(10, published=pd.to_datetime(["2015-05-01"] * 6 + ["2016-05-01"] * 4), text=["www.example.net/a"] + ["Nothing."] * 9)
    cited = citations(frame, notes(("p1", "1", 1, None, LEE), ("p1", "2", 1, "1", NOTHING), ("p7", "1", 1, None, LEE)), own=frozenset())
    shares = citing_shares(frame, cited, by=["year"])
    known = shares[["period", "place", "n_citing", "n_posts", "n_citations", "n_works"]].values.tolist()
    assert known == [["2015", "any", 2, 6, 3, 2], ["2015", "note", 1, 6, 2, 1], ["2016", "any", 1, 4, 1, 1], ["2016", "note", 1, 4, 1, 1]]
    first, last = shares.iloc[0], shares.iloc[-1]
    assert first["share"] == pytest.approx(1 / 3)
    assert first["low"] < 1 / 3 < first["high"]
    assert (pd.isna(last["share"]), last["note"]) == (True, "fewer than 5 posts")


@pytest.mark.parametrize(
    ("addresses", "known", "hosts"),
    [
        ([None, None], None, []),
        ([None, None], "https://www.example.org/blog", ["example.org"]),
        (["https://example.org/a", "https://example.org/b"], None, ["example.org"]),
        (["https://example.org/a", "https://example.net/b"], None, ["example.net"]),
        (["/a", "b.html"], None, []),
    ],
)
def test_the_blogs_own_host_is_the_one_that_it_stands_on(addresses, known, hosts):
    sources = pd.DataFrame({"source": ["s"], "url": [known]})
    assert sorted(own_hosts(posts(2, url=addresses), sources)) == hosts


PARTS = st.tuples(
    st.sampled_from(["p0", "p1", "p2"]), st.integers(1, 4), st.sampled_from([None, "1", "2", "3", "9"]), st.sampled_from([LEE, KIM])
)


@given(st.lists(PARTS, max_size=10, unique_by=lambda part: part[:2]))
def test_counts_add_up_and_files_do_not_hang_on_the_order_of_rows(parts):
    rows = notes(*((post, str(number), 1, cites, work) for post, number, cites, work in parts))
    frame = posts(3)
    cited = citations(frame, rows, own=frozenset())
    works = works_cited(cited)
    assert len(cited) == len(rows)
    assert works["n_citations"].sum() == cited["work"].notna().sum()
    assert forms_cited(cited)["n_citations"].sum() == cited["work"].notna().sum()
    assert citing_shares(frame, cited, by=["year"])["n_citations"].sum() == citing_shares(frame, cited)["n_citations"].sum()
    again = citations(frame, rows.iloc[::-1], own=frozenset())
    assert to_csv(works_cited(again)) == to_csv(works)
    graphs = [shared_sources(some, works_cited(some), frame) for some in (cited, again)]
    assert to_graphml(graphs[0]) == to_graphml(graphs[1])
