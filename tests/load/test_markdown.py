"""Markdown posts: front matter in its shapes, bodies with what exporters leave in them, and files that are no posts."""

from datetime import date

import pytest

from discourse import load_corpus, table
from discourse.errors import InputError
from discourse.load import load
from discourse.load.markdown.posts import split_front


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
        ("---\ntitle: 1.10\n---\n", "title", "1.10"),
        ("---\ntitle: No\ntags: [on, 12:30]\n---\n", "tags", ["on", "12:30"]),
        ("---\ntitle: A\nauthor: Ann Lee and Bo Kim\n---\n", "authors", ["Ann Lee", "Bo Kim"]),
        ("---\ntitle: A\nauthor: Ann Lee, Research Intern\n---\n", "author_roles", ["Research Intern"]),
        ("---\ntitle: A\nauthor: Centre for Law and Technology\n---\n", "authors", ["Centre for Law and Technology"]),
        ("---\ntitle: A\nauthor: {name: Ann Lee, email: ann@example.org}\n---\n", "authors", ["Ann Lee"]),
        ("---\ntitle: A\nlayout: post\ncategories: privacy law\n---\n", "categories", ["privacy", "law"]),
        (
            "---\ntitle: A\nlayout: post\ncategories: [Human Rights]\ncategory: Law Reform\n---\n",
            "categories",
            ["Human Rights", "Law Reform"],
        ),
        ("---\ntitle: A\nlayout: post\ntags: a b\n---\n", "tags", ["a", "b"]),
        ("---\ntitle: A\nlocale: de_AT\n---\n", "language", "de"),
        ("---\ntitle: A\npermalink: /:year/:title/\n---\n", "url", None),
        ("---\ntitle: A\nurl: /2020/a/\n---\n", "url", "/2020/a/"),
        ("---\ntitle: A\nurl: https://www.example.org/a/\n---\n", "address", "example.org/a"),
        ("---\ntitle: A\nurl: https://www.example.org/\n---\n", "address", None),
        ("+++\ntitle = 'A'\n[params]\nauthor = 'Ann Lee'\n+++\n", "authors", ["Ann Lee"]),
        ("+++\ntitle = 'A'\n[extra]\nauthor = 'Ann Lee'\n+++\n", "authors", ["Ann Lee"]),
        ("+++\ntitle = 'A'\n[[authors]]\nname = 'Ann Lee'\nrole = 'Chair'\n+++\n", "author_roles", ["Chair"]),
        ('---json\n{"title": "A", "tags": ["x"]}\n---\n', "tags", ["x"]),
        ("---\ntitle: A\nseries: [Walls]\n...\n", "series", "Walls"),
        ("Title: A\nDate: 2020-01-02\nAuthors: Ann Lee, Bo Kim\n\n", "authors", ["Ann Lee", "Bo Kim"]),
        ("Title: A\nDate: 2020-01-02\nAuthors: Lee, Ann; Kim, Bo\n\n", "authors", ["Lee, Ann", "Kim, Bo"]),
        ("Title: A\nDate: 2020-01-02\nSummary:\n    One\n    two\nTags: x, y\n\n", "tags", ["x", "y"]),
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
        ("publishDate: 2020-03-01\nlastmod: 2021-05-05", date(2020, 3, 1)),
        ("date: 2020-03-01\npublishDate: 2021-05-05", date(2020, 3, 1)),
        ("date:\n  created: 2020-03-01\n  updated: 2021-05-05", date(2020, 3, 1)),
        ("date: Last Modified\nurl: /2020/03/02/post/", date(2020, 3, 2)),
        ("date: 1. März 2020", date(2020, 3, 1)),
        ("date: 2020-03-01 23:30:00 -0800", date(2020, 3, 1)),
        ("lastmod: 2020-03-01", None),
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
        ("{{% note %}}\nInner *text*.\n{{% /note %}}\n\nText.", "Inner text.\n\nText."),
        ('{{< figure src="a.png" caption="of {this} and }}" >}}\n\nText.', "Text."),
        ('See [it]({{< ref "a.md" >}}) and [that][1].\n\n[1]: {{< relref "b" >}}', "See it and that."),
        ("See [it]({% post_url 2020-01-02-a %}) and [that][1].\n\n[1]: {{ site.url }}{% link _posts/b.md %}", "See it and that."),
        ('{% include figure.html\n   src="a.png" %}\n\nText{% if x %}s{% endif %}.', "Texts."),
        ("{% comment %}\nNot this.\n{% endcomment %}\n\nText.", "Text."),
        ("{::comment}Not this.{:/comment}\n\nText.", "Text."),
        ("Text.\n{: .lead}\n\nMore.{:#x}", "Text.\n\nMore."),
        ("* Contents\n{:toc}\n\nText.", "Text."),
        ("[TOC]\n\nText.\n\n*[EFF]: A foundation", "Text."),
        ("## Why {#why}\n\nText.", "# Why\n\nText."),
        ("[Go](/x){ .md-button } :material-lock: there.", "Go there."),
        ('!!! note "Why"\n\n    Because.\n\nText.', "Why\n\nBecause.\n\nText."),
        ("!!! note\n    Because.\n\nText.", "Because.\n\nText."),
        ("!!! What a day", "!!! What a day"),
        ('=== "Tab"\n\n    Inside.', "Tab\n\nInside."),
        (":::tip Try it\n\nInside.\n\n:::\n\nText.", "Try it\n\nInside.\n\nText."),
        ("> [!NOTE]\n> Mind it.", "> Mind it."),
        ("- [x] done\n- [ ] not", "- done\n\n- not"),
        ("It is ==so==, and a == b.", "It is so, and a == b."),
        ("Text.\n\n<!-- more -->\n\nMore.", "Text.\n\nMore."),
        ("Use `{{ site.url }}` and `{: .x}`.", "Use {{ site.url }} and {: .x}."),
        ("```\n{% raw %}\n```\n\nText.", "{% raw %}\n\nText."),
        ("```one``` and {% x %} two.", "one and two."),
        ("Why\n---\n\nText.", "# Why\n\nText."),
        ("# A\n\nText.", "Text."),
        ("# B\n\nText.", "# B\n\nText."),
        ("Text.\n\n# A\n\nMore.", "Text.\n\n# A\n\nMore."),
    ],
)
def test_bodies(corpus, body, expected):
    assert one(corpus, f"---\ntitle: A\ndate: 2020-01-01\n---\n{body}").body == expected


