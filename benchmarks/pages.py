"""Pages: the platform loaders beside trafilatura, on the same pages, in turns; what each gets right; memory while 10,000 pages go by.

    python benchmarks/pages.py [--real DIR]

The pages are the sample laid out as Weebly, Blogger, WordPress and Drupal show it, each post's own page; what the renderers printed is known,
so that titles, dates, authors and words can be told right or wrong. With --real also saved pages below a folder, one folder a platform: speed
alone. A round is every page once by each, ours up to one record a post of the whole blog; rounds alternate.
"""

import argparse
import html
import re
import resource
import statistics
import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

import trafilatura
from render import blogger, drupal, weebly, wordpress
from render.sample import CLOSE, OPEN, articles
from results import Row, keep

from discourse.load import FORMATS
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
from discourse.load.recognise import recognise
from discourse.load.site import Site

ROOT = Path(__file__).parents[1]
ROUNDS = 5
PAGES = 10_000
PLATFORMS = {
    "Weebly": (weebly, weebly.address),
    "Blogger": (blogger, lambda article: f"/{article.published:%Y/%m}/{article.slug[11:][:39]}.html"),
    "WordPress": (wordpress, lambda article: f"/{article.published:%Y/%m/%d}/{article.slug[11:]}/"),
    "Drupal": (drupal, lambda article: f"/blog/{article.slug}"),
}
WORD = re.compile(r"[^\W\d_]+")
MARKER = re.compile(f"{OPEN}.*?{CLOSE}", re.DOTALL)
PARTS = ("words", "title", "date", "authors")
BLOG = re.compile(r"\s[-–|]\s*wire and wall$")  # behind a title it is no mistake


def own_pages(platform, known):
    """Return name -> page and name -> article of each post's own page as a platform shows it."""
    module, address = PLATFORMS[platform]
    site = module.pages(known, base="https://www.example.org")
    own = {f"{address(article)}.html": (site[address(article)], article) for article in known}
    pages = {name: page if isinstance(page, bytes) else page.encode() for name, (page, _) in own.items()}
    return pages, {name: article for name, (_, article) in own.items()}


def read(name, data):
    """Read one page as `load` does: recognise its format, then read it."""
    document = Document(name, data)
    form = recognise(document)
    return import_module(f"discourse.load.{FORMATS[form]}").read(document, Hints()) if form not in ("feed", "table") else None


def ours(pages):
    """Return name -> record of each post of a blog, which the pages together make."""
    site = Site()
    for name, data in pages.items():
        try:
            page = read(name, data)
        except LeftOut:
            continue
        if page is not None:
            site.add(page)
    return {post.file: post for post in site.posts()}


def theirs(pages):
    """Return name -> what trafilatura makes of each page, text and metadata."""
    return {name: trafilatura.bare_extraction(data, with_metadata=True, include_comments=False) for name, data in pages.items()}


def compared(pages):
    """Return the median pages a second of both, in turns, after one round to warm up."""
    few = dict(list(pages.items())[:5])
    rounds = {ours: [], theirs: []}
    for way in rounds:
        way(few)
    for _ in range(ROUNDS):
        for way, speeds in rounds.items():
            started = time.process_time()
            way(pages)
            speeds.append(len(pages) / (time.process_time() - started))
    return [statistics.median(speeds) for speeds in rounds.values()]


def words(text):
    """Return how often each word of letters stands in a text."""
    return Counter(WORD.findall(MARKER.sub(" ", text).casefold()))


def agreement(found, true):
    """Return F1 of words, each as often as it stands there."""
    both = (found & true).total()
    return 2 * both / ((found.total() + true.total()) or 1)


def plain(text):
    return " ".join((text or "").split()).casefold()


def title_of(text):
    return BLOG.sub("", plain(text))


def from_ours(post):
    """Return words, title, date and authors of a record."""
    notes = " ".join(note.get("text") or "" for note in post.notes)
    return (
        words(f"{post.body} {notes}"),
        title_of(post.title),
        post.published and post.published.isoformat(),
        {plain(name) for name in post.authors},
    )


def from_theirs(document):
    authors = {plain(name) for name in (document.author or "").split(";") if name.strip()}
    return words(document.text or ""), title_of(document.title), document.date, authors


