"""What leaves: names masked, quotations cut, licences told, tables and pages kept whole otherwise."""

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.export import Filter, Names, is_open, licence_address
from discourse.export.matching import Matcher
from discourse.export.quoting import MOST_WORDS, WORDS, cut
from discourse.paths import resource_rows

ADA = Names(
    private=frozenset(["Ada Okafor", "Okafor", "Rosa", "MIKE LIND", "김철수", "O'Hara"]),
    public=frozenset(["Rosa Parks", "Okafor Foundation"]),
    small=frozenset(["Okafor", "Ada Okafor"]),
    slugs={"unlinked/person/ada-okafor": "unlinked/person/name-1"},
)


@pytest.fixture
def passing():
    return Filter(ADA, {"open": True, "closed": False})


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ada Okafor met Rosa.", "[name] met [name]."),
        ("Ada Okafor's phone, Okafor’s door", "[name]'s phone, [name]’s door"),
        ("Rosa Parks sat; Rosa stood.", "Rosa Parks sat; [name] stood."),
        ("the Okafor Foundation of Okafor", "the Okafor Foundation of [name]"),
        ("Okaforian rosa Rosaline", "Okaforian rosa Rosaline"),
        ("ADA OKAFOR AND OKAFOR", "[name] AND [name]"),
        ("Mike Lind and MIKE LIND", "[name] and [name]"),
        ("phone, okafor, wall", "phone, [name], wall"),
        ("words: okafor; wall", "words: [name]; wall"),
        ("ada okafor", "[name]"),
        ("the okafor list, an okafor", "the okafor list, an okafor"),
        ("see https://example.org/Okafor and blog/okafor-speaks", "see https://example.org/Okafor and blog/okafor-speaks"),
        ("Okafor-Lind, (Rosa) “Rosa”", "[name]-Lind, ([name]) “[name]”"),
        ("김철수는 말했다. 김철수가, 김철수네트워크", "[name]는 말했다. [name]가, 김철수네트워크"),
        ("O’Hara and O'Hara", "[name] and [name]"),
        ("write to ada.okafor@example.org now", "write to [e-mail] now"),
        ("unlinked/person/ada-okafor and unlinked/person/ada-okafor-lind", "unlinked/person/name-1 and unlinked/person/ada-okafor-lind"),
        ("", ""),
    ],
)  # fmt: skip
def test_names_are_masked_as_whole_words_longest_first(passing, text, masked):
    assert passing.text(text) == masked
    assert passing.text(masked) == masked


def test_what_was_masked_is_counted_once(passing):
    passing.text("ADA OKAFOR and Ada Okafor and Rosa")
    assert passing.taken() == {"Ada Okafor": 2, "Rosa": 1}
    assert not passing.taken()


@given(st.text(alphabet="RosaAdOkfr 김철수는@.-'’", max_size=60))
def test_no_whole_name_is_left(text):
    masked = Filter(ADA, {}).text(text)
    assert not [name for _, _, name in Matcher(ADA.private).longest(masked) if name not in ADA.public]


LONG = " ".join(f"w{k}" for k in range(20)) + " Ada Okafor wrote " + " ".join(f"v{k}" for k in range(20))


@pytest.mark.parametrize(
    ("text", "span", "post", "text_after", "span_after"),
    [
        ("Rosa saw a wall.", (9, 15), "closed", "[name] saw a wall.", "a wall"),
        ("Rosa saw a wall.", (0, 8), "closed", "[name] saw a wall.", "[name] saw"),
        ("Ada Okafor saw.", (4, 14), "closed", "[name] saw.", "[name] saw"),
        ("Ada Okafor saw.", (0, 3), "closed", "[name] saw.", "[name]"),
        ("a wall", (2, 2), "closed", "a wall", ""),
        (LONG, (LONG.index("wrote"), LONG.index(" v0")), "open", LONG.replace("Ada Okafor", "[name]"), "wrote"),
    ],
)  # fmt: skip
def test_a_quotation_keeps_its_span(passing, text, span, post, text_after, span_after):
    made = passing.quotation(text, start=span[0], end=span[1], post_id=post)
    assert (made.text, made.text[made.start : made.end]) == (text_after, span_after)


def test_a_quotation_is_cut_around_its_span_unless_its_licence_is_open(passing):
    start = LONG.index("wrote")
    made = passing.quotation(LONG, start=start, end=start + 5, post_id="closed")
    assert made.text.startswith("… w")
    assert made.text.endswith(" …")
    assert len(made.text.split()) == MOST_WORDS + 2
    assert made.text[made.start : made.end] == "wrote"
    assert passing.quotation(LONG).text.split()[:2] == ["w0", "w1"]  # some post is not open, and none is named


