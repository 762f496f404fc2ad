"""Charts of words and topics: sizes and places are the numbers, names of private persons are left out, ink falls on no ink."""

import warnings

import numpy as np
import pandas as pd
import pytest
from text_boxes import NESTED, ink_on_ink, leaving, overlapping

import discourse
from discourse import draw, load_corpus, measure_corpus, pipeline, tag_corpus
from discourse.chart import About, Marking, keyness, topics, word_cloud
from discourse.chart.theme import style
from discourse.errors import InputError
from discourse.pipeline import Counting, draw_keyness

ABOUT = About("A corpus", 60, 900, "2001-01 to 2030-12")
PLAIN = "Bread is warm in the morning and the bus goes at nine o'clock. The garden lies under deep snow until the end of March."


def said(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return " ".join(" ".join(text.get_text() for text in texts).split())


def cloud_words(figure):
    """Return word -> its size in points."""
    return {text.get_text(): text.get_fontsize() for axes in figure.axes for text in axes.texts if text.get_gid() == NESTED}


def table(n, *, word="word"):
    return pd.DataFrame({"word": [f"{word}{k}" for k in range(n)], "n": range(3 * n, 2 * n, -1), "n_posts": range(2 * n, n, -1)})


def marking(n, **more):
    """Return n words of either group, Hangul and a long one among them."""
    rows = []
    for side, name in ((1, "First"), (-1, "Second")):
        for k in range(n):
            word = ["word", "관리소", "unconstitutionality-of-everything", "w$_$"][k % 4] + f"{side}{k}"
            z, ratio = side * (9 - 8 * k / n), side * (1 + k % 5)
            rows.append((word, name, 40 - k % 30, k % 7, 9, 2, z, ratio, ratio - 1.5, ratio + 1.5, 0.01 if k % 3 else 0.5))
    columns = ["word", "marks", "n_first", "n_second", "n_posts_first", "n_posts_second", "z", "log_ratio", "low", "high", "p_posts"]
    made = pd.DataFrame(rows, columns=columns)
    return Marking(made.assign(private=False), ("First", "Second"), "Two groups", compared="a against b", **more)


def test_a_cloud_of_few_posts_counts_uses_since_every_word_is_in_as_many(corpus, tmp_path):
    body = "The phone is watched. A phone rings. The radio plays in the city and nobody in the city hears the phone."
    load_corpus(corpus([{"body": body}]), tmp_path / "w")
    chart = draw(pipeline.prepared(tmp_path / "w"), "word_cloud")
    figure, numbers = chart.figure, chart.numbers
    assert numbers.iloc[:2][["word", "n", "unit"]].values.tolist() == [["phone", 3, "use"], ["city", 2, "use"]]
    sizes = cloud_words(figure)
    assert sizes["phone"] > sizes["city"]


def test_the_cloud_holds_the_words_that_most_posts_use(sample):
    chart = draw(sample, "word_cloud")
    figure, numbers = chart.figure, chart.numbers
    assert set(cloud_words(figure)) == set(numbers["word"])
    assert numbers["n_posts"].is_monotonic_decreasing
    assert min(cloud_words(figure).values()) >= 9
    posts = set(discourse.table(sample, "counts")["post_id"])
    sentences = discourse.table(sample, "sentences")
    sentences = sentences[sentences["post_id"].isin(posts)]
    first = numbers.iloc[0]
    has = sentences["text"].str.lower().str.contains(rf"\b{first['word']}\b(?!-)", regex=True)
    assert abs(sentences.loc[has, "post_id"].nunique() - first["n_posts"]) <= 1
    assert draw(sample, "word_cloud", most=12).numbers["word"].tolist() == numbers["word"].tolist()[:12]


def test_the_cloud_of_framings_is_two_and_says_what_was_compared(sample):
    chart = draw(sample, "word_cloud_framings")
    figure, numbers = chart.figure, chart.numbers
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Cyber-optimist", "Cyber-pessimist"]
    assert set(numbers["marks"]) == {"Cyber-optimist", "Cyber-pessimist"}
    assert (numbers["z"].astype(float) > 0).tolist() == (numbers["marks"] == "Cyber-optimist").tolist()
    assert set(numbers["group"]) == {"code=cyber_optimist against code=cyber_pessimist"}
    assert set(cloud_words(figure)) == set(numbers["word"])
    assert "Words by which the tagger knew a" in said(figure)
    assert "in both are in neither" in said(figure)
    bold = {text.get_text() for axes in figure.axes for text in axes.texts if text.get_fontproperties().get_weight() == "bold"}
    assert bold == set(numbers.loc[numbers["is_sure"].astype(bool), "word"])


def test_charts_of_framings_that_are_not_there_say_why(corpus, tmp_path):
    load_corpus(corpus([{"body": PLAIN}]), tmp_path / "w")
    workspace = pipeline.prepared(tmp_path / "w")
    for name in ("word_cloud_framings", "keyness"):
        chart = draw(workspace, name)
        assert chart.numbers.empty
        assert "no sentence is in this group" in chart.alt
        assert "no sentence is in this group" in said(chart.figure)


def test_dots_are_the_ratios_and_filled_where_the_test_passed(sample):
    chart = draw(sample, "keyness")
    figure, numbers = chart.figure, chart.numbers
    found = discourse.keyness(sample, "code=cyber_optimist", "code=cyber_pessimist", counting=Counting(cues=False)).table.set_index("word")
    assert numbers["estimate"].astype(float).tolist() == pytest.approx(found.loc[numbers["word"], "log_ratio"].tolist())
    dots = [line for axes in figure.axes for line in axes.get_lines() if len(line.get_xdata()) == 1]
    assert [line.get_xdata()[0] for line in dots] == pytest.approx(numbers["estimate"].astype(float).tolist())
    filled = [line.get_markerfacecolor() != "white" for line in dots]
    assert filled == (found.loc[numbers["word"], "p_posts"] < 0.05).tolist()


def test_options_of_comparisons(sample):
    numbers = draw(sample, "keyness", codes=("shutdowns", "surveillance_interception"), years=(2016, None), most=4).numbers
    assert set(numbers["group"]) == {"code=shutdowns & year=2016.. against code=surveillance_interception & year=2016.."}
    assert len(numbers) == 8
    with pytest.raises(InputError, match="between two codes, not 1"):
        draw(sample, "keyness", codes=("shutdowns",))


DRAWN = {
    "cloud, three": lambda: word_cloud.draw(table(3), ABOUT),
    "cloud, one": lambda: word_cloud.draw(table(1), ABOUT),
    "cloud, Hangul": lambda: word_cloud.draw(table(60, word="휴대전화"), ABOUT),
    "two clouds": lambda: word_cloud.draw_groups(marking(80), ABOUT),
    "two clouds by uses": lambda: word_cloud.draw_groups(marking(3), ABOUT, size="n"),
    "keyness, forty": lambda: keyness.draw(marking(40), ABOUT, most=40),
    "keyness, one": lambda: keyness.draw(marking(1), ABOUT),
    "topics, two of one year": lambda: topics.draw(fitted(2, ["2019"]), ABOUT, fitted=FITTED, n_private=2),
    "topics, thirty years": lambda: topics.draw(fitted(25, [str(y) for y in range(2001, 2031)]), ABOUT, fitted=FITTED, n_private=0),
    "topics, undated": lambda: topics.draw(fitted(8, []), ABOUT, fitted=FITTED, n_private=1),
}
FITTED = {
    "described": "nmf", "k": 8, "seeds": 10, "n_posts": 60, "n_windows": 300, "window": 200, "n_words": 900, "chosen": False,
    "left_out": {"posts in Korean": 3, "sentences in another language": 4},
}  # fmt: skip


def fitted(k, years):
    rows = []
    for topic in range(1, k + 1):
        words = " ".join(f"{w}{topic}" for w in ["surveillance", "관리소", "unconstitutionality", "net", "x"] * 2)
        for n, period in enumerate(["", *years]):
            share = (topic * 7 + n * 3) % 20 / 40 + 0.01
            rows.append((topic, words, period, share, share * 0.7, share * 1.3, 0.95, topic % 10 / 10, 40, 60))
    columns = ["topic", "words", "period", "estimate", "low", "high", "level", "stability", "n", "denominator"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_overlaps_or_leaves_the_figure(name, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = DRAWN[name]().figure
        with style():
            figure.savefig(tmp_path / "f.png", dpi=40)
    assert overlapping(figure) == []
    assert leaving(figure) == []
    assert ink_on_ink(figure) < 0.001


@pytest.mark.parametrize("name", ["keyness", "word_cloud_framings", "word_cloud", "topics"])
def test_nothing_overlaps_on_the_sample(sample, name):
    figure = draw(sample, name).figure
    assert overlapping(figure) == []
    assert leaving(figure) == []
    assert ink_on_ink(figure) < 0.001


def test_ink_on_ink_would_be_seen():
    figure = word_cloud.draw(table(3), ABOUT).figure
    words = figure.axes[0].texts
    words[1].set_position(words[0].get_position())
    assert ink_on_ink(figure) > 0.05


def test_a_word_without_room_is_neither_drawn_nor_in_the_numbers():
    figure, numbers, *_ = word_cloud.draw(table(400, word="unconstitutionality"), ABOUT)
    assert 5 < len(numbers) < 400
    assert list(cloud_words(figure)) == numbers["word"].tolist()


VISITS = (
    "{0} Quimby wrote to the harbour office. {0} Quimby said that the phone was watched. The harbour office kept the letter of {0} Quimby. "
)


@pytest.fixture(scope="module")
def private(tmp_path_factory):
    """Return a workspace whose posts all name one person whom nobody knows."""
    folder = tmp_path_factory.mktemp("private") / "blog"
    folder.mkdir()
    things = ["bridge", "garden", "violin", "ladder", "kettle"]
    for n in range(24):
        body = VISITS.format("Sarah Johnson") + f"The {things[n % 5]} stood by the wall and number {n} was painted on it. " * 3
        (folder / f"{n:02d}.md").write_text(f"---\ntitle: Post {n}\ndate: 20{15 + n % 4}-01-01\n---\n{body}", encoding="utf-8")
    load_corpus(folder, folder.parent / "w")
    tag_corpus(folder.parent / "w")
    measure_corpus(folder.parent / "w")
    return folder.parent / "w"


def test_names_of_private_persons_are_left_out_and_counted(private):
    mentions = discourse.table(private, "mentions")
    assert mentions["entity"].str.startswith("unlinked/person").sum() > 24  # the names were found
    chart = draw(private, "word_cloud")
    figure, numbers = chart.figure, chart.numbers
    assert {"harbour", "phone"} <= set(numbers["word"])
    assert not {"sarah", "johnson"} & set(numbers["word"])
    assert "names of people whom the gazetteer of public figures does not know" in said(figure)


def test_names_are_left_out_of_comparisons():
    some = marking(5)
    some.table["private"] = some.table["word"].isin(["word10", "word-10", "관리소11"])
    for draws in (keyness.draw, word_cloud.draw_groups):
        figure, numbers, *_ = draws(some, ABOUT)
        assert not {"word10", "word-10", "관리소11"} & set(numbers["word"])
        assert len(numbers) == 7
        assert "does not know: 3 words" in said(figure)


def test_topics_are_those_of_the_tables(sample):
    chart = draw(sample, "topics", k=5)
    figure, numbers = chart.figure, chart.numbers
    found = pipeline.topics(sample, k=5, seeds=10)
    whole = numbers[numbers["period"] == ""]
    assert whole["estimate"].astype(float).tolist() == pytest.approx(found.topics["share"].tolist())
    assert whole["stability"].astype(float).tolist() == pytest.approx(found.topics["stability"].tolist())
    shares, *years = figure.axes
    (dots,) = [line for line in shares.get_lines() if line.get_linestyle() == "None"]
    assert list(dots.get_xdata()) == pytest.approx(whole["estimate"].astype(float).tolist())
    for axes, (_, own) in zip(years, numbers[numbers["period"] != ""].groupby("topic"), strict=True):
        (dots,) = [line for line in axes.get_lines() if line.get_linestyle() == "None"]
        assert np.array(dots.get_ydata(), dtype=float) == pytest.approx(own["estimate"].to_numpy(dtype=float))
    assert f"{len(whole)} topics, as asked" in said(figure)
    assert len(draw(sample, "topics", k=5, most=2).numbers["topic"].unique()) == 2


def test_too_few_posts_for_topics_is_said_and_a_k_that_cannot_be_is_refused(corpus, tmp_path, sample):
    load_corpus(corpus([{"body": PLAIN}]), tmp_path / "w")
    chart = draw(pipeline.prepared(tmp_path / "w"), "topics")
    assert "at least 20 posts that count, and here are 1" in said(chart.figure)
    with pytest.raises(InputError, match="k is 1"):
        draw(sample, "topics", k=1)


def test_a_korean_corpus_gets_a_cloud_of_nouns(corpus, tmp_path):
    body = "북한의 관리소에서는 휴대전화를 감시한다. 정부는 휴대전화를 쓰는 주민을 처벌한다. " * 6
    load_corpus(corpus([{"body": f"{body} 글 {n}."} for n in range(3)]), tmp_path / "w")
    tag_corpus(tmp_path / "w")
    measure_corpus(tmp_path / "w")
    words = set(draw(tmp_path / "w", "word_cloud").numbers["word"])
    assert {"휴대전화", "주민", "감시"} <= words
    assert not {"휴대전화를", "주민을"} & words


def test_the_figure_of_the_command_draws_any_two_groups(sample, tmp_path):
    found = discourse.keyness(sample, "year=2015..2018", "year=2019..2022")
    written = draw_keyness(found, tmp_path)
    numbers = pd.read_csv(next(path for path in written if path.suffix == ".csv"))
    assert set(numbers["group"]) == {"year=2015..2018 against year=2019..2022"}
    with pytest.raises(InputError, match="Did you mean 'z'"):
        draw_keyness(found, tmp_path, size="zz")
