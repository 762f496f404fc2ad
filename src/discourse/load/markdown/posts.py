"""Markdown posts, as Hugo, Jekyll, MkDocs Material, Eleventy, Zola, Pelican, Docusaurus and exporters to them keep them.

Fields of the front matter: `title`; `date` (or `publishDate`, `pubDate`, `published`, `date.created`, in the order in which Hugo looks;
never `lastmod` or `updated`); `author`, `authors` (names, keys of author files, or tables with `name` and `role`); `editors`,
`translators`; `categories` and `category`; `tags`; `language`, `lang` or `locale`; `url` or `permalink`; `series`; `author_note`;
`reprinted_from`; `licence` or `license`; `comments` (a list of tables with `author`, `date`, `text`, `reply_to`). `draft: true`,
`published: false` and `status: draft` mark drafts.

Quirks, and where they were seen:

- Hugo's `_index.md` is the page of a section or an author, never a post (Digital Rights Watch); `slug/index.md` is a post.
- `build: {render: never}` marks fragments such as a footer (Digital Rights Watch).
- `index.ru.md`, `slug.de.md` and `content/de/slug.md` are translations: the name tells the language (Hugo).
- `_posts/2020-01-02-slug.md`: the name tells the date, and the title where no other is given; a text such as `categories: a b` is a list
  set apart by spaces; `_drafts` holds drafts, and a file with `layout: page` elsewhere is no post (Jekyll).
- `comments: true` says only that there may be some (Jekyll).
- Posts without front matter, but with a heading and a name that begins with a date, are posts; README and LICENSE are none.
- Dates in UTC beside a url with the local date: the url's day is the day that readers saw (Digital Rights Watch).
- Titles and bodies hold numeric entities from a WordPress migration (Digital Rights Watch).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from discourse.load.body.article import compose
from discourse.load.body.blocks import to_blocks
from discourse.load.body.bylines import read_byline
from discourse.load.body.dates import day_in_url, number_order, read_date
from discourse.load.markdown.author_files import author_files
from discourse.load.markdown.body import read_body
from discourse.load.markdown.front_matter import is_false, is_true, split_front, text_of, texts_of
from discourse.load.page import Hints, Page
from discourse.load.reading import Document, LeftOut
from discourse.load.site import address
from discourse.tables import RawComment, RawPost

__all__ = ["author_files", "read", "split_front"]

DATE_KEYS = ("date", "publishdate", "pubdate", "published", "published_at", "created")
POST_FOLDERS = frozenset(("_posts", "posts", "post", "blog", "articles", "news"))
LANGUAGE_FOLDERS = frozenset(("content", "_posts", "i18n", "docs"))
PAGES = frozenset("page home default about archive archives categories tags search contact 404 list".split())
DOCUMENTATION = frozenset(("sidebar_position", "sidebar_label", "nav_order"))
REPOSITORY = re.compile(r"(?:readme|contributing|licen[cs]e|changelog|code_of_conduct|security|pull_request_template)\b", re.IGNORECASE)
NAME_DAY = re.compile(r"(?:(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})|(\d{4})(\d\d)(\d\d))(?!\d)[-_. ]*")
TRANSLATION = re.compile(r"(.+)\.([a-z]{2})(?:-[a-z]{2,4})?")


def read(document: Document, hints: Hints) -> Page:
    """Read one file.

    Raises
    ------
    LeftOut : it is a draft, a section page, an author file, a page of the site, or has no front matter.
    InputError : it cannot be decoded, or its front matter cannot be parsed.
    """
    front, markdown = split_front(document.strict_text)
    folders, stem, told = _place(document.name)
    day = _day_in_name(folders, stem)
    if reason := _no_post(document.name, front, folders, stem, day):
        raise LeftOut(reason)
    jekyll = "_posts" in folders
    body = read_body(markdown, title=_title(front or {}), mdx=document.name.endswith(".mdx"))
    if front is None and not body.title:
        raise LeftOut("no front matter, so not a post")
    front = front or {}
    dated = day or any(front.get(key) for key in DATE_KEYS)
    if stem == "index" and not dated and not body.text.strip():
        raise LeftOut("the page of a section, not a post")
    post = RawPost(file=document.name, sha256=document.sha256, body="", retrieved_at=document.retrieved_at)
    post.title = _title(front) or body.title or (_titleised(stem) if jekyll else "")
    page = Page([post])
    _fill(post, front, hints.authors, spaced=jekyll or "layout" in front)
    post.language = post.language or told
    _date(page, front, day)
    compose(post, body.text, notes=body.notes)
    if not post.body.strip():
        held = f" (the body holds only: {', '.join(sorted(set(body.shortcodes)))})" if body.shortcodes else ""
        post.problems.append(f"no text{held}; kept, with nothing to code.")
    post.comments = _comments(front.get("comments"), post.problems)
    return page


def _place(name: str) -> tuple[list[str], str, str | None]:
    """Return the folders of a file, its name without endings, and the language that its name or a folder tells."""
    from babel import localedata

    *folders, last = name.split("/")
    stem = last.rpartition(".")[0] or last
    if (match := TRANSLATION.fullmatch(stem.lower())) and localedata.exists(match[2]):
        return folders, stem[: match.end(1)], match[2]
    around = next((inner for outer, inner in pairwise(folders) if outer in LANGUAGE_FOLDERS), "")
    return folders, stem, around if re.fullmatch("[a-z]{2}", around) and localedata.exists(around) else None


def _day_in_name(folders: list[str], stem: str) -> tuple[date, str] | None:
    """Return the day with which the name of a file, or of the folder of its bundle, begins, or that its folders make."""
    named = folders[-1] if stem == "index" and folders else stem
    if match := NAME_DAY.match(named):
        return read_date("-".join(filter(None, match.groups())))
    found = day_in_url("/" + "/".join(folders), None)
    return found if found and found[1] == "day" else None


def _no_post(name: str, front: dict[str, Any] | None, folders: list[str], stem: str, day: Any) -> str | None:
    """Return why a file is no post, or None."""
    if front is None:
        return (
            "about the repository, not a post"
            if REPOSITORY.match(stem) and day is None
            else None
            if day
            else "no front matter, so not a post"
        )
    dated = bool(day or any(front.get(key) for key in DATE_KEYS))
    if stem == "_index" or stem.startswith("_index."):
        return "an author file" if "name" in front else "the page of a section, not a post"
    if "_authors" in folders or ("authors" in folders and "name" in front):
        return "an author file"
    built = front.get("build") or front.get("_build")
    if (isinstance(built, dict) and (built.get("render") == "never" or is_false(built.get("render")))) or is_true(front.get("headless")):
        return "a fragment of the site that is never a page of its own, not a post"
    if is_true(front.get("draft")) or is_false(front.get("published")) or front.get("status") == "draft" or "_drafts" in folders:
        return "a draft"
    if REPOSITORY.match(stem) and not dated:
        return "about the repository, not a post"
    layout, kind = (text_of(front.get(key)).lower().partition(".")[0] for key in ("layout", "type"))
    if "_posts" not in folders and (
        (layout == "page" and not POST_FOLDERS & set(folders))
        or (not dated and (PAGES & {layout, kind} or DOCUMENTATION & set(front) or "pages" in folders))
    ):
        return "a page of the site, not a post"
    return None


def _title(front: Mapping[str, Any]) -> str:
    return " ".join(to_blocks(text_of(front.get("title"))).removeprefix("# ").split())


def _titleised(stem: str) -> str:
    """Return the title that Jekyll makes of a file's name."""
    return " ".join(word.capitalize() for word in NAME_DAY.sub("", stem, count=1).split("-") if word)


