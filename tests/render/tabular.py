"""The sample as tables of a row a post: CSV, JSON Lines, Parquet, Excel, with names of columns as such tables have them."""

import csv
import json

COLUMNS = (
    "ID", "Headline", "Publish Date", "Authors", "Author Roles", "Author E-Mail", "Author Note", "Editors", "Translators", "Link", "Categories",
    "Keywords", "Lang", "Series", "Reprinted from", "Content HTML", "Views",
)  # fmt: skip
FORMATS = ("csv", "tsv", "jsonl", "parquet", "xlsx")


def body(article):
    """Return a body as HTML with footnotes at its end."""
    text = article.with_markers(lambda number: f'<sup><a href="#fn{number}">{number}</a></sup>')
    items = "".join(f'<li id="fn{number}">{note} <a href="#r{number}">↩</a></li>' for number, note in article.notes)
    return text + (f'<section class="footnotes"><ol>{items}</ol></section>' if items else "")


def row(n, article, listed):
    """Return a row; `listed` says how a cell holds a list."""
    names = [[name for name, _ in people] for people in (article.authors, article.editors, article.translators)]
    authors, editors, translators = map(listed, names)
    roles = listed([role for _, role in article.authors])
    return [
        n, article.title, article.published, authors, roles, "somebody@example.org", article.author_note, editors, translators,
        f"https://example.org/{article.slug}", listed(article.categories), listed(article.tags), article.language, article.series,
        article.reprinted_from, body(article), n * 7,
    ]  # fmt: skip


def rows(articles, listed):
    return [row(n, article, listed) for n, article in enumerate(articles, start=1)] + [["", *[None] * (len(COLUMNS) - 1)]]


def render(articles, folder, form="csv"):
    """Write one table into a folder, with a last row that is blank."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"posts.{form}"
    if form in ("csv", "tsv"):
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, delimiter="," if form == "csv" else "\t")
            writer.writerows([COLUMNS, *rows(articles, "; ".join)])
    elif form == "jsonl":
        lines = [dict(zip(COLUMNS, values, strict=True)) for values in rows(articles, list)]
        file.write_text("\n".join(json.dumps(line, ensure_ascii=False, default=str) for line in lines), encoding="utf-8")
    elif form == "parquet":
        _parquet(articles, file)
    else:
        _excel(articles, file)


def _parquet(articles, file):
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = zip(*rows(articles, list)[:-1], strict=True)
    pq.write_table(pa.table({name: list(values) for name, values in zip(COLUMNS, columns, strict=True)}), file)


def _excel(articles, file):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["This workbook holds the posts of a blog."])
    sheet = book.create_sheet("Posts")
    for values in [COLUMNS, *rows(articles, " | ".join)]:
        sheet.append(values)
    book.save(file)
