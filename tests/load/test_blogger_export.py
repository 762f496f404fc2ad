"""Blogger's backups, old and new: entries told apart, comments put under their posts, drafts and people's addresses left out."""

from datetime import date

import pytest

from discourse.errors import InputError
from discourse.load import load
from discourse.load.reading import Document
from discourse.load.recognise import recognise

OLD = (
    "<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href=\"a.css\" type=\"text/css\"?><feed xmlns='http://www.w3.org/2005/Atom' "
    "xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-1.archive</id>"
    "<title type='text'>Walls</title><link rel='self' href='https://www.blogger.com/feeds/1/archive'/>"
    "<link rel='alternate' type='text/html' href='http://walls.blogspot.com/'/><author><name>Ed</name><email>ed@example.org</email></author>{}</feed>"
)
NEW = (
    "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>"
    "<id>tag:blogger.com,1999:blog-1</id><title>Walls</title>{}</feed>"
)
PERSON = "<author><name>{}</name><uri>http://www.blogger.com/profile/1</uri><email>reader@example.org</email></author>"


def old(number, kind="post", more="", content="&lt;p&gt;By Ann Lee&lt;/p&gt;The text.", published="2021-03-02T23:30:00.000-05:00"):
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><published>{published}</published><category scheme='http://www.blogger.com/atom/ns#' "
        f"term='Law'/><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
        f"<category scheme='http://www.blogger.com/atom/ns#' term='War Games'/><title type='text'>Post {number}</title>"
        f"<content type='html'>{content}</content>{more}{'' if '<author>' in more else PERSON.format('Ed')}</entry>"
    )


def new(number, kind="POST", status="LIVE", more="", content="The text.", published="2021-03-02T12:00:00Z", name="Ed"):
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status><author>"
        f"<name>{name}</name><blogger:type>BLOGGER</blogger:type></author><title>Post &amp;#39;{number}&amp;#39;</title><content type='html'>{content}</content>"
        f"<published>{published}</published>{more}</entry>"
    )


