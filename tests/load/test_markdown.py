"""Markdown posts: front matter in its shapes, bodies with what exporters leave in them, and files that are no posts."""

from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load import load
from discourse.load.markdown import split_front


def one(corpus, text):
    loaded = load(corpus([text]))
    assert len(loaded.posts) == 1
    return loaded.posts[0]


@pytest.mark.parametrize(
    ("front", "field", "expected"),
    [
        ("---\ntitle: A\nauthor: Ann Lee\n---\n", "authors", ["Ann Lee"]),
        ("---\ntitle: A\nauthors: [Ann Lee, Bo Kim]\n---\n", "authors", ["Ann Lee", "Bo Kim"]),
        ("---\ntitle: A\nauthors:\n  - name: Ann Lee\n    role: Editor\n---\n", "author_roles", ["Editor"]),
        ("+++\ntitle = 'A'\nauthor = 'Ann Lee'\n+++\n", "authors", ["Ann Lee"]),
        (';;;\n{"title": "A", "author": "Ann Lee"}\n;;;\n', "authors", ["Ann Lee"]),
        ("---\ntitle: A\ncategories: [Privacy, privacy]\n---\n", "categories", ["Privacy", "privacy"]),
        ("---\ntitle: A\ncategory: Privacy\n---\n", "categories", ["Privacy"]),
        ("---\ntitle: A\n---\n", "categories", []),
        ("---\ntitle: A\ncategory: []\n---\n", "categories", []),
        ("---\ntitle: 2018\n---\n", "title", "2018"),
        ("---\ntitle: 'Don&#8217;t <b>panic</b>'\n---\n", "title", "Don’t panic"),
        ("---\ntitle: A\nlang: ko\n---\n", "language", "ko"),
        ("---\ntitle: A\nlang: en-GB\n---\n", "language", "en"),
        ("---\nTitle: A\nCategories: [Privacy]\n---\n", "categories", ["Privacy"]),
        ("---\ntitle: A\ncategories: Privacy, Law\n---\n", "categories", ["Privacy", "Law"]),
        ("+++\ntitle = 'A'\n[taxonomies]\ntags = ['x']\n+++\n", "tags", ["x"]),
        ('{"title": "A", "author": "Ann Lee"}\n\n', "authors", ["Ann Lee"]),
        ("---\ntitle: The <em>Big</em> One\n---\n", "title", "The Big One"),
        ("---\ntitle: A\neditors:\n  - name: Mina Ro\n---\n", "editors", ["Mina Ro"]),
        ("---\ntitle: A\nlicense: CC BY 4.0\n---\n", "licence", "CC BY 4.0"),
    ],
)
def test_front_matter(corpus, front, field, expected):
    assert getattr(one(corpus, front + "Body."), field) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("date: 2020-03-01", date(2020, 3, 1)),
        ("date: 2020-03-01T23:30:00+00:00", date(2020, 3, 1)),
        ("date: 2020-03-01T23:30:00+00:00\nurl: /2020/03/02/post/", date(2020, 3, 2)),
        ("date: 2020-03-01\nurl: /2018/01/01/moved/", date(2020, 3, 1)),
        ("date: 1 March 2020", date(2020, 3, 1)),
        ("date:\n  created: 2020-03-01", date(2020, 3, 1)),
        ("url: /2020/03/02/post/", date(2020, 3, 2)),
        ("published: true\nurl: /2020/03/02/post/", date(2020, 3, 2)),
        ("date: 0001-01-01", None),
        ("date: someday", None),
        ("draft: false", None),
    ],
)
def test_dates(corpus, front, expected):
    post = one(corpus, f"---\ntitle: A\n{front}\n---\nBody.")
    assert post.published == expected
    assert bool(post.problems) == (expected is None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{{< figure src="a.png" caption=`One` >}}\n\nText.', "Text."),
        ('<div style="x"><a href="/d" class="button">Donate</a></div>\n\nText.', "Text."),
        (">>>> <form><script src='x'></script></form>\n\nText.", "Text."),
        ("See [the bill][1].\n\n [1]: https://example.org/bill\n", "See the bill."),
        ("See [the bill][7].", "See the bill."),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nText.", "Text."),
        ("One\ntwo.", "One two."),
        ("## Why\n\nText.", "# Why\n\nText."),
        ("**Why it matters**\n\nText.", "# Why it matters\n\nText."),
        ("**Nobody asked.**\n\nText.", "**Nobody asked.**\n\nText.".replace("*", "")),
        ("* one\n* two", "- one\n\n- two"),
        ("> It is so.\n\nText.", "> It is so.\n\nText."),
        ("It isn&#8217;t &amp; never was.", "It isn’t & never was."),
        ("<span style='x'>Text</span> <em>here</em>.", "Text here."),
        ("<!-- note to self -->Text.", "Text."),
        ("<div>\n\n    <p>Not code.</p>\n\n</div>", "Not code."),
        ("<table>\n  <tr>\n\n    <td>1</td>\n\n  </tr>\n</table>\n\nText.", "Text."),
        ("It is so.**** And __ so.", "It is so. And  so."),
        ("See [the plan](a plan to be found) here.", "See the plan here."),
        ("See <a href=https://example.org/a?b=c&d=[e target=_blank>it</a>.", "See  it."),
        ("Use 2 * 3 and snake_case.", "Use 2 * 3 and snake_case."),
    ],
)
def test_bodies(corpus, body, expected):
    assert one(corpus, f"---\ntitle: A\ndate: 2020-01-01\n---\n{body}").body == expected


