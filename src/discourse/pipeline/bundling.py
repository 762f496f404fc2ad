"""A research object of a measured workspace: figures, numbers, codebook, manifest and notebooks, for a journal or an archive.

What is in it may be passed on: names are masked, texts of posts are in it only where their licence is open, hand codes only where one asks
for them and without the sentences, and no path of this machine is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from discourse import workspaces
from discourse.errors import InputError
from discourse.pipeline.bundled import Material, codebook, corpus, figures, gold, manifest, notebooks, numbers, pages
from discourse.pipeline.gold import correction_said
from discourse.pipeline.leaving import Leaving, licences_of
from discourse.pipeline.tagging import coded_by
from discourse.pipeline.workspace import Progress, current, quiet

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export.crate import About, Part

__all__ = ["Bundle", "Contents", "bundle_corpus"]

NO_LICENCE = ("#licence", "No licence is stated: ask whoever made this before you pass it on.")


@dataclass(frozen=True)
class Contents:
    """What goes into a bundle beside what always does.

    Attributes
    ----------
    figures : folder of figures; without it `figures` in that of reports, or else in the workspace, made anew if that is missing.
    reports : folder of notebooks that were run (HTML), if they are to be in it.
    gold : whether the hand codes are, by reference: with the hash of each sentence in place of its text.
    authors, publisher : who made it, and the organisation that stands behind it.
    licence : of figures, numbers and text of one's own; without it that of the posts, if all have the same open one.
    published : without it the date of the newest post; the clock is never asked.
    """

    figures: Path | None = None
    reports: Path | None = None
    gold: bool = False
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    licence: str | None = None
    published: date | None = None


@dataclass(frozen=True)
class Bundle:
    """What was written: `paths` in the crate, figures `left_out` with the reason, and what was masked, in a sentence."""

    out: Path
    paths: tuple[str, ...]
    left_out: dict[str, str]
    said: str


def bundle_corpus(
    workspace: Path | str,
    out: Path | str,
    *,
    contents: Contents = Contents(),
    keep_names: bool = False,
    progress: Progress = quiet,
) -> Bundle:
    """Write a research object (RO-Crate 1.1) of a measured workspace; the same inputs give the same bytes.

    Parameters
    ----------
    workspace : measured.
    out : a file that ends in `.zip`, else a folder that is new, empty or holds an earlier bundle.
    contents : what goes into it beside numbers, codebook, manifest, notebooks and the list of posts.
    keep_names : mask no name of a private person.
    progress : called while missing figures are drawn.

    Raises
    ------
    WorkspaceError : the workspace was not tagged or measured as it is now, or codebook or gold are not those that it was made with.
    InputError : a folder is not there or holds other files, a figure is not of this workspace as it is now, or no date is known.
    """
    from discourse.export.crate import crate, write_crate

    workspace, out = Path(workspace), Path(out)
    current(workspace, "tag", "posts", "tagged")
    record = current(workspace, "measure", "codings", "measured")
    leaving = Leaving(workspace, keep_names=keep_names)
    material = Material(workspace, record, licences_of(workspace), leaving, out)
    published = contents.published or _newest(material.posts)
    beside = contents.reports / "figures" if contents.reports and (contents.reports / "figures").is_dir() else None
    drawn, left_out = figures(material, contents.figures or beside, progress)
    made = [*drawn, *numbers(material)]
    others = [*corpus(material), codebook(record), manifest(material), *notebooks(), *pages(material, contents.reports)]
    others += [gold(material)] if contents.gold else []
    about = _about(material, contents, published, made=[part.path for part in made])
    parts = [_readme(about, [*made, *others]), *made, *others]
    leaving.record()
    files = crate(parts, about)
    write_crate(files, out)
    return Bundle(out, tuple(files), left_out, leaving.said)


def _newest(posts: pd.DataFrame) -> date:
    newest = posts["published"].max()
    if newest != newest:  # NaT is not itself
        raise InputError("No post has a date, and the clock is not asked; say when this is published with --date YEAR-MONTH-DAY.")
    day: date = newest.date()
    return day


def _about(material: Material, contents: Contents, published: date, *, made: list[str]) -> About:
    from discourse.export import licence_address
    from discourse.export.crate import About

    record, posts = material.record, material.posts
    title = record["corpus"]["title"]
    shared = set(posts["licence"]) if posts["is_open"].all() else set()
    named = contents.licence or (str(shared.pop()) if len(shared) == 1 else None)
    licence = (licence_address(named) or "#licence", named) if named else NO_LICENCE
    sources = workspaces.read(material.workspace, "sources")
    url = {"url": sources["url"].iloc[0]} if len(sources) == 1 and isinstance(sources["url"].iloc[0], str) else {}
    n_open = int(posts["is_open"].sum())
    texts = f"the texts of {n_open:,} of them, whose licence is open" if n_open else "no texts, for no licence lets them be passed on"
    description = (
        f"Figures, numbers, codebook and notebooks of {len(posts):,} posts of {title}; {texts}. {coded_by(record['tag'])}; "
        f"{correction_said(record['measure'].get('gold'))}. {material.leaving.said}"
    )
    corpus = {"name": title, "version": record["tables"]["posts"], **url}
    program = ("discourse", version("discourse"))
    return About(
        f"{title}: figures and numbers", description, published.isoformat(), licence, program, corpus,
        authors=contents.authors, publisher=contents.publisher, made=made,
    )  # fmt: skip


def _readme(about: About, parts: list[Part]) -> Part:
    from discourse.export.crate import METADATA, Part

    made = f"Made with {' '.join(about.program)}. `{METADATA}` says the same for machines."
    shown = [part for part in parts if not part.path.startswith("figures/") or part.path.endswith(".png")]
    lines = [f"# {about.name}", "", about.description, "", made, "", *(f"- `{part.path}`: {part.description}" for part in shown)]
    return Part("README.md", "\n".join([*lines, ""]).encode(), "Read me", "What is in this bundle.")
