"""Benchmarks: recombined posts are distinct and the same each time, RESULTS.md opens with what the programs handed over, the law of the projection."""

from importlib import import_module

import pytest

import discourse

STEP = {"wall": 2.0, "cpu": 2.0, "memory": 300.0, "main": 300.0, "child": 0.0}


@pytest.fixture(scope="module")
def program():
    """Return what imports a program of benchmarks/ by its name."""
    from conftest import ROOT

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        yield import_module


@pytest.fixture(scope="module")
def recombined(program):
    return program("recombined")


@pytest.fixture(scope="module")
def drawn_from(recombined, tmp_path_factory):
    from conftest import ROOT

    workspace = tmp_path_factory.mktemp("recombined") / "sample"
    discourse.load_corpus(ROOT / "data" / "raw" / "sample", workspace)
    return recombined.pool([workspace])


def texts(folder):
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))}


def test_recombined_posts_are_the_same_each_time_and_a_small_corpus_begins_a_large_one(recombined, drawn_from, tmp_path):
    recombined.write(drawn_from, tmp_path / "large", 40)
    recombined.write(drawn_from, tmp_path / "small", 20)
    large, small = texts(tmp_path / "large"), texts(tmp_path / "small")
    assert len(large) == 40
    assert list(small.items()) == list(large.items())[:20]
    recombined.write(drawn_from, tmp_path / "other", 20, seed=2)
    assert not set(texts(tmp_path / "other").values()) & set(large.values())


def test_recombined_posts_load_whole_and_no_two_are_alike(recombined, drawn_from, tmp_path):
    recombined.write(drawn_from, tmp_path / "posts", 200)
    record = discourse.load_corpus(tmp_path / "posts", tmp_path / "workspace")
    posts = discourse.table(tmp_path / "workspace", "posts")
    assert len(posts) == 200
    assert record["problems"] == []
    assert posts["duplicate_of"].isna().all()
    assert 450 <= posts["n_words"].mean() <= 550
    assert posts["published"].dt.year.nunique() == 10
    assert set(posts["categories_raw"].map(len)) == {2, 3}
    assert posts["title"].is_unique
    known = set(drawn_from.sentences)
    blocks = [block for text in posts["text"] for block in text.split("\n\n")]
    assert all(any(block.startswith(sentence) for sentence in known) for block in blocks[:20])


def test_one_post_in_so_many_is_changed_by_a_sentence(recombined, drawn_from, tmp_path):
    recombined.write(drawn_from, tmp_path, 20)
    before = texts(tmp_path)
    assert recombined.change(drawn_from, tmp_path, each=10) == 2
    after = texts(tmp_path)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["0000000.md", "0000010.md"]
    assert all(after[name].removeprefix(before[name]).strip() in drawn_from.sentences for name in changed)


def test_the_results_open_with_the_rows_that_the_programs_handed_over(program, root):
    results = program("results")

    folder = root / "benchmarks"
    known = results.summary(folder)
    rows = [results.Row(**row) for one in known.values() for row in one["rows"]]
    text = (folder / "RESULTS.md").read_text(encoding="utf-8")
    assert text == results.composed(known, results.read_sections(folder))
    assert all(row.line in text for row in rows)
    assert {"pages", "names", "tagging", "keyness", "topics"} <= set(known)
    assert all(row.ratio is None or row.ratio > 0 for row in rows)


def test_the_figure_of_ratios_is_the_one_the_rows_make(program, root, tmp_path):
    results, ratios = program("results"), program("ratios")

    rows = [results.Row(**row) for one in results.summary(root / "benchmarks").values() for row in one["rows"]]
    ratios.draw(rows, tmp_path / "once.svg")
    ratios.draw(rows, tmp_path / "twice.svg")
    assert (tmp_path / "once.svg").read_bytes() == (tmp_path / "twice.svg").read_bytes()


@pytest.mark.parametrize(
    ("shared", "alone", "cores", "hours"),
    [(3.6, 0.36, 1, 1.1), (3.6, 0.36, 10, 0.2), (0.0, 0.36, 128, 0.1), (3.6, 0.0, 2, 0.5)],
)
def test_hours_are_what_is_done_alone_and_the_rest_by_the_cores(program, shared, alone, cores, hours):
    law = program("projection")
    assert law.hours_of(law.Split(shared, alone), cores, n_posts=1000) == pytest.approx(hours)


def test_the_projection_takes_what_a_post_more_costs(program):
    law = program("projection")

    sizes = {
        n: {step: STEP | {"cpu": 3 + n * 0.01, "main": 200 + n * 0.001} for step in ("load", "tag", "measure")}
        | {"parallel": {"read": 0.002, "tag": 0.009}, "words": 500 * n}
        for n in (2000, 20_000)
    }
    found = law.splits(sizes)
    assert [found[step].shared for step in ("load", "tag", "measure")] == pytest.approx([0.002, 0.009, 0.0])
    assert [found[step].alone for step in ("load", "tag", "measure")] == pytest.approx([0.008, 0.001, 0.01])
    assert law.memory(sizes, {}) == pytest.approx((1200.0, 300.0))
    assert any(line.startswith("| 128 |") for line in law.projected(sizes, {}))
    assert law.projected({200: sizes[2000]}, {}) == []
