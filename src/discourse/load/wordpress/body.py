"""What stands inside a WordPress post and under it, wherever the post is met: on a page, in the REST API, in a feed.

- **Footnotes** of WordPress itself and of plugins that make lists (`ol.wp-block-footnotes`, Easy Footnotes, Jetpack, Simple Footnotes) are
  found by `link_notes`. Modern Footnotes keeps a note in a `span` behind its mark, Footnotes (by MCI) in a table at the end: read here.
- **Taken out**: share buttons, related posts, tables of contents, captions, author boxes, polls, page links, read-more links.
- **Series**: the line of Organize Series and PublishPress Series ("This entry is part 2 of 3 in the series X") names the series.
- **Authors**: a byline at the head of the body says who wrote the post; the account only says who posted it. Names of the account stand
  when the body is silent, or when it names only some of them.
- **Comments**: nested lists, or lists laid flat with `depth-2` in the class; pingbacks, trackbacks and comments that wait are not read, and
  never an e-mail or an address. The theme of WordPress 1.5 writes `Comment by Ann — 17.07, 2011` below the text (seen on internet-law.de).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from discourse.load.body.accounts import signed
from discourse.load.body.article import compose
from discourse.load.body.blocks import NOTE_CLOSE, NOTE_OPEN, link_notes, to_blocks, to_line
from discourse.load.body.bylines import opens_byline, read_byline
from discourse.load.body.dates import find_date, read_date
from discourse.load.body.notes import RawNote
from discourse.tables import RawComment, RawPost

if TYPE_CHECKING:
    from datetime import date

    from selectolax.lexbor import LexborNode

__all__ = ["COMMENT_AREAS", "drop", "fill_body", "first", "read_comments", "read_day", "unique"]

CLUTTER = (
    ".share-links, .sharedaddy, "
    ".jp-relatedposts, .addtoany_share_save_container, .addtoany_content, .shariff, .share-buttons, .social-share, "
    ".essb_links, .heateor_sss_sharing_container, .swp_social_panel, .dpsp-content-wrapper, .ssba, .mashsb-container, .printfriendly, "
    ".wp-block-buttons, .wp-block-social-links, .wp-block-query, .wp-block-latest-posts, .wp-block-post-author, .wp-caption, "
    ".gallery, .yarpp, .yarpp-related, .related-posts, .relatedposts, .crp_related, .post-navigation, .page-links, .more-link, .read-"
    "more, .seriesmeta, .pps-series-post-details, .pps-series-meta-text, #ez-toc-container, #toc_container, .lwptoc, .wp-block-table-"
    "of-contents, .wp-block-rank-math-toc-block, .author-box, .author-info, .author-bio, .saboxplugin-wrap, .pp-multiple-authors-"
    "boxes-wrapper, .m-a-box, .abh_box, .gv-rss-footer, .contributors, .easy-footnote-title, .wp-polls, .mc4wp-form, .wpcnt, .post-"
    "ratings, .screen-reader-text, .edit-link, .entry-meta, .post-meta, .entry-header, .entry-footer, .entry-title, .wp-embedded-"
    "content, .modern-footnotes-list, .modern-footnotes-list-heading"
)
SERIES = ".seriesmeta a, .pps-series-post-details a, .pps-series-meta-text a"
COMMENT_AREAS = (
    "#comments, .comments-area, #respond, .comment-respond, .comment-list, .commentlist, #commentlist, .wp-block-comments, .pinglist"
)
COMMENTS = 'li.comment, li[id^="comment-"], li[id^="li-comment-"], div.comment, article.comment'
COMMENT_AUTHOR = (".fn", ".wp-block-comment-author-name", ".comment-author-name", ".comment-author", "cite")
COMMENT_DATE = (".comment-metadata", ".comment-meta", ".commentmetadata", ".comment-date", ".wp-block-comment-date")
COMMENT_TEXT = ".comment-content, .wp-block-comment-content, .comment-text, .comment_content, .comment_text"
COMMENT_FRAME = (
    ".comment-author, .comment-meta, .commentmetadata, .comment-metadata, .reply, .comment-date, .vcard, .says, cite, .comment-reply-link"
)
PINGS = frozenset(("pingback", "trackback"))
BELOW = re.compile(r"(?P<kind>\w+) (?:by|von|par|por|di)\b:? (?P<name>.+?)(?: [—–-] (?P<day>.+?)(?: @.*)?)?")
DEPTH = re.compile(r"depth-(\d{1,2})")
NUMBERS = re.compile(r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1\d{4}(?!\d)")
HIGHEST = 40
HEAD = 6


def unique(names: Iterable[str]) -> list[str]:
    """Return names without blanks and repetitions, white space made regular."""
    return [name for name in dict.fromkeys(" ".join(name.split()) for name in names) if name]


def first(root: LexborNode, selectors: Iterable[str]) -> LexborNode | None:
    """Return the first node that the earliest of some selectors finds."""
    return next((node for selector in selectors if (node := root.css_first(selector))), None)


def drop(nodes: Iterable[LexborNode]) -> None:
    """Take nodes out of their tree; one inside another may be among them."""
    for node in nodes:
        if node.parent is not None:
            node.decompose(recursive=False)


def read_day(text: str) -> tuple[tuple[date, str] | None, str]:
    """Return the date in a line such as "By Ann Lee on March 3, 2016 at 9:30", and the date as printed where it is in numbers apart.

    >>> read_day("By Ann Lee on March 3, 2016 at 9:30"), read_day("3/4/2016 at 9:30")
    (((datetime.date(2016, 3, 3), 'day'), ''), (None, '3/4/2016'))
    """
    line = " ".join(text[:300].split())
    inside = find_date(line)
    numbers = NUMBERS.search(line)
    return read_date(line) or (inside[:2] if inside else None), numbers[0] if numbers else ""


def fill_body(post: RawPost, root: LexborNode, accounts: Sequence[str]) -> str:
    """Fill a post from its body and return the day of the dateline, as `compose` does.

    Parameters
    ----------
    post : what is known from elsewhere stays.
    root : the body; clutter is taken out of it.
    accounts : the names of those who posted it.
    """
    if series := root.css_first(SERIES):
        post.series = post.series or " ".join(series.text().split()) or None
    notes = [*_modern_notes(root), *_table_notes(root), *link_notes(root)]
    drop(root.css(CLUTTER))
    text = to_blocks(root)
    names = [name for name in accounts if signed(name)]
    if not post.authors and not _is_signed(text):
        post.authors = names
    dateline = compose(post, text, notes=[RawNote(number, note) for number, note in notes])
    if set(post.authors) < set(names):
        roles = dict(zip(post.authors, post.author_roles, strict=False))
        post.authors, post.author_roles = names, [roles.get(name, "") for name in names] if roles else []
    if not post.body.strip():
        post.problems.append("no text; kept, with nothing to code.")
    return dateline


def _is_signed(text: str) -> bool:
    """Return whether a byline at the head of a text names authors."""
    lines = (line.lstrip("#>-*_ ").rstrip("*_ ") for block in text.split("\n\n", HEAD)[:HEAD] for line in block.split("\n", HEAD))
    return any(opens_byline(line) and (byline := read_byline(line)) and byline.authors for line in lines)


def _modern_notes(root: LexborNode) -> list[tuple[str, str]]:
    """Take out the notes of Modern Footnotes, each a `span` behind the mark in the text."""
    notes: dict[str, str] = {}
    for span in root.css("span.modern-footnotes-footnote__note"):
        number = (span.attributes.get("data-mfn") or "").strip()
        if number.isdigit():
            notes.setdefault(number, to_line(span.inner_html or ""))
        span.decompose()
    for mark in root.css("sup.modern-footnotes-footnote") if notes else []:
        mark.replace_with(f"{NOTE_OPEN}{mark.text().strip()}{NOTE_CLOSE}")
    return list(notes.items())


def _table_notes(root: LexborNode) -> list[tuple[str, str]]:
    """Take out the notes of the plugin Footnotes: a table at the end, and the beginning of each note behind its mark."""
    notes: dict[str, str] = {}
    for text in root.css(".footnote_plugin_text"):
        row = text.parent
        index = row.css_first(".footnote_plugin_index") if row is not None else None
        for number in re.findall(r"\d{1,3}", index.text() if index else ""):
            notes.setdefault(number, to_line(text.inner_html or ""))
    for mark in root.css(".footnote_referrer") if notes else []:
        raised = mark.css_first("sup")
        mark.replace_with(f"{NOTE_OPEN}{raised.text().strip(' []') if raised else ''}{NOTE_CLOSE}")
    if notes:
        drop(root.css(".footnotes_reference_container, .footnote_container_prepare"))
    return list(notes.items())


def read_comments(root: LexborNode) -> list[RawComment]:
    """Return the readers' comments on a page, in the order in which they stand."""
    items = {item.mem_id: item for item in root.css(COMMENTS)}
    above = {mem_id: _above(item, items) for mem_id, item in items.items()}
    for mem_id, parent in list(above.items()):
        if parent is not None and items[mem_id].tag != "li" and items[parent].tag == "li":  # the frame of a comment, not one
            del items[mem_id]
    drop(item for mem_id, item in items.items() if above[mem_id] is not None)
    places: dict[int | None, int] = {}
    by_depth: dict[int, int] = {}
    comments: list[RawComment] = []
    for mem_id, item in items.items():
        classes = item.attributes.get("class") or ""
        comment = _comment(item) if PINGS.isdisjoint(classes.split()) else None
        if comment is None:
            continue
        depth = int(match[1]) if (match := DEPTH.search(classes)) else 0
        parent = above[mem_id]
        comment.reply_to = by_depth.get(depth - 1) if parent is None else places.get(parent, places.get(above[parent]))
        comments.append(comment)
        places[mem_id] = by_depth[depth] = len(comments)
    return comments