@given(st.lists(st.sampled_from(["wire", "a", "벽이", "door."]), max_size=90), st.integers(0, 400), st.integers(0, 400))
def test_a_cut_keeps_the_span_and_the_most_words(words, one, other):
    text = " ".join(words)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    made = cut(text, start, end)
    assert len(WORDS.findall(made.text.replace("…", ""))) <= MOST_WORDS
    assert 0 <= made.start <= made.end <= len(made.text)
    if len(text[start:end].split()) < MOST_WORDS - 1:
        assert made.text[made.start : made.end].strip() == text[start:end].strip()


def test_text_without_spaces_is_cut_too():
    assert len(cut("墙" * 400).text) < 70


@pytest.mark.parametrize("row", resource_rows("leaving", "open_licences.csv"), ids=lambda row: row["match"])
def test_each_row_of_licences_is_needed(row):
    assert is_open(row["match"])
    assert not is_open(row["no_match"])
    assert (licence_address(row["match"]) is not None) == bool(row["address"])


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC BY 4.0", True), ("cc-by-sa", True), ("Creative Commons Attribution 3.0 Unported", True), ("CC0", True), ("Public Domain", True),
        ("CC BY 3.0 AU", True), ("https://creativecommons.org/licenses/by/4.0/", True), ("Licensed under CC BY-NC 4.0", True),
        ("all rights reserved", False), ("© 2020 the authors", False), ("CC BY 4.0 for the text, pictures reserved", False), ("", False),
        (None, False), ("no licence", False), ("not CC BY 4.0", False),
    ],
)  # fmt: skip
def test_a_licence_that_is_not_known_is_not_open(licence, expected):
    assert is_open(licence) is expected


FRAMES = [
    ({"word": ["okafor", "wall"], "z": [1.5, 2.0]}, {"word": ["[name]", "wall"], "z": [1.5, 2.0]}),
    ({"authors": [["Rosa", "Rosa Parks"], []]}, {"authors": [["[name]", "Rosa Parks"], []]}),
    ({"post_id": ["a/Rosa"], "url": ["https://x.org/Rosa"], "title": ["Rosa"]}, {"post_id": ["a/Rosa"], "url": ["https://x.org/Rosa"], "title": ["[name]"]}),
    ({"left": ["met Ada "], "hit": ["Okafor"], "right": [" and left"]}, {"left": ["met "], "hit": ["[name]"], "right": [" and left"]}),
    ({"text": ["Rosa saw it"], "start": [5], "end": [8]}, {"text": ["[name] saw it"], "start": [7], "end": [10]}),
    ({"text": ["Rosa", "wall"], "start": [0, 300], "end": [4, 304]}, {"text": ["[name]", "wall"], "start": [0, 300], "end": [4, 304]}),
    ({"text": ["Rosa saw it", None], "start": [None, None], "end": [None, None]}, {"text": ["[name] saw it", None], "start": [None, None], "end": [None, None]}),
    ({"sentence_text": ["Rosa saw a wall"], "cue": ["wall"]}, {"sentence_text": ["[name] saw a wall"], "cue": ["wall"]}),
    ({"note": [LONG], "n": [1]}, {"note": [LONG.replace("Ada Okafor", "[name]")], "n": [1]}),
    ({"x": []}, {"x": []}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), FRAMES, ids=[" ".join(before) for before, _ in FRAMES])
def test_a_table_leaves_masked_and_otherwise_as_it_was(passing, before, after):
    frame = pd.DataFrame(before)
    made = passing.frame(frame)
    pd.testing.assert_frame_equal(made, pd.DataFrame(after), check_dtype=False)
    pd.testing.assert_frame_equal(frame, pd.DataFrame(before))
    assert made.dtypes.equals(frame.dtypes)


def test_cells_are_cut_by_the_licence_of_the_row(passing):
    frame = pd.DataFrame({"post_id": ["open", "closed"], "sentence_text": [LONG, LONG], "cue": ["wrote v0", "v19"]})
    whole, short = passing.frame(frame)["sentence_text"]
    assert whole == LONG.replace("Ada Okafor", "[name]")
    assert short.startswith("… ")
    assert short.endswith("v19")
    assert passing.frame(frame.drop(columns="post_id"))["sentence_text"].str.contains("…").all()


def test_categories_dates_and_an_odd_index_pass(passing):
    frame = pd.DataFrame({"who": pd.Categorical(["Rosa", "x"]), "day": pd.to_datetime(["2020-01-01", None]), 3: [True, None]}, index=[7, 7])
    made = passing.frame(frame)
    assert made["who"].tolist() == ["[name]", "x"]
    assert made[["day", 3]].equals(frame[["day", 3]])


