"""A few documents of every platform and format, as bytes, to be mutated."""

import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from render import blogger, drupal, feed, ghost, sample, static_sites, tabular, text, weebly, wordpress, wordpress_export

POSTS = 6
BASE = "https://www.example.org"
KINDS = (".html", ".xml", ".json", ".md", ".txt", ".csv", ".jsonl", ".parquet", ".xlsx", ".atom", ".rss")


def originals(root, folder):
    """Return file name -> bytes: of every platform the pages of two posts and two lists, and everything else whole."""
    few = sorted(sample.articles(root), key=lambda article: -len(article.comments))[:POSTS]
    kept = {}
    sites = {"weebly": weebly.pages(few, base=BASE), "blogger": blogger.pages(few, base=BASE), "wordpress": wordpress.pages(few, BASE)}
    sites |= {"blocks": wordpress.pages(few, BASE, theme=wordpress.BLOCKS), "drupal": drupal.pages(few, BASE)}
    sites |= {"eff": drupal.pages(few, BASE, style="eff")}
    for name, site in sites.items():
        for n, page in enumerate([*list(site.values())[:2], *list(site.values())[-2:]]):
            kept[f"{name}-{n}.html"] = page if isinstance(page, bytes) else page.encode()
    writers = {
        "wxr": wordpress_export.render, "rss": wordpress_export.render_feed, "atom": feed.render, "weebly-feed": feed.render_weebly,
        "ghost": ghost.render, "rest": wordpress.render_rest, "hugo": static_sites.hugo, "jekyll": static_sites.jekyll, "mkdocs": static_sites.mkdocs,
    }  # fmt: skip
    writers |= {
        f"table-{form}": lambda posts, place, form=form: tabular.render(posts, place, form) for form in ("csv", "jsonl", "parquet", "xlsx")
    }
    writers |= {"backup": lambda posts, place: blogger.export(posts, place / "backup.xml")}
    writers |= {"takeout": lambda posts, place: blogger.takeout(posts, place / "feed.atom")}
    writers |= {"dump": text.pages, "listing": text.listings, "main": text.main_texts, "line": text.single_lines}
    for name, write in writers.items():
        place = folder / name
        place.mkdir()
        write(few, place)
        files = [file for file in sorted(place.rglob("*")) if file.suffix in KINDS]
        assert files, name
        for n, file in enumerate(files[:2]):
            kept[f"{name}-{n}{file.suffix}"] = file.read_bytes()
    kept["crawl.warc.gz"] = archive(kept)
    return kept


def archive(pages):
    """Return some of the pages as a web archive."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for name, data in list(pages.items())[:8]:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        record = writer.create_warc_record(f"{BASE}/{name}", "response", payload=io.BytesIO(data), http_headers=headers)
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()
