"""Who is cited, from posts to printed lines: notes followed, hosts of the blog itself, files, and what is said where nothing is cited."""

import pytest
from test_cli import run

import discourse
from discourse import pipeline
from discourse.errors import InputError, WorkspaceError

FIRST = """The wall has doors.[^1] It has wires.[^2] It has clocks.[^3]

[^1]: Ann Lee, “Wires and walls of the net,” Review 3 (2015): 1–9, https://www.example.net/walls?utm_source=letter.
[^2]: Ibid., 4.
[^3]: Bo Kim, *Maps of the Net* (Harbour Press, 2016).
"""
SECOND = """The net was mapped.[^1] And so it stays, says https://blog.example.org/earlier today.

[^1]: A. Lee, “Wires and Walls of the Net,” 2015, http://example.net/walls/.
"""


@pytest.fixture
def workspace(corpus, tmp_path):
    discourse.load_corpus(
        corpus([{"body": FIRST}, {"date": "2021-03-01", "body": SECOND}, {"body": "Nothing is cited here."}]), tmp_path / "w"
    )
    return tmp_path / "w"


@pytest.fixture
def cited(capsys, monkeypatch):
    return lambda *arguments: run("cited", *arguments, capsys=capsys, monkeypatch=monkeypatch)


def test_an_untagged_workspace_tells_who_is_cited(workspace):
    found = pipeline.citations(workspace, by=["year"], own=["www.example.org"])
    works = found.works.set_index("work")
    assert works.loc["example.net/walls", ["n_citations", "n_posts", "n_forms", "own"]].tolist() == [3, 2, 2, False]
    assert works.loc["blog.example.org/earlier", "own"]
    assert found.pairs["n_shared"].tolist() == [1]
    assert found.shares[found.shares["place"] == "any"][["period", "n_citing", "n_posts"]].values.tolist() == [
        ["2020", 1, 2],
        ["2021", 1, 1],
    ]
    assert {key: found.about[key] for key in ("n_citations", "n_works", "n_posts_citing", "n_printed", "n_own")} == {
        "n_citations": 5, "n_works": 3, "n_posts_citing": 2, "n_printed": 1, "n_own": 1
    }  # fmt: skip
    assert found.tables["shared"]["n_citations"].sum() == 3


def test_years_narrow_posts_and_citations(workspace):
    found = pipeline.citations(workspace, years=(2021, None))
    assert (found.about["n_posts"], found.about["n_citations"], len(found.posts)) == (1, 2, 1)
    with pytest.raises(InputError, match="No post that counts is from 1990"):
        pipeline.citations(workspace, years=(1990, 1990))


def test_what_is_printed(cited, workspace):
    status, out, _ = cited(workspace, "--by", "year")
    assert status == 0
    for line in (
        "myblog: 5 citations of 3 works in 2 of 3 posts; 4 in notes, 1 addresses printed in the text.",
        'of them by "Ibid." or a short form, followed to the work: 1', "the blog's own host is not known", "Links behind words are not kept",
        "fewer than 5 posts", "Works that two posts or more cite: 1; pairs of posts that they tie: 1.",
    ):  # fmt: skip
        assert line in out
    status, out, _ = cited(workspace, "--own", "example.org", "--most", "1")
    assert "of the blog's own (example.org): 1" in out
    assert "… and 2 more; --out FOLDER writes all." in out


def test_files_are_written_and_the_same_again(cited, workspace, tmp_path):
    for folder in ("a", "b"):
        status, out, _ = cited(workspace, "--out", tmp_path / folder, "--keep-names")
        assert (status, str(tmp_path / folder / "works.csv") in out) == (0, True)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == sorted(
        [*(f"{name}.csv" for name in "citations works forms domains authors shares pairs shared".split()), "shared.graphml"]
    )
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)
    assert b"2021-03-01," in (tmp_path / "a" / "citations.csv").read_bytes()


def test_nothing_cited_is_said(cited, corpus, tmp_path):
    discourse.load_corpus(corpus([{"body": "The ministry blocks websites."}]), tmp_path / "w")
    status, out, _ = cited(tmp_path / "w")
    assert status == 0
    assert "Nothing is cited in myblog: none of 1 posts names a work in a note or prints its address." in out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": ["yaer"]}, "There is no grouping 'yaer'. Did you mean 'year'?"),
        ({"own": ["soup"]}, "'soup' is no host of the web; give one as in: --own"),
    ],
)
def test_refusals_are_one_line(workspace, options, said):
    with pytest.raises(InputError) as caught:
        pipeline.citations(workspace, **options)
    assert said in str(caught.value)


def test_no_workspace_is_said(tmp_path):
    with pytest.raises(WorkspaceError, match="no workspace here"):
        pipeline.citations(tmp_path)


def test_every_note_of_the_sample_is_accounted_for(sample):
    found = pipeline.citations(sample)
    assert sum(found.about["n_via"].values()) == found.about["n_notes"] + found.about["n_printed"]
    assert found.works["n_citations"].sum() == found.about["n_citations"]
    assert found.about["n_via"].keys().isdisjoint(("cycle", "dangling"))