def printed(article):
    """Return what a page's renderer was given: words of text and notes, title, date and authors."""
    text = MARKER.sub(" ", article.body) + " ".join(note for _, note in article.notes)
    told = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return words(told), plain(article.title), article.published.isoformat(), {plain(name) for name, _ in article.authors}


def right(found, known, turned):
    """Return the mean F1 of words, and the shares of titles, dates and authors that are right; a page not read has none right."""
    scores = {part: [] for part in PARTS}
    for name, article in known.items():
        got = turned(found[name]) if found.get(name) is not None else (Counter(), "", None, set())
        for part, mine, true in zip(PARTS, got, printed(article), strict=True):
            scores[part].append(agreement(mine, true) if part == "words" else float(mine == true))
    return {part: statistics.mean(values) for part, values in scores.items()}


def peak():
    """Return the largest memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(pages):
    """Return peak memory after 1,000 and after 10,000 pages read one by one, and after a site was made of 10,000 different posts."""
    names = list(pages)
    marks = {}
    for n in range(1, PAGES + 1):
        read(f"{n}.html", pages[names[n % len(names)]])
        if n in (1_000, PAGES):
            marks[n] = peak()
    site, letters = Site(), 0
    started = time.perf_counter()
    for n in range(1, PAGES + 1):
        page = read(f"{n}.html", pages[names[n % len(names)]])
        for post in page.posts:
            post.address = f"{post.address}-{n}"
            letters += len(post.body)
        site.add(page)
    return marks, (len(list(site.posts())), letters / 1e6, peak(), time.perf_counter() - started)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, help="folder with saved pages, one folder a platform")
    given = parser.parse_args()
    known = articles(ROOT)
    speeds, scores, rows = [], [], []
    sets = {name: own_pages(name, known) for name in PLATFORMS}
    for place in sorted(path for path in given.real.iterdir() if path.is_dir()) if given.real else ():
        real = {str(file): file.read_bytes() for file in sorted(place.rglob("*.htm*"))}
        sets |= {f"real {place.name}": (real, {})} if real else {}
    for name, (pages, truth) in sets.items():
        mine, peer = compared(pages)
        size = statistics.mean(map(len, pages.values())) / 1000
        speeds.append(f"| {name} | {len(pages)} | {size:.0f} | {mine:,.0f} | {peer:,.0f} | {mine / peer:.1f} |")
        quality = "pages saved from the web; what is right is not known"
        if truth:
            both = [right(ours(pages), truth, from_ours), right(theirs(pages), truth, from_theirs)]
            told = [" | ".join(f"{score['words']:.3f}" if p == "words" else f"{score[p]:.0%}" for p in PARTS) for score in both]
            scores.append(f"| {name} | {' | '.join(told)} |")
            quality = f"F1 of words {both[0]['words']:.3f}, peer {both[1]['words']:.3f}; title, date and authors right " + ", peer ".join(
                " / ".join(f"{score[part]:.0%}" for part in PARTS[1:]) for score in both
            )
        rows.append(Row(f"pages, {name}", f"{mine:,.0f} pages/s", "trafilatura", f"{peer:,.0f} pages/s", mine / peer, quality))
    marks, (posts, letters, after, took) = memory(sets["WordPress"][0])
    keep("pages", "\n".join([
        "## Pages a second, one core", "", f"Processor time, medians of {ROUNDS} rounds in turns. `python benchmarks/pages.py`.", "",
        "| pages | number | KB a page | discourse, pages/s | trafilatura, pages/s | ratio |", "|---|---|---|---|---|---|", *speeds, "",
        "What each gets right of what was printed: words of text and notes (mean F1 a page), and how many titles, dates and lists of authors. "
        "The loaders are tested on what these renderers print, so this is what they are made for; trafilatura is made for any page.", "",
        "| pages | discourse: words | title | date | authors | trafilatura: words | title | date | authors |", "|---|---|---|---|---|---|---|---|---|", *scores, "",
        f"Memory (WordPress pages): {marks[1_000]:.0f} MB at most after 1,000 pages read one by one, {marks[PAGES]:.0f} MB after {PAGES:,}. "
        f"Kept as one blog of {posts:,} posts ({letters:.0f} million letters): {after:.0f} MB, {took:.0f} s.", "",
    ]), rows, packages=("trafilatura", "selectolax"))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