def test_footnotes_become_notes_with_their_places(corpus):
    post = one(corpus, "---\ntitle: A\ndate: 2020-01-01\n---\nOne.[^1] Two.[^b]\n\n[^1]: Ann Lee, *Wires* (2015).\n[^b]: Ibid.\n")
    assert post.body == "One.\ue0001\ue001 Two.\ue000b\ue001"
    assert [(n["number"], n["title"], n["cites"]) for n in post.notes] == [("1", "Wires", None), ("b", "Wires", "1")]


def test_footnotes_in_markup_become_notes(corpus):
    body = 'One.<sup><a href="#fn1">1</a></sup>\n\n<ol class="footnotes"><li id="fn1">Ann Lee, <em>Wires</em> (2015).</li></ol>'
    post = one(corpus, f"---\ntitle: A\ndate: 2020-01-01\n---\n{body}")
    assert (post.body, [n["title"] for n in post.notes]) == ("One.\ue0001\ue001", ["Wires"])


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


def put(folder, files):
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


POST = "---\ntitle: A\ndate: 2020-01-01\n---\nBody."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("authors/ann/_index.md", "---\nname: Ann Lee\nrole: Chair\n---\n"),
        ("authors/ann/_index.de.md", "---\ntitle: Ann Lee\nrole: Chair\n---\n"),
        ("authors/x/_index.md", "+++\nname = 'Ann Lee'\nrole = 'Chair'\nusername = 'ann'\n+++\n"),
        ("authors/_index.md", "---\nname: Ann Lee\n---\n"),
        ("data/authors/ann.json", '{"name": "Ann Lee", "role": "Chair"}'),
        ("data/authors.toml", "[ann]\nname = 'Ann Lee'\nrole = 'Chair'\n"),
        ("_data/authors.yml", "ann:\n  name: Ann Lee\n  position: Chair\n  email: ann@example.org\n"),
        ("_authors/ann.md", "---\nshort_name: ann\nname: Ann Lee\nposition: Chair\n---\n"),
        ("docs/blog/.authors.yml", "authors:\n  ann:\n    name: Ann Lee\n    description: Chair\n"),
        (".authors.yml", "ann:\n  name: Ann Lee\n  description: Chair\n"),
        ("blog/authors.yml", "ann:\n  name: Ann Lee\n  title: Chair\n"),
        ("_data/authors.json", '[{"id": "ann", "name": "Ann Lee", "role": "Chair"}]'),
    ],
)
def test_author_files_of_every_generator(corpus, name, text):
    known = name != "authors/_index.md"
    folder = put(corpus([POST.replace("title: A", "title: A\nauthor: ann")]), {name: text})
    post = next(post for post in load(folder).posts if post.title == "A")
    assert (post.authors, post.author_roles) == ((["Ann Lee"], ["Chair"]) if known else (["ann"], [""]))
    assert "example.org" not in repr(post)


