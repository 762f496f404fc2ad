"""Everything in one go: what is written, what it says, and that it leaves filtered."""

import re
import sys

import pytest

from discourse import load_corpus, reproduce
from discourse.cli import main
from discourse.errors import WorkspaceError

BODY = "Hannah Whitlock says that the ministry blocks websites and watches every phone in the city of Pyongyang."
PRIVATE = "Hannah Whitlock"


@pytest.fixture(scope="module")
def blog(tmp_path_factory):
    """Return a workspace with two posts that name somebody who is not known."""
    folder = tmp_path_factory.mktemp("blog")
    (folder / "posts").mkdir()
    for n in range(2):
        text = f"---\ntitle: Post {n}\ndate: 2020-01-0{n + 1}\ncategories: [Privacy]\n---\n{BODY} So it was on day {n}."
        (folder / "posts" / f"{n}.md").write_text(text, encoding="utf-8")
    load_corpus(folder / "posts", folder / "w")
    return folder / "w"


@pytest.fixture(scope="module")
def made(blog, tmp_path_factory):
    """Return the reports of one notebook of it."""
    out = tmp_path_factory.mktemp("reports")
    assert reproduce(blog, reports=out, notebooks=["03_themes"], parameters={"first_year": "2019"}) == out
    return out


def test_one_notebook_is_a_page_and_a_list(made):
    assert sorted(path.name for path in made.iterdir()) == ["03_themes.html", "index.html"]
    index = (made / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="([^"]+)">', index) == ["03_themes.html"]
    assert "There is no figure yet." in index


def test_a_page_says_what_it_was_made_with(made, blog):
    import json

    record = json.loads((blog / "manifest.json").read_text(encoding="utf-8"))
    page = (made / "03_themes.html").read_text(encoding="utf-8")
    said = dict(re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", page))
    assert list(said) == ["Corpus", "Snapshot", "Codebook", "Model", "Names", "Hand codes", "Program", "Parameters"]
    assert said["Corpus"] == "posts, 2 posts"
    assert said["Snapshot"] == record["tables"]["posts"][:12]
    assert said["Hand codes"] == "none"
    assert said["Parameters"] == "first_year = 2019"
    assert "first_year: int | None = 2019" in re.sub("<[^>]*>", "", page)
    assert re.search(r'<meta content="posts, 2 posts" name="discourse.corpus"/?>', page)
    assert str(blog) not in page
    assert str(made) not in page


def test_private_names_are_masked_in_pages_unless_they_are_kept(made, blog, tmp_path):
    page = (made / "03_themes.html").read_text(encoding="utf-8")
    assert PRIVATE not in page
    assert "masked; never complete" in page
    assert PRIVATE in (blog / "masked.csv").read_text(encoding="utf-8")
    kept = reproduce(blog, reports=tmp_path, notebooks=["04_framings"], keep_names=True)
    assert "Names of private persons were kept." in (kept / "04_framings.html").read_text(encoding="utf-8")


def test_a_cell_that_fails_is_one_line_and_no_page_is_written(blog, tmp_path):
    with pytest.raises(WorkspaceError, match=r"04_framings.ipynb, cell \d+: InputError: There is no category 'Privcay'"):
        reproduce(blog, reports=tmp_path / "out", notebooks=["04_framings"], parameters={"category": "Privcay"})
    assert list((tmp_path / "out").iterdir()) == []


def test_parameters_come_from_the_command_line(blog, tmp_path, capsys, monkeypatch):
    arguments = ["reproduce", blog, "--reports", tmp_path, "--notebook", "07_sources_cited", "--set", "first_year=2020", "--set", "most=3"]
    monkeypatch.setattr(sys, "argv", ["discourse", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert f"open {tmp_path / 'index.html'}" in capsys.readouterr().out
    assert "<dd>first_year = 2020, most = 3</dd>" in (tmp_path / "07_sources_cited.html").read_text(encoding="utf-8")


def test_a_setting_that_is_none_is_refused(blog, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["discourse", "reproduce", str(blog), "--set", "k"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "'k' is not of the form NAME=VALUE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "n"),
    [({}, 2), ({"years": (2020, None)}, 2), ({"years": (None, 2019)}, 0), ({"category": "Privacy"}, 2), ({"category": "Courts"}, 0)],
)
def test_evidence_is_of_the_years_and_the_category_that_are_asked_for(made, blog, asked, n):
    from discourse import evidence, table

    code = table(blog, "codings")["code"].iloc[0]
    assert len(evidence(blog, code, **asked)) == n
