"""The sample as text: pages copied from a browser, listings whose posts run together, and what main-text extractors leave.

`pages` and `listings` are in the manner of a Weebly blog, navigation and sidebar included; `main_texts` holds a post a file, the front run
together; `single_lines` a post a line, notes and all, without title or date but the file's name.
"""

import re
from html import unescape
from pathlib import Path

PAGE_LENGTH = 10
BLOCK = re.compile(r"<(p|h2)>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
MONTHS = "January February March April May June July August September October November December".split()
KOREAN = {"By": "글:", "Edited by": "편집:", "Translated by": "번역:"}

NAVIGATION = """WIRE AND WALL
  • Home
  • About
    • Introduction
    • Contact
  • Blog
  • Donate

The Wire and Wall Blog

Writing by our fellows

"""
SIDEBAR = """

    Dedication

    The staff of Wire and Wall dedicate these pages to two teachers.

    The first of them taught mathematics in a village school for thirty years, and the second repaired radios until the day on which he died.

    Categories

    All
{categories}

    RSS Feed

    Archives

{months}

      Submit a Blog Post or Ask a Question:

    Submit

    Categories

    All
{categories}

    RSS Feed

Contact Us

Picture

© 2022 Wire and Wall. All rights reserved.

DONATE
  • Home
  • Blog"""


def pages(articles, folder):
    """Write one file a post, as a browser shows its page; the text holds wide spaces and signs of no width."""
    for article in articles:
        count = counted(article)
        head = [article.title, numbered(article), count, "\u00a0\nPicture\n" + "\n".join(bylines(article)), dateline(article)]
        body = [f"\u200b{text}\n " if tag == "h2" else text for tag, text in blocks(article)]
        notes = "\n" + "\n\n".join(f"[{number}] {note}" for number, note in plain_notes(article))
        column = "\n\n".join([*head, *body, *about(article), *([notes] if article.notes else [])])
        text = f"{NAVIGATION}{column}\n\n{count}\n{shown_comments(article)}\n\nLeave a Reply.\n{sidebar(articles)}"
        write(folder, f"{article.slug}.txt", text.replace(" the ", " the\u00a0", 3))


def listings(articles, folder):
    """Write ten posts a file, the newest first: titles on lines of their own, glued to their dates, or behind the post before them."""
    newest = sorted(articles, key=lambda article: article.published, reverse=True)
    for first in range(0, len(newest), PAGE_LENGTH):
        text = ""
        for k, article in enumerate(newest[first : first + PAGE_LENGTH]):
            manner = k % 4
            gap = " " if manner == 3 else "\n"
            if manner == 0:
                text += (
                    f"{gap}{article.title}\n{numbered(article)}\n{counted(article)}\nPicture\n"
                    + "\n".join([*bylines(article), dateline(article)])
                    + "\n"
                )
            elif manner == 1:
                text += f"{gap}{article.title}{numbered(article)} {counted(article)} {front(article)} "
            else:
                text += f"{gap}{article.title}{numbered(article)} {front(article)} "
            text += "\n".join([*(text for _, text in blocks(article)), *about(article), *listed(article)])
            text += f"\n{counted(article)}" if manner == 1 else ""
        write(
            folder,
            f"blog-previous-{first // PAGE_LENGTH + 1}.txt",
            f"{text.lstrip()}\n|\nDedicationThe staff dedicate these pages to two teachers. Archives\nMay 2022\n|\n",
        )


def main_texts(articles, folder):
    """Write one file a post with its title: byline and all before the text run together, with a dateline or a date in the name alone."""
    for k, article in enumerate(articles):
        first, *rest = [text for _, text in blocks(article)]
        people = " ".join(bylines(article))
        head = [
            f"{people} {dateline(article)} {first}",
            f"{people} {first}",
            f"{people}\n{dateline(article)} {first}",
            "\n".join([*bylines(article), dateline(article), first]),
        ][k % 4]
        text = "\n".join([article.title, head, *rest, *about(article), *listed(article)])
        write(folder, f"{article.slug}.txt" if k % 4 == 1 else f"post-{k:03d}.txt", text)


def single_lines(articles, folder):
    """Write one file and one line a post: byline, dateline, headings, text and notes run together."""
    for article in articles:
        text = " ".join([front(article), *(text for _, text in blocks(article)), *listed(article)])
        write(folder, f"{article.slug}.txt", text + "\n")


def write(folder, name, text):
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, name).write_text(text, encoding="utf-8")


def plain(html):
    return " ".join(unescape(TAG.sub("", html)).split())


def blocks(article):
    """Return tag and text of each block, markers in brackets."""
    return [(tag, plain(text)) for tag, text in BLOCK.findall(article.with_markers(lambda number: f"[{number}]"))]


def plain_notes(article):
    return [(number, plain(note)) for number, note in article.notes]


def listed(article):
    return [f"[{number}] {note}" for number, note in plain_notes(article)]


def numbered(article):
    return f"{article.published.month}/{article.published.day}/{article.published.year}"


def dateline(article):
    day = article.published
    return f"{day.year}년 {day.month}월 {day.day}일" if article.language == "ko" else f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def bylines(article):
    lines = []
    for word, people in (("By", article.authors), ("Edited by", article.editors), ("Translated by", article.translators)):
        named = " and ".join(f"{name}, {role}" if role else name for name, role in people)
        lines += [f"{KOREAN[word] if article.language == 'ko' else word} {named}"] if named else []
    return lines


def front(article):
    return " ".join([*bylines(article), dateline(article)])


def about(article):
    heading = "글쓴이 소개" if article.language == "ko" else "About the author"
    return [f"{heading}: {article.author_note}"] if article.author_note else []


def counted(article):
    count = len(article.comments)
    return f"{count} Comment{'' if count == 1 else 's'}"


def shown_comments(article):
    lines = []
    for n, comment in enumerate(article.comments):
        day = comment["date"]
        lines.append(f"{comment['author']}\n{day.month}/{day.day}/{day.year} {8 + n:02d}:1{n}:04 am\n\n{comment['text']}\n\nReply\n")
    return "\n".join(lines)


def sidebar(articles):
    names = sorted({name for article in articles for name in article.categories})
    months = dict.fromkeys(f"    {MONTHS[article.published.month - 1]} {article.published.year}" for article in reversed(articles))
    return SIDEBAR.format(categories="\n".join(f"    {name}" for name in names), months="\n".join(months))