def loaded(folder, text, name="export.xml"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    found = load(folder)
    assert [file.form for file in found.files] == ["blogger-export"]
    return found


def test_an_old_backup(tmp_path):
    alternate = "<link rel='alternate' type='text/html' href='http://walls.blogspot.com/2021/03/post-5.html' title='Post 5'/>"
    found = loaded(tmp_path, OLD.format(old(1, "template") + old(2, "settings") + old(3, "page") + old(5, more=alternate)))
    (post,) = found.posts
    assert (post.title, post.url, post.address) == (
        "Post 5",
        "http://walls.blogspot.com/2021/03/post-5.html",
        "walls.blogspot.com/2021/03/post-5.html",
    )
    assert (post.published, post.categories, post.tags) == (date(2021, 3, 2), ["Law", "War Games"], [])
    assert (post.authors, post.body, post.problems) == (["Ann Lee"], "The text.", [])
    assert found.source == {"title": "Walls", "url": "http://walls.blogspot.com/", "categories": ["Law", "War Games"]}
    assert found.files[0].skipped == [
        {"item": "Post 3", "reason": "a static page of the blog, not a post"},
        {"item": "settings and template", "reason": "2 entries that are no posts"},
    ]
    assert "example.org" not in repr(found)


def test_a_new_backup(tmp_path):
    more = "<category scheme='tag:blogger.com,1999:blog-1' term='Law'/><category/><blogger:filename>/2021/03/post-5.html</blogger:filename><link/><blogger:trashed/>"
    others = new(6, status="DRAFT") + new(7, status="SOFT_TRASHED") + new(8, more="<blogger:trashed>2021-04-01T00:00:00Z</blogger:trashed>")
    found = loaded(tmp_path, NEW.format(others + new(9, kind="PAGE") + new(5, more=more)), "feed.atom")
    (post,) = found.posts
    assert (post.title, post.url, post.published, post.categories) == ("Post '5'", None, date(2021, 3, 2), ["Law"])
    assert [item["reason"] for item in found.files[0].skipped] == [
        "a draft",
        "not published (soft trashed)",
        "not published (in the bin)",
        "a static page of the blog, not a post",
    ]


@pytest.mark.parametrize(
    ("published", "name", "expected"),
    [
        ("2021-03-31T23:30:00-05:00", "/2021/03/a.html", date(2021, 3, 31)),
        ("2021-04-01T04:30:00Z", "/2021/03/a.html", date(2021, 3, 31)),
        ("2021-03-31T20:30:00Z", "/2021/04/a.html", date(2021, 4, 1)),
        ("2021-04-15T04:30:00Z", "/2021/03/a.html", date(2021, 4, 15)),
        ("2021-04-15T04:30:00Z", "", date(2021, 4, 15)),
        ("0001-01-01T00:00:00Z", "", None),
        ("", "", None),
    ],
)
def test_the_day_that_readers_saw(tmp_path, published, name, expected):
    entry = new(5, published=published, more=f"<blogger:filename>{name}</blogger:filename>")
    (post,) = loaded(tmp_path, NEW.format(entry), "feed.atom").posts
    assert post.published == expected
    assert bool(post.problems) == (expected is None)


def test_comments_of_an_old_backup(tmp_path):
    thread = "<thr:in-reply-to href='http://walls.blogspot.com/2021/03/a.html' ref='tag:blogger.com,1999:blog-1.post-5' type='text/html'/>"
    answer = "<link rel='related' type='application/atom+xml' href='http://www.blogger.com/feeds/1/5/comments/default/11'/>"
    removed = "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>"
    draft = "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>"

    def comment(number, name, text, minute, more=thread):
        return old(number, "comment", more + PERSON.format(name), text, f"2021-03-03T23:{minute}:00.000-05:00")

    entries = [
        comment(14, "Dan", "Gone.", 50, thread + removed), comment(13, "Cy", "Yes.&lt;br /&gt;No.", 40, thread + answer),
        comment(12, "Zed", "Astray.", 30, thread.replace("post-5", "post-6")), comment(11, "Bea", "First.", 20), old(5), old(6, more=draft),
    ]  # fmt: skip
    found = loaded(tmp_path, OLD.format("".join(entries)))
    (post,) = found.posts
    assert [(c.author, c.text, c.published, c.reply_to) for c in post.comments] == [
        ("Bea", "First.", date(2021, 3, 3), None),
        ("Cy", "Yes.\nNo.", date(2021, 3, 3), 1),
    ]
    assert [(item["item"], item["reason"]) for item in found.files[0].skipped] == [
        ("comment 14", "removed"),
        ("Post 6", "a draft"),
        ("1 comments", "under posts that are not published"),
    ]
    assert "example.org" not in repr(found)


def test_comments_of_a_new_backup(tmp_path):
    parent = "<blogger:parent>tag:blogger.com,1999:blog-1.post-5</blogger:parent><blogger:inReplyTo>{}</blogger:inReplyTo>"
    entries = [
        new(5), new(11, "COMMENT", more=parent.format(""), content="First.", name="Bea"),
        new(12, "COMMENT", more=parent.format("tag:blogger.com,1999:blog-1.post-11"), content="Yes.", name="Cy"),
        new(13, "COMMENT", "SPAM_COMMENT", more=parent.format(""), content="Buy.", name="Zed"),
    ]  # fmt: skip
    found = loaded(tmp_path, NEW.format("".join(entries)), "feed.atom")
    assert [(c.author, c.text, c.reply_to) for c in found.posts[0].comments] == [("Bea", "First.", None), ("Cy", "Yes.", 1)]
    assert found.files[0].skipped == [{"item": "comment 13", "reason": "not published (spam comment)"}]


def test_a_backup_and_the_pages_of_a_blog_are_one(tmp_path):
    alternate = "<link rel='alternate' type='text/html' href='http://walls.blogspot.com/2021/03/post-5.html'/>"
    (tmp_path / "export.xml").write_text(OLD.format(old(5, more=alternate)), encoding="utf-8")
    (tmp_path / "page.html").write_text(
        "<html><head><meta content='blogger' name='generator'/></head><body><div class='post'><h3 class='post-title'>"
        "<a href='https://walls.blogspot.com/2021/03/post-5.html?m=1'>Post 5</a></h3><div class='post-body'>The text.</div></div></body></html>",
        encoding="utf-8",
    )
    found = load(tmp_path)
    assert [(post.title, post.categories, post.published) for post in found.posts] == [("Post 5", ["Law", "War Games"], date(2021, 3, 2))]


def test_a_backup_cut_off_in_the_middle_is_read_up_to_there(tmp_path):
    whole = OLD.format(old(5) + old(6))
    found = loaded(tmp_path, whole[: whole.index("Post 6")])
    assert [post.title for post in found.posts] == ["Post 5"]
    assert found.files[0].skipped == [{"item": "the end of the file", "reason": "the backup breaks off here; make it anew"}]


@pytest.mark.parametrize(
    "data",
    [
        OLD.format(old(1, "settings")),
        NEW.format(""),
        OLD.format(old(5)).replace("<feed", '<!DOCTYPE feed [<!ENTITY a "haha">]><feed').replace("The text", "&a;"),
        NEW.format("").replace("</feed>", ""),
        NEW.format(new(5))[:400],
        NEW.format("<entry>" * 10_000),
        NEW.format("<entry><title/><id/><content/><category/><link/><author/></entry>" * 3),
        NEW.format(new(5)).encode() + b"\0\0\0",
        NEW.format(new(5)).encode().replace(b"The text", b"\xff\xfe\x00"),
        NEW.format(new(5, content="&lt;div&gt;" * 10_000)),
        NEW.format(new(5)).replace("utf-8", "klingon"),
    ],
    ids=["settings", "empty", "entity", "open", "cut", "deep", "blank", "nul", "bytes", "deep content", "encoding"],
)
def test_hostile_backups_are_read_or_refused_in_one_line(tmp_path, data):
    (tmp_path / "export.xml").write_bytes(data if isinstance(data, bytes) else data.encode())
    refused, posts = "", []
    try:
        posts = load(tmp_path, form="blogger-export").posts
    except InputError as error:
        refused = str(error)
    assert posts or refused
    assert "\n" not in refused
    assert "haha" not in refused
    assert all((post.title, post.body.count("\0")) in (("Post '5'", 0), ("", 0)) for post in posts)


def test_a_feed_of_blogger_is_a_feed():
    feed = (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2008' "
        "xmlns:gd='http://schemas.google.com/g/2005'><id>tag:blogger.com,1999:blog-1</id><category term='Law'/><title type='text'>Walls</title>"
        "<link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml' href='http://walls.blogspot.com/feeds/posts/default'/>"
        "<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator></feed>"
    )
    assert recognise(Document("feed.xml", feed.encode())) == "feed"
    assert recognise(Document("export.xml", OLD.format(old(5)).encode())) == "blogger-export"
    assert recognise(Document("feed.atom", NEW.format("").encode())) == "blogger-export"