def _fill(post: RawPost, front: Mapping[str, Any], authors: Mapping[str, Mapping[str, str]], *, spaced: bool) -> None:
    url = text_of(front.get("url") or front.get("permalink"))
    post.url = None if re.search(r"(?:^|/):[a-z]|\{", url) else url or None  # `/:year/:title/` is a pattern
    if "/" in (known := address(post.url) or "").rstrip("/"):
        post.address = known
    for name, role in _people(front.get("authors") or front.get("author"), authors):
        post.authors.append(name)
        post.author_roles.append(role)
    post.editors = [name for name, _ in _people(front.get("editors") or front.get("editor"), {})]
    post.translators = [name for name, _ in _people(front.get("translators") or front.get("translator"), {})]
    categories = texts_of(front.get("categories"), comma=True, space=spaced) + texts_of(front.get("category"), comma=True)
    post.categories = list(dict.fromkeys(categories))
    post.tags = texts_of(front.get("tags"), comma=True, space=spaced)
    for name in ("series", "reprinted_from", "author_note"):
        setattr(post, name, next(iter(texts_of(front.get(name))), None))
    post.language = _language(front.get("language") or front.get("lang") or front.get("locale"), post.problems)
    post.licence = next(iter(texts_of(front.get("licence") or front.get("license"))), None)