def test_footnotes_become_notes_with_their_places(corpus):
    post = one(corpus, "---\ntitle: A\ndate: 2020-01-01\n---\nOne.[^1] Two.[^b]\n\n[^1]: Ann Lee, *Wires* (2015).\n[^b]: Ibid.\n")
    assert post.body == "One.\ue0001\ue001 Two.\ue000b\ue001"
    assert [(n["number"], n["title"], n["cites"]) for n in post.notes] == [("1", "Wires", None), ("b", "Wires", "1")]


def test_comments_keep_no_address(corpus):
    front = "comments:\n  - author: Bea\n    email: bea@example.org\n    date: 2020-01-02\n    text: Fine.\n  - {author: Cy, text: Yes., reply_to: 1}\n  - {author: D}"
    post = one(corpus, f"---\ntitle: A\ndate: 2020-01-01\n{front}\n---\nBody.")
    assert [(c.author, c.text, c.published, c.reply_to) for c in post.comments] == [
        ("Bea", "Fine.", date(2020, 1, 2), None),
        ("Cy", "Yes.", None, 1),
    ]
    assert post.problems == ["comment 3 has no text; left out."]
    assert "example.org" not in repr(post)


def test_authors_come_from_author_files(corpus):
    folder = corpus(["---\ntitle: A\ndate: 2020-01-01\nauthors: [ann, zed]\n---\nBody."])
    (folder / "authors" / "ann").mkdir(parents=True)
    (folder / "authors" / "ann" / "_index.md").write_text("---\nname: Ann O'Lee\nrole: Chair\n---\n", encoding="utf-8")
    loaded = load(folder)
    assert (loaded.posts[0].authors, loaded.posts[0].author_roles) == (["Ann O'Lee", "zed"], ["Chair", ""])
    assert {f.path: f.reason for f in loaded.files if f.outcome == "left out"} == {"authors/ann/_index.md": "an author file"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: A\ndraft: true\n---\nB", "a draft"),
        ("---\ntitle: A\npublished: false\n---\nB", "a draft"),
        ("---\ntitle: A\nbuild: {render: never}\n---\nB", "a fragment of the site that is never a page of its own, not a post"),
        ("Just text.", "no front matter, so not a post"),
    ],
)
def test_files_that_are_no_posts_are_left_out_with_the_reason(corpus, text, reason):
    loaded = load(corpus(["---\ntitle: A\ndate: 2020-01-01\n---\nBody.", text]))
    assert [(f.outcome, f.reason) for f in loaded.files] == [("post", ""), ("left out", reason)]


def test_a_language_that_is_no_code_is_a_problem(corpus):
    post = one(corpus, "---\ntitle: A\ndate: 2020-01-01\nlanguage: English\n---\nBody.")
    assert (post.language, len(post.problems)) == (None, 1)


def test_an_answer_follows_its_comment_past_one_that_is_left_out(corpus):
    post = one(
        corpus,
        "---\ntitle: A\ndate: 2020-01-01\ncomments:\n  - {author: D}\n  - {author: B, text: One.}\n  - {author: C, text: Two., reply_to: 2}\n---\nB.",
    )
    assert [c.reply_to for c in post.comments] == [None, 1]


def test_section_pages_of_every_language_are_no_posts(corpus):
    folder = corpus(["---\ntitle: A\ndate: 2020-01-01\n---\nBody."])
    (folder / "_index.en.md").write_text("---\ntitle: Blog\n---\n", encoding="utf-8")
    assert len(load(folder).posts) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: [A\n---\nB", "front matter cannot be parsed in line 3"),
        ("+++\ntitle = \n+++\nB", "front matter cannot be parsed"),
        ("---\ntitle: A\nB", "front matter is not closed"),
        ("---\ndate: !!timestamp foo\n---\nB", "front matter cannot be parsed"),
        ('{"title": "A"\nB', "cannot be parsed as JSON"),
        ("---\n- A\n---\nB", "front matter is not a list of `key: value` lines"),
    ],
)
def test_broken_front_matter_is_one_line(text, message):
    with pytest.raises(InputError, match=message) as caught:
        split_front(text)
    assert "\n" not in str(caught.value)