def test_author_files_beside_the_folder_of_posts(tmp_path):
    put(tmp_path, {"_data/authors.yml": "ann:\n  name: Ann Lee\n", "_posts/2020-01-02-a.md": "---\nauthor: ann\n---\nBody."})
    (post,) = load(tmp_path / "_posts").posts
    assert (post.authors, post.published) == (["Ann Lee"], date(2020, 1, 2))


@pytest.mark.parametrize("text", ["[1, 2]", "ann: 1", "ann: {name: [x]}", "- - -\n", "{{{{", "&a [*a]", "\udcff"])
def test_author_files_that_are_none(corpus, text):
    folder = corpus([POST])
    (folder / "authors.yml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert len(load(folder).posts) == 1


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("_posts/2020-01-02-my-first-post.md", "---\nlayout: post\ncomments: true\n---\nB", ("My First Post", date(2020, 1, 2), None)),
        ("_posts/2020-1-2-a.md", "---\ntitle: A\n---\nB", ("A", date(2020, 1, 2), None)),
        ("post/a/index.md", "---\ntitle: A\ndate: 2020-01-02\n---\nB", ("A", date(2020, 1, 2), None)),
        ("post/a/index.ru.md", "---\ntitle: A\ndate: 2020-01-02\n---\nB", ("A", date(2020, 1, 2), "ru")),
        ("post/a.pt-br.md", "---\ntitle: A\ndate: 2020-01-02\n---\nB", ("A", date(2020, 1, 2), "pt")),
        ("content/de/a.md", "---\ntitle: A\ndate: 2020-01-02\n---\nB", ("A", date(2020, 1, 2), "de")),
        ("post/node.js.md", "---\ntitle: A\ndate: 2020-01-02\n---\nB", ("A", date(2020, 1, 2), None)),
        ("blog/2020-01-02-a/index.mdx", "---\ntitle: A\n---\nB", ("A", date(2020, 1, 2), None)),
        ("2020/01/02/a.md", "---\ntitle: A\n---\nB", ("A", date(2020, 1, 2), None)),
        ("2020-01-02-a.md", "# A *title*\n\nB", ("A title", date(2020, 1, 2), None)),
        ("2020-01-02-a.md", "A title\n=======\n\nB", ("A title", date(2020, 1, 2), None)),
        ("a.md", "---\ndate: 2020-01-02\n---\n<!-- x -->\n\n## A title\n\nB", ("A title", date(2020, 1, 2), None)),
        ("readme.md", "---\ntitle: A\ndate: 2020-01-02\n---\nB", ("A", date(2020, 1, 2), None)),
    ],
)
def test_what_names_of_files_tell(tmp_path, name, text, expected):
    (post,) = load(put(tmp_path, {name: text})).posts
    assert (post.title, post.published, post.language) == expected
    assert (post.body, post.problems) == ("B", [])


def test_bundles_and_translations_are_named_without_index(tmp_path):
    files = ("a/index.md", "a/index.de.md", "b.md", "b.pt-br.md", "index.md")
    put(tmp_path / "blog", {name: f"---\ntitle: {n}\ndate: 2020-01-02\n---\nB" for n, name in enumerate(files)})
    load_corpus(tmp_path / "blog", tmp_path / "out")
    assert set(table(tmp_path / "out", "posts")["post_id"]) == {"blog/a", "blog/a.de", "blog/b", "blog/b.pt-br", "blog/index"}