def _language(value: Any, problems: list[str]) -> str | None:
    """Return the ISO 639-1 code of a language tag such as `en-GB`; what is none is a problem, and the text then decides."""
    tag = re.fullmatch(r"([a-z]{2,3})(?:[-_]\w+)*", text_of(value).lower())
    if value and not tag:
        problems.append(f"the language {text_of(value)!r} is no ISO 639-1 code; told from the text instead.")
    return tag[1] if tag else None


def _people(value: Any, authors: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Return names and roles: of tables, of keys of author files, or of a line such as `Ann Lee, Director, and Bo Kim`."""
    people: list[tuple[str, str]] = []
    for entry in value if isinstance(value, list) else [value]:
        table = entry if isinstance(entry, Mapping) else {"name": entry}
        name = text_of(table.get("name") or table.get("key") or table.get("id"))
        role = text_of(table.get("role") or table.get("title"))
        if known := authors.get(name):
            people.append((known["name"], role or known["role"]))
        elif ";" in name and not isinstance(entry, Mapping):
            people += [(part, "") for part in texts_of(name, comma=True)]
        elif re.search(r",| and | & ", name) and (byline := read_byline(f"By {name}")) and not isinstance(entry, Mapping):
            people += zip(byline.authors, byline.roles, strict=True)
        elif name:
            people.append((name, role))
    return people


def _date(page: Page, front: Mapping[str, Any], in_name: tuple[date, str] | None) -> None:
    """Settle the date: the key, the day in the url where it lies within a day of it, else the url or the file's name."""
    (post,) = page.posts
    value = next((front[key] for key in DATE_KEYS if front.get(key) and not (is_true(front[key]) or is_false(front[key]))), None)
    if isinstance(value, Mapping):
        value = value.get("created") or value.get("published")
    printed = text_of(value)
    elsewhere = day_in_url(post.url, None) or in_name
    if number_order([printed]):
        page.dates.append((printed, ""))  # its order is that of the blog's other dates
    if found := day_in_url(post.url, read_date(value)) if read_date(value) else None:
        post.published, post.published_precision = found
    elif printed and read_date(printed, order="dmy"):
        post.printed = printed
        page.dates.append((printed, elsewhere[0].isoformat() if elsewhere and elsewhere[1] == "day" else ""))
    elif elsewhere:
        post.published, post.published_precision = elsewhere
    elif printed:
        post.problems.append(f"the date {printed!r} cannot be read; kept without one, so in no chart over time.")
    else:
        post.problems.append("no date; kept without one, so in no chart over time.")


def _comments(values: Any, problems: list[str]) -> list[RawComment]:
    comments: list[RawComment] = []
    place: dict[str, int] = {}  # a comment left out must not move the answers to others
    for n, value in enumerate(values if isinstance(values, list) else [], start=1):
        text = value.get("text") if isinstance(value, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            problems.append(f"comment {n} has no text; left out.")
            continue
        day = read_date(value.get("date"))
        place[str(n)] = len(comments) + 1
        parent = place.get(text_of(value.get("reply_to")))
        comments.append(RawComment(text_of(value.get("author")), to_blocks(text), day[0] if day else None, parent))
    return comments
