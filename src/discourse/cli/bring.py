"""The commands that bring posts in: fetch, sources, load."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from discourse.cli.console import MOST_PROBLEMS, app, grouped, progress_shown
from discourse.cli.spread import Spread
from discourse.errors import FetchError

if TYPE_CHECKING:
    from discourse import pipeline

__all__ = ["fetch", "load", "sources"]


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(metavar="SOURCE|URL", help="A source that `discourse sources` lists, or the address of a blog.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for what is fetched, such as data/raw/myblog.")],
    contact: Annotated[str, typer.Option(envvar="DISCOURSE_CONTACT", help="Your e-mail address or page; sent to the site.")] = "",
    delay: Annotated[float, typer.Option(min=0, help="Seconds between requests, at least; the site may ask for more.")] = 1.0,
    most_pages: Annotated[int, typer.Option(min=1, help="So many pages in one run; the next run goes on.")] = 20_000,
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", help="Let it reach this machine itself, for tests.")] = False,
) -> None:
    """Fetch a blog, politely, and keep every response as it came (WARC).

    Obeys robots.txt, stays on the site, and goes on where it was stopped. Run again later, it fetches what is new and keeps what was
    edited or removed beside what stood there before. crawl.json in the folder accounts for every page.

    Example: discourse fetch eff-deeplinks --out data/raw/eff-deeplinks --contact you@example.org
    """
    from discourse.pipeline import fetch_corpus

    with progress_shown() as progress:
        done = fetch_corpus(name, out, progress=progress, contact=contact, delay=delay, most_pages=most_pages, loopback=allow_loopback)
    if "commit" in done:
        print(f"{done['folder']} is at commit {done['commit']}.")
    else:
        _print_crawl(done, out)
        if not done["kept"]:
            raise FetchError(f"Nothing was fetched from {name}; see above.")
    print(f"Next: discourse load {done.get('folder', out)} --out data/processed/{out.resolve().name}")


def _print_crawl(done: dict[str, Any], out: Path) -> None:
    from discourse.chart.theme import many

    changed = f"{done['new']:,} new, {len(done['edited']):,} edited, {len(done['removed']):,} removed at the source"
    print(f"Run {done['run']}: {many(done['pages'], 'page')} known; {changed}.")
    for what in ("edited", "removed"):
        for url in done[what][:MOST_PROBLEMS]:
            print(f"  {what}: {url}")
    if done["failed"]:
        print(f"There is something to say of {many(len(done['failed']), 'page')} (all of it is in {out / 'crawl.json'}):")
    for failure in done["failed"][:MOST_PROBLEMS]:
        print(f"  {failure['url']}: {failure['reason']}")
    if done["stopped"]:
        print(f"Stopped: {done['stopped']}.")
    if done["pending"]:
        print(f"{many(done['pending'], 'page')} left; run the same command to go on.")


@app.command()
def sources() -> None:
    """List the sources that can be fetched by name.

    Example: discourse sources
    """
    from discourse.load import known_sources

    for name, source in sorted(known_sources().items()):
        where = source.get("repository") or source["start"][0]
        print(f"{name:22} {source.get('title', '')} · {source.get('platform', '')} · {source.get('licence', 'licence unknown')} · {where}")


class Reading(NamedTuple):
    """How files are read, where they do not tell."""

    form: Annotated[str | None, typer.Option("--format", help="Such as weebly or wordpress-export; else recognised.")] = None
    date_order: Annotated[str | None, typer.Option(help="dmy or mdy, for dates such as 3/4/2016.")] = None
    column: Annotated[list[str] | None, typer.Option(metavar="FIELD=NAME", help="For tables: title=Headline; may be given again.")] = None

    def checked(self) -> pipeline.Reading:
        """Return it as the pipeline takes it."""
        if self.date_order not in (None, "dmy", "mdy"):
            raise typer.BadParameter(f"{self.date_order!r} is not dmy or mdy", param_hint="--date-order")
        pairs = [pair.partition("=") for pair in self.column or []]
        if wrong := [pair for pair in pairs if not (pair[0].strip() and pair[2].strip())]:
            raise typer.BadParameter(f"{''.join(wrong[0])!r} is not FIELD=NAME, such as title=Headline", param_hint="--column")
        columns = {field.strip(): name.strip() for field, _, name in pairs}
        return {"form": self.form, "date_order": self.date_order, "columns": columns}


@app.command()
@grouped
def load(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file or folder with posts. Nothing in it is changed.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The workspace to make, such as data/processed/myblog.")],
    source: Annotated[str | None, typer.Option(help="Short name of the blog; else the folder's name.")] = None,
    reading: Reading = Reading(),  # noqa: B008
    keep_names: Annotated[bool, typer.Option("--keep-names", help="Keep commenters' names; else they get pseudonyms.")] = False,
    spread: Spread = Spread(),  # noqa: B008
) -> None:
    """Load and clean posts into a workspace.

    Reads saved pages of Weebly, Blogger, WordPress and Drupal blogs and of any other, exports of WordPress, Blogger and Ghost, feeds, web
    archives (WARC), Markdown posts, text copied from a browser, and tables (CSV, JSON Lines, Parquet, Excel). A corrections.csv in the
    folder (post,field,old,new,reason) is applied; sources.toml beside it may name title, licence and notice.

    Example: discourse load data/raw/sample --out data/processed/sample
    """
    from discourse.pipeline import load_corpus

    how = reading.checked()
    with progress_shown() as progress:
        record = load_corpus(path, out, source=source, keep_names=keep_names, where=spread.where(), progress=progress, **how)
    _print_summary(record)
    print(f"Next: discourse tag {out}")


def _print_summary(record: dict[str, Any]) -> None:
    from discourse.chart.theme import many

    found = record["summary"]
    span = f"{found['first']} to {found['last']}" if found["first"] else "no dates"
    categories = many(found["categories"], "category", plural="categories")
    print(f"{many(found['posts'], 'post')}, {many(found['words'], 'word')}, {span}; {categories}.")
    print(f"  {record['read_anew']:,} of {many(record['load']['files'], 'file')} read anew")
    asides = {
        "in no category": found["without_category"], "whose categories are unknown": found["category_unknown"],
        "without an author": found["without_author"], "without a date": found["undated"],
        "near-duplicates of an earlier post (marked, not dropped)": found["near_duplicates"],
    }  # fmt: skip
    for what, n in asides.items():
        if n:
            print(f"  {many(n, 'post')} {what}")
    for language, n in found["languages"].items():
        if len(found["languages"]) > 1:
            print(f"  {many(n, 'post')} in language {language}")
    if record["corrections"]:
        print(f"  {many(record['corrections'], 'correction')} applied")
    left_out = Counter(file["reason"] for file in record["files"] if file["outcome"] == "left out")
    for reason, n in left_out.most_common():
        print(f"  {many(n, 'file')} left out: {reason}")
    skipped = Counter(item["reason"] for file in record["files"] for item in file["skipped"])
    for reason, n in skipped.most_common():
        print(f"  {many(n, 'item')} inside files left out: {reason}")
    if guessed := sum(file["posts"] for file in record["files"] if file["form"] == "html"):
        print(f"  {many(guessed, 'post')} from pages of no known platform, their main text told by trafilatura: look at them")
    problems = record["problems"]
    if problems:
        print(f"{len(problems):,} problems (all of them are in manifest.json):" if len(problems) > MOST_PROBLEMS else "Problems:")
    for problem in problems[:MOST_PROBLEMS]:
        print(f"  {problem['file']}: {problem['reason']}")
