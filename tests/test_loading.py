"""Loading: a file is read once, a post is cleaned once, and the tables are the same however that was done."""

import contextlib
import sqlite3
import subprocess
import sys

import pandas as pd
import pytest

import discourse
from discourse import workspaces
from discourse.errors import CorrectionError
from discourse.kept import unpacked
from discourse.pipeline import loading
from discourse.workers import Where

BODY = "The ministry blocks websites and watches every phone in the city. Phones let citizens organise."
LOADED = ("posts", "notes", "comments", "sources")
BLOG = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Open lines</title><link>https://example.org</link><wp:wxr_version>1.2</wp:wxr_version>
<item><title>One</title><link>https://example.org/one</link><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date>2020-02-03 10:00:00</wp:post_date><content:encoded>The ministry blocks websites in the whole city.</content:encoded>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Beatrix Quillfeather</wp:comment_author>
<wp:comment_author_email>bq@example.org</wp:comment_author_email><wp:comment_approved>1</wp:comment_approved>
<wp:comment_content>Write to me at bq@example.org.</wp:comment_content></wp:comment></item></channel></rss>"""


def posts(n, **changed):
    return [
        {"body": changed.get(str(k), f"{BODY} This is number {k}, and no other says so."), "date": f"201{k % 3}-01-01"} for k in range(n)
    ]


def kept_in(workspace):
    with contextlib.closing(sqlite3.connect(workspace / loading.CACHE)) as connection:
        return [unpacked(value) for (value,) in connection.execute("SELECT value FROM kept")]


def same(one, other):
    for name in LOADED:
        pd.testing.assert_frame_equal(discourse.table(one, name), discourse.table(other, name))


def test_only_what_changed_is_read_again_and_the_tables_are_those_of_a_new_load(corpus, tmp_path):
    folder, workspace = corpus(posts(9)), tmp_path / "w"
    assert discourse.load_corpus(folder, workspace)["read_anew"] == 9
    first = discourse.load_corpus(folder, workspace)
    assert first["read_anew"] == 0
    corpus(posts(10, **{"4": BODY + " It changed."}))
    second = discourse.load_corpus(folder, workspace)
    assert second["read_anew"] == 2
    assert first["tables"]["posts"] != second["tables"]["posts"]
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "salt").write_text((workspace / "salt").read_text())
    (tmp_path / "new" / ".lock").touch()
    discourse.load_corpus(folder, tmp_path / "new")
    same(workspace, tmp_path / "new")


def test_a_file_taken_away_is_gone_and_nothing_of_it_is_kept(corpus, tmp_path):
    folder, workspace = corpus(posts(5)), tmp_path / "w"
    discourse.load_corpus(folder, workspace)
    (folder / "post-003.md").unlink()
    record = discourse.load_corpus(folder, workspace)
    assert (record["read_anew"], record["summary"]["posts"]) == (0, 4)
    kept_values = kept_in(workspace)
    assert not any("This is number 3" in str(value) for value in kept_values)
    assert any("This is number 2" in str(value) for value in kept_values)


@pytest.mark.parametrize(
    "change",
    [
        {"source": "other"}, {"keep_names": True}, {"date_order": "mdy"}, {"form": "markdown"}, {"columns": {"title": "Headline"}},
    ],
)  # fmt: skip
def test_other_options_are_another_load(corpus, tmp_path, change):
    folder, workspace = corpus(posts(2)), tmp_path / "w"
    before = discourse.load_corpus(folder, workspace)["load"]
    assert discourse.load_corpus(folder, workspace, **change)["load"] != before


@pytest.mark.parametrize("post", ["*", "post-001.md", "myblog/post-001"])
def test_corrections_come_and_go(corpus, tmp_path, post):
    folder, workspace = corpus(posts(3)), tmp_path / "w"
    discourse.load_corpus(folder, workspace)
    (folder / "corrections.csv").write_text(f"post,field,old,new,reason\n{post},title,Post,Piece,house style\n", encoding="utf-8")
    discourse.load_corpus(folder, workspace)
    titles = dict(zip(*(discourse.table(workspace, "posts")[column] for column in ("post_id", "title")), strict=True))
    wanted = range(3) if post == "*" else [1]
    assert titles == {f"myblog/post-00{k}": f"Piece {k}" if k in wanted else f"Post {k}" for k in range(3)}
    (folder / "corrections.csv").write_text("post,field,old,new,reason\n*,title,Nothing,Piece,house style\n", encoding="utf-8")
    with pytest.raises(CorrectionError):
        discourse.load_corpus(folder, workspace)
    (folder / "corrections.csv").unlink()
    discourse.load_corpus(folder, workspace)
    assert sorted(discourse.table(workspace, "posts")["title"]) == ["Post 0", "Post 1", "Post 2"]


def test_no_commenter_is_named_in_what_is_kept(tmp_path):
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "export.xml").write_text(BLOG, encoding="utf-8")
    discourse.load_corpus(tmp_path / "blog", tmp_path / "w")
    (comment,) = discourse.table(tmp_path / "w", "comments").to_dict("records")
    assert comment["author"].startswith("reader-")
    values = [str(value) for value in kept_in(tmp_path / "w")]
    assert any(comment["author"] in value for value in values)
    assert not any(name in value for value in values for name in ("Quillfeather", "bq@example.org"))


def test_parts_hold_at_most_500_posts_of_one_year(corpus, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    rows = "".join(f"Post {k},A text of its own number {k}.,2020-01-01\n" for k in range(1_100))
    (folder / "posts.csv").write_text(f"title,text,date\n{rows}Undated,A text without a date.,\n", encoding="utf-8")
    record = discourse.load_corpus(folder, tmp_path / "w")
    places = [workspaces.place(part) for part in record["parts"]["posts"]]
    assert places == ["many/2020/0000", "many/2020/0001", "many/2020/0002", "many/undated/0000"]
    assert [part["rows"] for part in record["parts"]["posts"]] == [500, 500, 100, 1]


def test_two_processes_give_the_same_tables(root, sample, tmp_path):
    workspace = tmp_path / "w"
    workspace.mkdir()
    (workspace / "salt").write_text((sample / "salt").read_text())
    (workspace / ".lock").touch()
    record = discourse.load_corpus(root / "data" / "raw" / "sample", workspace, source="sample", where=Where(2))
    assert record["read_anew"] == record["load"]["files"]
    same(workspace, sample)


def test_a_load_that_is_killed_goes_on(corpus, tmp_path):
    folder, workspace = corpus(posts(300)), tmp_path / "w"
    program = (
        "import os, discourse\n"
        f"discourse.load_corpus({str(folder)!r}, {str(workspace)!r}, progress=lambda what, done, of: done > 100 and os.kill(os.getpid(), 9))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    record = discourse.load_corpus(folder, workspace)
    assert 0 < record["read_anew"] < 250
    assert record["summary"]["posts"] == 300


def test_what_was_tagged_before_a_load_is_used_again_part_by_part(corpus, tmp_path):
    folder, workspace = corpus(posts(6)), tmp_path / "w"
    discourse.load_corpus(folder, workspace)
    discourse.prepared(workspace)
    before = workspaces.manifest(workspace)["parts"]
    corpus(posts(6, **{"1": BODY + " It changed."}))  # a post of 2011
    discourse.load_corpus(folder, workspace)
    assert discourse.tag_corpus(workspace)["tagged_anew"] == 1
    after = discourse.measure_corpus(workspace)["parts"]
    for name in ("posts", "sentences", "codings", "counts"):
        moved = [old["file"] != new["file"] for old, new in zip(before[name], after[name], strict=True)]
        assert moved == ([False, True, False] if name != "codings" else moved)