def test_a_graph_keeps_its_nodes_apart(passing):
    import networkx as nx

    graph = nx.Graph()
    graph.add_node("unlinked/person/ada-okafor", name="Ada Okafor", n=3)
    graph.add_edge("unlinked/person/ada-okafor", "work:Rosa, a book", weight=2)
    graph.add_edge("work:MIKE LIND, a book", "work:Rosa, a book", weight=1)
    made = passing.graph(graph)
    assert sorted(made) == ["unlinked/person/name-1", "work:[name], a book", "work:[name], a book (2)"]
    assert made.nodes["unlinked/person/name-1"] == {"name": "[name]", "n": 3}
    assert made.number_of_edges() == 2


PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Rosa</title><style>.Rosa {{}}</style></head><body>
<div class="jp-Cell jp-MarkdownCell"><p>Rosa is a name in prose.</p></div>
<div class="jp-Cell jp-CodeCell"><div class="jp-Cell-inputWrapper"><pre>who = "Rosa"</pre></div>
<div class="jp-Cell-outputWrapper"><div class="jp-OutputArea-output"><pre>Rosa &amp; Ada Okafor's &lt;wall&gt;</pre></div>
<div class="jp-OutputArea-output"><table class="Rosa"><thead><tr><th></th><th>post_id</th><th>sentence_text</th><th>cue</th></tr></thead>
<tbody><tr><th>0</th><td>closed</td><td title="Rosa">{long}</td><td>wrote v0</td></tr>
<tr><th>1</th><td>open</td><td><b>Rosa</b> &amp; so</td><td>so</td></tr></tbody></table>
<img alt="Rosa" src="data:image/png;base64,Rosa/Rosa+Rosa="><svg><text>Rosa</text></svg><script>var Rosa = 1 < 2;</script></div></div></div>
</body></html>"""


def test_of_a_page_only_what_cells_put_out_is_masked(passing):
    made = passing.html(PAGE.format(long=LONG))
    for kept in (
        "<title>Rosa</title>", "<p>Rosa is a name in prose.</p>", '<pre>who = "Rosa"</pre>', 'class="Rosa"', 'title="Rosa"', 'alt="Rosa"',
        "base64,Rosa/Rosa+Rosa=", "<text>Rosa</text>", "var Rosa = 1 < 2;", "<!DOCTYPE html>",
    ):  # fmt: skip
        assert kept in made
    assert "<pre>[name] &amp; [name]'s &lt;wall&gt;</pre>" in made
    assert "<td>wrote v0</td>" in made
    assert "[name] wrote v0" in made
    assert "w0 " not in made
    assert "<td>[name] &amp; so</td>" in made or "<td><b>[name]</b> &amp; so</td>" in made
    assert passing.html(made) == made


def test_a_page_without_names_keeps_its_text(passing):
    page = PAGE.replace("Rosa", "Wall").replace("Ada Okafor", "Wire").format(long="short")
    assert passing.html(page).split() == Filter(Names(), {}).html(page).split()


def test_other_pages_are_filtered_where_one_says(passing):
    assert "<p>[name]</p>" in passing.html("<html><body><p>Rosa</p></body></html>", within="body")


def test_it_is_quick(passing):
    names = Names(private=frozenset(f"Nam{a}{b} Lind{b}{a}" for a in "abcdefghijklmnop" for b in "abcdefghijklmnop"))
    through = Filter(names, {"closed": False})
    frame = pd.DataFrame({"post_id": ["closed"] * 20_000, "text": ["The wall that Namab Lindba saw had a door and a wire. " * 2] * 20_000})
    begun = time.process_time()
    assert through.frame(frame)["text"].str.count(r"\[name\]").sum() == 40_000
    assert time.process_time() - begun < 5
    cells = "".join(f"<tr><td>{k}</td><td>Namab Lindba saw a wall and a door.</td></tr>" for k in range(15_000))
    page = f"<html><body><div class='jp-Cell-outputWrapper'><table><tbody>{cells}</tbody></table></div></body></html>"
    begun = time.process_time()
    assert through.html(page).count("[name]") == 15_000
    assert time.process_time() - begun < 5


def test_rows_without_any_text_pass(tmp_path):
    frame = pd.DataFrame(
        {"post_id": ["a"], "title": ["Ada Okafor"], "text": [float("nan")], "start": [float("nan")], "end": [float("nan")]}
    )
    made = Filter(Names(private=frozenset(["Ada Okafor"])), {"a": True}).frame(frame)
    assert made["title"].tolist() == ["[name]"]
    assert made["text"].isna().all()
