"""Pages a second: the platform loaders beside trafilatura, on the same pages, in turns; and memory while 10,000 pages go by.

    python benchmarks/pages.py [--real DIR]

The pages are the sample laid out as Weebly, Blogger, WordPress and Drupal show it, its posts' own pages; with --real also saved pages below a
folder, one folder a platform. A round is every page once by each; rounds alternate. Printed and written: median pages a second and their ratio.
"""

import argparse
import platform
import resource
import statistics
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import trafilatura
from render import blogger, drupal, weebly, wordpress
from render.sample import articles
from results import keep

from discourse.load import FORMATS
from discourse.load.page import Hints
from discourse.load.reading import Document, LeftOut
from discourse.load.recognise import recognise
from discourse.load.site import Site

ROOT = Path(__file__).parents[1]
ROUNDS = 5
PAGES = 10_000
PLATFORMS = {"Weebly": weebly, "Blogger": blogger, "WordPress": wordpress, "Drupal": drupal}


def posts_pages(module):
    """Return the pages of single posts that a renderer makes, by name."""
    site = module.pages(articles(ROOT), base="https://www.example.org")
    kept = {}
    for path, page in site.items():
        data = page if isinstance(page, bytes) else page.encode()
        try:
            page = ours(f"{path}.html", data)
        except LeftOut:
            continue
        if page and len(page.posts) == 1 and not page.posts[0].cut and not page.listings:
            kept[path] = data
    return kept


def ours(name, data):
    """Read one page as `load` does: recognise its format, then read it."""
    document = Document(name, data)
    form = recognise(document)
    return import_module(f"discourse.load.{FORMATS[form]}").read(document, Hints()) if form not in ("feed", "table") else None


def theirs(_name, data):
    """Read one page with trafilatura, text and metadata."""
    return trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)


def seconds(read, pages):
    started = time.perf_counter()
    for name, data in pages.items():
        read(f"{name}.html", data)
    return time.perf_counter() - started


def compared(pages):
    """Return the median pages a second of both, in turns, after one round to warm up."""
    few = dict(list(pages.items())[:5])
    seconds(ours, few), seconds(theirs, few)
    mine, peer = [], []
    for _ in range(ROUNDS):
        mine.append(len(pages) / seconds(ours, pages))
        peer.append(len(pages) / seconds(theirs, pages))
    return statistics.median(mine), statistics.median(peer)


def peak():
    """Return the largest memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(pages):
    """Return peak memory after 1,000 and after 10,000 pages read one by one, and after a site was made of 10,000 different posts."""
    names = list(pages)
    marks = {}
    for n in range(1, PAGES + 1):
        name = names[n % len(names)]
        ours(f"{n}.html", pages[name])
        if n in (1_000, PAGES):
            marks[n] = peak()
    site, letters = Site(), 0
    started = time.perf_counter()
    for n in range(1, PAGES + 1):
        page = ours(f"{n}.html", pages[names[n % len(names)]])
        for post in page.posts:
            post.address = f"{post.address}-{n}"
            letters += len(post.body)
        site.add(page)
    whole = len(site.posts()), letters / 1e6, peak(), time.perf_counter() - started
    return marks, whole


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, help="folder with saved pages, one folder a platform")
    given = parser.parse_args()
    rows, first = [], None
    sets = {name: posts_pages(module) for name, module in PLATFORMS.items()}
    if given.real:
        for place in sorted(path for path in given.real.iterdir() if path.is_dir()):
            real = {str(file): file.read_bytes() for file in sorted(place.rglob("*.htm*"))}
            sets |= {f"real {place.name}": real} if real else {}
    first = first or sets["WordPress"]
    for name, pages in sets.items():
        mine, peer = compared(pages)
        size = statistics.mean(map(len, pages.values())) / 1000
        rows.append(f"| {name} | {len(pages)} | {size:.0f} | {mine:,.0f} | {peer:,.0f} | {mine / peer:.1f} |")
        print(rows[-1], flush=True)
    marks, (posts, letters, after, took) = memory(first)
    machine = f"{platform.machine()}, Python {platform.python_version()}, trafilatura {version('trafilatura')}, selectolax {version('selectolax')}"
    text = "\n".join([
        "## Pages a second, one core", "", f"{machine}; medians of {ROUNDS} rounds in turns. `make bench`.", "",
        "| pages | number | KB a page | discourse, pages/s | trafilatura, pages/s | ratio |", "|---|---|---|---|---|---|", *rows, "",
        f"Memory (WordPress pages): {marks[1_000]:.0f} MB at most after 1,000 pages read one by one, {marks[PAGES]:.0f} MB after {PAGES:,}. "
        f"Kept as one blog of {posts:,} posts ({letters:.0f} million letters): {after:.0f} MB, {took:.0f} s.", "",
    ])  # fmt: skip
    keep(text)


if __name__ == "__main__":
    sys.exit(main())
