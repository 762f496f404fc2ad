"""What was read of a file comes back from JSON as it was, and a blog joined from it, with its posts on disk, is the blog read at once."""

import json
from collections.abc import MutableMapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.originals import originals

from discourse.load import (
    Site,
    files_below,
    hints_for,
    load,
    post_from_dict,
    post_to_dict,
    problems,
    read_file,
    read_from_dict,
    read_to_dict,
)
from discourse.load.files import Read
from discourse.load.page import Listing, Page
from discourse.load.reading import File
from discourse.tables import RawComment, RawPost

TEXT = st.text(st.characters(), max_size=20)  # half characters of UTF-16 among them
TEXTS = st.lists(TEXT, max_size=3)
MAYBE, DAY = st.none() | TEXT, st.none() | st.dates()
NOTE = st.fixed_dictionaries({"number": TEXT, "part": st.integers(1, 9), "text": TEXT, "year": st.none() | st.integers(1900, 2030)})
COMMENT = st.builds(RawComment, author=TEXT, text=TEXT, published=DAY, reply_to=st.none() | st.integers(1, 9), printed=TEXT)
POST = st.builds(
    RawPost, file=TEXT, sha256=TEXT, body=TEXT, url=MAYBE, authors=TEXTS, published=DAY, categories=st.none() | TEXTS,
    notes=st.lists(NOTE, max_size=2), comments=st.lists(COMMENT, max_size=2), problems=TEXTS, address=MAYBE, cut=st.booleans(),
)  # fmt: skip
PAGE = st.builds(
    Page,
    posts=st.lists(POST, max_size=2),
    source=st.dictionaries(TEXT, TEXT | TEXTS, max_size=2),
    listings=st.lists(st.builds(Listing, TEXT, st.integers(1, 9), TEXTS, st.booleans()), max_size=2),
    dates=st.lists(st.tuples(TEXT, TEXT), max_size=2),
    skipped=st.lists(st.tuples(TEXT, TEXT), max_size=2),
)
FILE = st.builds(File, path=TEXT, sha256=TEXT, posts=st.integers(0, 9), skipped=st.lists(st.fixed_dictionaries({"item": TEXT}), max_size=2))


@given(st.builds(Read, st.lists(FILE, max_size=2), st.lists(PAGE, max_size=2)))
def test_what_was_read_comes_back_from_json(read):
    assert read_from_dict(json.loads(json.dumps(read_to_dict(read)))) == read


class OnDisk(MutableMapping):
    """Posts as JSON: what is taken out is never what was put in."""

    def __init__(self):
        self._texts = {}

    def __getitem__(self, key):
        return post_from_dict(json.loads(self._texts[key]))

    def __setitem__(self, key, post):
        self._texts[key] = json.dumps(post_to_dict(post))

    def __delitem__(self, key):
        del self._texts[key]

    def __iter__(self):
        return iter(self._texts)

    def __len__(self):
        return len(self._texts)


def test_documents_of_every_platform_joined_from_json_are_the_blog_read_at_once(root, tmp_path, tmp_path_factory):
    folder = tmp_path / "blog"
    folder.mkdir()
    for name, data in originals(root, tmp_path_factory.mktemp("originals")).items():
        (folder / name).write_bytes(data)
    hints, site, files = hints_for(folder), Site(OnDisk()), []
    for file, name in files_below(folder):
        read = read_from_dict(json.loads(json.dumps(read_to_dict(read_file(file, name, form=None, hints=hints)))))
        files += read.files
        for page in read.pages:
            site.add(page)
    posts = list(site.posts())
    whole = load(folder)
    assert (posts, files, site.source, site.missing_listings()) == (whole.posts, whole.files, whole.source, whole.missing_listings)
    told = [(post.file, reason) for post in posts for reason in post.problems]
    assert problems(files, told, site.missing_listings()) == whole.problems()
    assert len(posts) > 10


def test_posts_of_a_site_may_be_taken_twice():
    site = Site()
    cut = RawPost("a.html", "", "The beginning", printed="3/4/2021", cut=True, comments=[RawComment("Ann", "Yes.", printed="5/4/2021")])
    site.add(Page([cut]))
    first, again = list(site.posts("dmy")), list(site.posts("dmy"))
    assert first == again
    assert (first[0].published, first[0].comments[0].published) == (date(2021, 4, 3), date(2021, 4, 5))
    assert (len(first[0].problems), cut.problems, cut.published) == (1, [], None)


@pytest.mark.parametrize(
    "change", [{"authors": {"ann": {"name": "Ann Lee", "role": ""}}}, {"columns": {"body": "text"}}, {"date_order": "mdy"}]
)
def test_hints_of_other_content_have_another_hash(tmp_path, change):
    hints = hints_for(tmp_path)
    assert hints.sha256 == hints_for(tmp_path).sha256 != replace(hints, **change).sha256


def test_hints_hold_the_authors_of_the_site(tmp_path):
    (tmp_path / "authors.yml").write_text("ann:\n  name: Ann Lee\n", encoding="utf-8")
    assert hints_for(tmp_path).authors == {"ann": {"name": "Ann Lee", "role": ""}}


def test_what_a_file_holds_beside_posts_stands_in_its_account_without_e_mails(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text("title,text,url\n,,ann@example.org\nOne,A text.,\n", encoding="utf-8")
    read = read_file(file, file.name, form=None, hints=hints_for(tmp_path))
    assert read.files[0].skipped
    assert "ann@example.org" not in json.dumps(read_to_dict(read))
