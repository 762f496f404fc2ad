"""What a reading with fresh eyes found: each case was wrong once."""

import pytest

from discourse import load_corpus, table
from discourse.load import load
from discourse.load.body.article import compose
from discourse.load.body.asides import biography
from discourse.load.body.bylines import read_byline
from discourse.load.body.run_together import part_front
from discourse.load.reading import Document
from discourse.load.site import address
from discourse.tables import RawPost

MHTML = "From: <Saved by a browser>\nSnapshot-Content-Location: https://example.org/a\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n--x\n<html><body><article>A</article></body></html>"
ITEM = "<item><title>Post {n}</title><link>https://example.org/{n}</link><description>x</description><content:encoded><![CDATA[<p>The ministry blocks site {n}.</p><p>And more of {n}.</p><p>Please give to our work.</p>]]></content:encoded></item>"
FEED = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>B</title>{}</channel></rss>'
PAGE = """<html><head><link rel="canonical" href="https://web.archive.org/web/20200101000000/https://example.org/2019/02/03/a/">
<meta name="generator" content="WordPress 6"><meta property="og:title" content="Trojan: The law is here"></head><body class="single single-post"><article class="post type-post hentry">
<h1 class="entry-title">{}</h1><div class="entry-content"><p>The ministry blocks websites.</p></div></article></body></html>"""


def test_a_page_packed_as_an_email_is_named(tmp_path):
    (tmp_path / "a.mhtml").write_text(MHTML, encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\nText.\n", encoding="utf-8")
    assert [f.reason[:5] for f in load(tmp_path).files] == ["MHTML", ""]


@pytest.mark.parametrize("keep_names", [True, False])
def test_emails_of_commenters_reach_no_table(tmp_path, keep_names):
    comments = "comments:\n  - {author: 'Tom (tom@mail.example)', date: 2020-01-02, text: 'Write to jane.doe@example.com please.'}\n"
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "a.md").write_text(f"---\ntitle: A\ndate: 2020-01-01\n{comments}---\nText.\n", encoding="utf-8")
    load_corpus(tmp_path / "blog", tmp_path / "made", source="a", keep_names=keep_names)
    comment = table(tmp_path / "made", "comments").iloc[0]
    assert "@" not in comment["author"] + comment["text"]
    assert comment["text"] == "Write to [e-mail] please."
    assert (comment["author"] == "Tom") is keep_names


@pytest.mark.parametrize(
    ("line", "authors", "translators"),
    [
        ("Von Petra Klein, Juristin. Übersetzt von Rita Groß.", ["Petra Klein"], ["Rita Groß"]),
        ("Par Luc Petit, journaliste", ["Luc Petit"], []),
        ("Di Gino Rossi, avvocato", ["Gino Rossi"], []),
    ],
)
def test_bylines_in_other_languages(line, authors, translators):
    read = [byline for piece in part_front(line) if (byline := read_byline(piece))]
    assert [name for byline in read for name in byline.authors] == authors
    assert [name for byline in read for name in byline.translators] == translators


@pytest.mark.parametrize(
    "text",
    ["Ann Lee is Executive Director of Open Lines.", "Ann Lee recently graduated from a university.", "Ann Lee ist Juristin in Berlin.",
     "Ann Lee est avocat à Paris.", "Ann Lee completed her degree in Leeds."],
)  # fmt: skip
def test_biographies_without_an_article(text):
    assert biography(text, ["Ann Lee"]) == text


def test_a_sentence_on_the_author_that_is_none_stays():
    assert biography("Ann Lee is right about the ministry.", ["Ann Lee"]) is None


def test_a_reprint_note_is_not_torn_at_its_date():
    post = RawPost("a", "", "")
    compose(
        post,
        "By Ann Lee, Director\n\nThis article was originally published in The Review on September 1, 2020.\n\nThe ministry blocks websites.",
    )
    assert (post.authors, post.reprinted_from, post.published) == (["Ann Lee"], "The Review", None)


def test_comments_without_a_count_do_not_run_into_the_notes(tmp_path):
    (tmp_path / "a.txt").write_text(
        "The wall\n\n3/14/2021\n\nBy Ann Lee, Intern\n\nThe ministry blocks websites that it does not like, every day and night.[1]\n\n[1] Bo Kim, “Walls,” 2019.\n\nJane Doe\n3/15/2021 09:15:12 am\n\nA fine piece.\n\nReply\n\nLeave a Reply.\n",
        encoding="utf-8",
    )
    (post,) = load(tmp_path).posts
    assert [note["text"] for note in post.notes] == ["Bo Kim, “Walls,” 2019."]
    assert [(comment.author, comment.text) for comment in post.comments] == [("Jane Doe", "A fine piece.")]


def test_what_a_feed_puts_under_every_post_is_no_text(tmp_path):
    (tmp_path / "feed.xml").write_text(FEED.format("".join(ITEM.format(n=n) for n in range(4))), encoding="utf-8")
    assert [post.body for post in load(tmp_path).posts] == [f"The ministry blocks site {n}.\n\nAnd more of {n}." for n in range(4)]


@pytest.mark.parametrize("title", ["Trojan:<br>The law is here", "<span>Trojan</span><span>The law is here</span>"])
def test_titles_in_pieces_are_not_glued_and_an_archive_is_not_the_blog(tmp_path, title):
    (tmp_path / "a.html").write_text(PAGE.format(title), encoding="utf-8")
    loaded = load(tmp_path)
    assert [(post.title, post.url) for post in loaded.posts] == [("Trojan: The law is here", "https://example.org/2019/02/03/a/")]
    assert loaded.source["url"] == "https://example.org/"


def test_urls_of_archives_and_of_amp_are_those_of_the_page():
    assert "web.archive.org" not in Document("a.html", PAGE.encode()).text
    assert (
        address("https://example.org/a/amp/")
        == address("https://example.org/a/amp")
        == address("https://example.org/a/")
        == "example.org/a"
    )