def _above(item: LexborNode, items: dict[int, LexborNode]) -> int | None:
    """Return the comment that an item is nested in."""
    node = item.parent
    for _ in range(HIGHEST):
        if node is None or node.mem_id in items:
            break
        node = node.parent
    return node.mem_id if node is not None and node.mem_id in items else None


def _comment(item: LexborNode) -> RawComment | None:
    if item.css_first(".comment-awaiting-moderation"):
        return None
    name, meta, stamp = first(item, COMMENT_AUTHOR), first(item, COMMENT_DATE), item.css_first("time[datetime]")
    author = " ".join(name.text().split()) if name else ""
    day, printed = read_day((stamp.attributes.get("datetime") or "") if stamp else meta.text() if meta else "")
    if name and name.tag == "cite" and (below := BELOW.fullmatch(author)):
        if below["kind"].lower() in PINGS:
            return None
        author = below["name"]
        day, printed = read_day((below["day"] or "").replace(", ", "."))
    if place := item.css_first(COMMENT_TEXT):
        text = to_blocks(place)
    else:
        drop(item.css(COMMENT_FRAME))
        text = to_blocks(item).removeprefix("- ").replace("\n\n- ", "\n\n")
    return RawComment(author, text, day[0] if day else None, None, printed) if text.strip() else None