def test_dates_in_numbers_apart_are_settled_over_the_whole_blog(corpus):
    loaded = load(corpus([f"---\ntitle: A\ndate: {day}\n---\nB" for day in ("3/4/2021", "2/22/2021")]))
    assert [post.published for post in loaded.posts] == [date(2021, 3, 4), date(2021, 2, 22)]
    assert loaded.source["date_order"] == "mdy"


def test_mdx_loses_what_is_code_and_keeps_what_is_text(tmp_path):
    text = """---
title: A
date: 2020-01-02
---
import Chart from '../chart';
import { a,
  b } from "x";

export const meta = {
  a: 1,
};

<Chart data={[{x: 1}]} title="> 3" />

{/* not this */}

One <Aside kind="b">kept</Aside> word{' '}and `{code}`.

```js
export const b = {c: 1};
```
"""
    (post,) = load(put(tmp_path, {"a.mdx": text})).posts
    assert post.body == "One kept wordand {code}.\n\nexport const b = {c: 1};"


@pytest.mark.parametrize(
    "text",
    [
        "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\nauthors: *b\ndate: *b\ncomments: *b\nurl: *b\n---\nB",
        "---\ntaxonomies: &a\n  taxonomies: *a\ntitle: A\n---\nB",
        "---\ntitle: A\nbuild: [1]\ncomments: true\nauthors: {x: {y: 1}}\nurl: 'http://[bad'\n---\nB",
        "---\ntitle: " + "[" * 10_000 + "\n---\nB",
        "---\ntitle: " + "- " * 10_000 + "x\n---\nB",
        '{"a": ' * 10_000,
        "+++\ntitle = 0x" + "f" * 6000 + "\n+++\nB",
        "---\ntitle: A\ncomments: [[1], {text: [1]}, {text: x, date: [1], reply_to: [1], author: {a: b}}]\n---\nB",
        "---\n? [a, b]\n: c\ntitle: A\n---\nB",
        "---\ntitle: A\n---\n" + "<div>" * 10_000,
        "---\ntitle: A\n---\n" + "> " * 1000 + "x",
        "{{< x" * 10_000,
        "{" * 20_000,
        "---\ntitle: A\n---\n" + " " * 50_000 + "x",
        "---\ntitle: A\n---\n" + "`" * 20_001,
    ],
    ids=range(15),
)
@pytest.mark.parametrize("ending", ["md", "mdx"])
def test_hostile_files_are_posts_or_one_line(corpus, text, ending):
    folder = put(corpus([POST]), {f"x.{ending}": text})
    (entry,) = [file for file in load(folder).files if file.path.startswith("x.")]
    assert entry.outcome == "post" or (entry.reason and "\n" not in entry.reason)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("_drafts/a.md", "---\ntitle: A\n---\nB", "a draft"),
        ("a.md", "Title: A\nDate: 2020-01-01\nStatus: draft\n\nB", "a draft"),
        ("about.md", "---\ntitle: A\nlayout: page\n---\nB", "a page of the site, not a post"),
        ("pages/about.md", "Title: A\nSlug: about\n\nB", "a page of the site, not a post"),
        ("docs/a.md", "---\nsidebar_position: 1\n---\n# A\n\nB", "a page of the site, not a post"),
        ("README.md", "# A\n\nB", "about the repository, not a post"),
        ("CONTRIBUTING.md", "---\ntitle: A\n---\nB", "about the repository, not a post"),
        ("LICENSE.md", "MIT", "about the repository, not a post"),
        ("blog/index.md", "---\nhide: [navigation]\n---\n# Blog\n", "the page of a section, not a post"),
        ("a/index.md", "---\ntitle: A\nheadless: true\n---\nB", "a fragment of the site that is never a page of its own, not a post"),
        ("a.md", "# A\n\nB", "no front matter, so not a post"),
        ("2020-01-02-a.md", "B", "no front matter, so not a post"),
        ("a.md", "Note: this.\n\nB", "no front matter, so not a post"),
    ],
)
def test_files_beside_the_posts(corpus, name, text, reason):
    loaded = load(put(corpus([POST]), {name: text}))
    assert {file.path: file.reason for file in loaded.files if file.outcome != "post"} == {name: reason}


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
