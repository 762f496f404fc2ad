"""The pipeline: the one place where the stages meet. The CLI, the notebooks and the report call it.

    load -> clean -> tag -> measure -> chart -> export -> report

A workspace is a folder with the tables of one corpus and a manifest that says what went in and what each stage was made with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths, tables
from discourse.errors import InputError, WorkspaceError

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import Chart, Material

__all__ = ["chart_corpus", "draw", "evidence", "load_corpus", "measure_corpus", "prepared", "reproduce", "table", "tag_corpus"]

Progress = Callable[[str, int, int], None]
CACHE, SALT = "tagged.sqlite", "salt"
TAGGED = ("sentences", "mentions", "codings")


def _quiet(what: str, done: int, of: int) -> None:
    """Show no progress."""


def load_corpus(
    path: Path | str, out: Path | str, *, source: str | None = None, form: str | None = None,
    date_order: str | None = None, keep_names: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Load and clean posts into a workspace and return its manifest.

    Parameters
    ----------
    path : a file or folder with posts; nothing in it is changed. `corrections.csv` in it is applied, `sources.toml` in or beside it read.
    out : the workspace; what it held of another load is replaced.
    source : short name of the blog; without it the folder's name.
    form : format of the posts; without it each file's is recognised.
    date_order : `dmy` or `mdy` for dates such as 3/4/2016.
    keep_names : keep commenters' names, which are pseudonyms otherwise.

    Raises
    ------
    DiscourseError : one line that says what is wrong, where, and what to do; the workspace is then as it was.
    """
    from discourse.clean import clean, read_corrections, summarise
    from discourse.load import declared, load

    path, out = Path(path), Path(out)
    folder = path if path.is_dir() else path.parent
    name = source or folder.resolve().name
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise InputError(f"{name!r} is no name for a source; say one of letters, digits, points and hyphens with --source.")
    paths.claim(out, path)
    known = declared(folder, name)
    loaded = load(path, form=form, date_order=date_order or known.get("date_order"))
    corrections = read_corrections(folder / "corrections.csv") if (folder / "corrections.csv").is_file() else []
    salt = None if keep_names else paths.secret(out / SALT)
    cleaned = clean(loaded.posts, source=name, corrections=corrections, salt=salt, licence=known.get("licence"), partial=path.is_file())
    used = {c for names in cleaned["posts"]["categories_raw"].dropna() for c in names}
    row = {"source": name, "title": name, "platform": loaded.platform, "categories": sorted(used)}
    row |= {key: value for key, value in {**loaded.source, **known}.items() if value}
    made = cleaned | {"sources": tables.build("sources", [row])}
    record = {
        "corpus": {"source": name, "title": row["title"], "keep_names": keep_names},
        "files": [asdict(file) for file in loaded.files],
        "problems": loaded.problems(),
        "summary": summarise(cleaned["posts"]),
        "corrections": len(corrections),
        "chosen": paths.manifest(out).get("chosen", {}) if (out / paths.MANIFEST).is_file() else {},
    }
    record = _commit(out, made, record)
    if salt is not None:
        paths.keep_secret(out / SALT, salt)
    return record


def _commit(workspace: Path, made: dict[str, pd.DataFrame], record: dict[str, Any]) -> dict[str, Any]:
    """Write tables and manifest in one step and return the manifest, which names every table's content by its hash."""
    files = {f"{name}.parquet": tables.to_bytes(name, frame) for name, frame in made.items()}
    hashes = record.get("tables", {}) | {name: paths.sha256(files[f"{name}.parquet"]) for name in made}
    record = {**record, "tables": hashes}
    paths.commit(workspace, files, record)
    return record


def tag_corpus(
    workspace: Path | str, *, codebook: Path | None = None, gazetteer: Sequence[Path] = (), progress: Progress = _quiet
) -> dict[str, Any]:
    """Tag every post of a workspace and return its manifest; posts that were tagged alike before are not tagged again.

    Parameters
    ----------
    workspace : made by `load_corpus`.
    codebook : a codebook file; without it the shipped one.
    gazetteer : gazetteer files; without them the shipped one.
    progress : called with what is done, how many posts are done, and of how many.
    """
    from discourse.tag import SPLITTER, Tagger, read_codebook, read_gazetteer, tag

    workspace = Path(workspace)
    record = paths.manifest(workspace)
    tagger = Tagger(read_codebook(codebook), read_gazetteer(gazetteer))
    before = record.get("tag", {})
    alike = before.get("posts") == record["tables"]["posts"] and before.get("fingerprint") == tagger.fingerprint
    if alike and paths.holds(workspace, record, TAGGED):
        return record | {"tagged_anew": 0}
    posts = tables.read(workspace, "posts")
    made, anew = tag(posts, tagger, cache=workspace / CACHE, progress=lambda done, of: progress("Tagging posts", done, of))
    book = tagger.codebook
    record["tag"] = {
        "posts": record["tables"]["posts"], "fingerprint": tagger.fingerprint, "splitter": SPLITTER, "language": book.language,
        "codebook": f"{book.name} {book.version}", "codebook_sha256": book.sha256, "gazetteer_sha256": tagger.gazetteer.sha256,
        "framings": book.of_kind("framing"), "themes": book.of_kind("theme"),
    }  # fmt: skip
    files = [str(path.resolve()) for path in gazetteer]
    record["chosen"] = {"codebook": str(codebook.resolve()) if codebook else None, "gazetteer": files}
    return _commit(workspace, made, record) | {"tagged_anew": anew}


def measure_corpus(workspace: Path | str) -> dict[str, Any]:
    """Count and estimate, and return the workspace's manifest.

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    """
    from discourse.measure import MEASURE, measure

    workspace = Path(workspace)
    record = _current(workspace, "tag", "posts", "tagged")
    tagged = record["tag"]
    inputs = {name: record["tables"][name] for name in ("posts", *TAGGED)} | {"measured_by": MEASURE, "tagger": tagged["fingerprint"]}
    if record.get("measure", {}).get("inputs") == inputs and paths.holds(workspace, record, ("counts", "estimates")):
        return record
    corpus = {name: tables.read(workspace, name) for name in ("posts", "sentences", "mentions", "codings")}
    done = measure(corpus, framings=list(tagged["framings"]), themes=list(tagged["themes"]), language=tagged["language"])
    record["measure"] = {"codings": record["tables"]["codings"], "inputs": inputs, "left_out": done.left_out}
    return _commit(workspace, {"counts": done.counts, "estimates": done.estimates}, record)


def _current(workspace: Path, stage: str, table_name: str, done: str) -> dict[str, Any]:
    """Return the manifest, after checking that a stage was run on the table as it is now."""
    record = paths.manifest(workspace)
    if record.get(stage, {}).get(table_name) != record["tables"].get(table_name):
        why = f"{table_name} have changed since they were {done}" if stage in record else f"{table_name} were never {done}"
        raise WorkspaceError(f"{workspace}: {why}; run: discourse {stage} {workspace}")
    return record


def _material(workspace: Path) -> Material:
    """Gather what charts draw from."""
    from discourse.chart import About, Material
    from discourse.measure import FEWEST_POSTS, FEWEST_SENTENCES, counted

    _current(workspace, "tag", "posts", "tagged")
    record = _current(workspace, "measure", "codings", "measured")
    tagged, summary = record["tag"], record["summary"]
    posts, counts = tables.read(workspace, "posts"), tables.read(workspace, "counts")
    sources = tables.read(workspace, "sources")
    years = " to ".join(dict.fromkeys(day[:7] for day in (summary["first"], summary["last"]) if day)) or "undated"
    about = About(
        corpus=record["corpus"]["title"], span=years, left_out=record["measure"]["left_out"], notices=tuple(sources["notice"].dropna()),
        n_posts=counts["post_id"].nunique(), n_sentences=int(counts.loc[counts["code"] == "all", "sentences"].sum()),
        made_with=f"Coded by rules of the codebook {tagged['codebook']}; not corrected for the tagger's errors.",
    )  # fmt: skip
    return Material(
        posts=posts, counted=counted(posts, language=tagged["language"]).posts, mentions=tables.read(workspace, "mentions"),
        estimates=tables.read(workspace, "estimates"), framings=tagged["framings"], themes=tagged["themes"],
        fewest=(FEWEST_POSTS, FEWEST_SENTENCES), about=about,
    )  # fmt: skip


def draw(workspace: Path | str, name: str) -> Chart:
    """Draw one chart of a measured workspace: a figure, and the numbers in it."""
    from discourse import chart

    return chart.draw(name, _material(Path(workspace)))


def chart_corpus(
    workspace: Path | str, names: Sequence[str] = (), *, out: Path | str | None = None, progress: Progress = _quiet
) -> list[Path]:
    """Draw charts of a measured workspace and write PNG, SVG and CSV of each; return the paths.

    Parameters
    ----------
    workspace : made by `measure_corpus`.
    names : of charts; without them every one.
    out : folder for the files; without it `figures` in the workspace.
    progress : called with what is done, how many charts are done, and of how many.
    """
    from discourse import chart
    from discourse.export import export

    workspace = Path(workspace)
    material = _material(workspace)
    wanted = list(names) or list(chart.CHARTS)
    drawn = [(name, chart.draw(name, material)) for name in wanted]
    written: list[Path] = []
    for done, (name, (figure, numbers)) in enumerate(drawn, start=1):
        written += export(figure, numbers, name=name, folder=Path(out) if out else workspace / "figures")
        progress("Writing figures", done, len(drawn))
    return written


def table(workspace: Path | str, name: str) -> pd.DataFrame:
    """Read one table of a workspace as a data frame."""
    paths.manifest(Path(workspace))
    return tables.read(Path(workspace), name)


def evidence(workspace: Path | str, code: str, *, holder: str | None = None, most: int = 20) -> pd.DataFrame:
    """Return the sentences that carry a code, one row each: date, title, holder, modality, cue, sentence, rule and `post_id`.

    Parameters
    ----------
    workspace : tagged.
    code : a framing or a theme.
    holder : `author` or `other`; without it both.
    most : so many at most, spread evenly over the time that they span.
    """
    workspace = Path(workspace)
    coded = table(workspace, "codings").query("code == @code" + (" and holder == @holder" if holder else ""))
    sentences = table(workspace, "sentences")[["post_id", "sentence", "text", "start"]].rename(columns={"start": "begins"})
    posts = table(workspace, "posts")[["post_id", "published", "title"]]
    rows = coded.merge(sentences, on=["post_id", "sentence"]).merge(posts, on="post_id").sort_values(["published", "post_id", "sentence"])
    rows = rows.iloc[:: max(1, -(-len(rows) // most))].reset_index(drop=True)
    offsets = zip(rows["text"], rows["start"] - rows["begins"], rows["end"] - rows["begins"], strict=True)
    rows["cue"] = [text[start:end] for text, start, end in offsets]
    rows = rows.rename(columns={"text": "sentence_text", "method": "rule"})
    return rows[["published", "title", "holder", "modality", "cue", "sentence_text", "rule", "post_id"]]


def prepared(workspace: Path | str | None = None, *, progress: Progress = _quiet) -> Path:
    """Return a workspace that is tagged and measured, with the codebook of its last tagging; without one, the sample's.

    Parameters
    ----------
    workspace : made by `load_corpus`; without it the sample is loaded into `data/processed/sample`.
    progress : as in `tag_corpus`.
    """
    if workspace is None:
        raw = paths.project("data", "raw", "sample")
        workspace = (
            raw.parents[1] / "processed" / "sample" if (raw.parents[2] / "pyproject.toml").is_file() else Path("data/processed/sample")
        )
        load_corpus(raw, workspace)
    chosen = paths.manifest(Path(workspace)).get("chosen", {})
    codebook = Path(chosen["codebook"]) if chosen.get("codebook") else None
    tag_corpus(workspace, codebook=codebook, gazetteer=[Path(file) for file in chosen.get("gazetteer", [])], progress=progress)
    measure_corpus(workspace)
    return Path(workspace)


def reproduce(workspace: Path | str | None = None, *, reports: Path | str | None = None, progress: Progress = _quiet) -> Path:
    """Do everything: tag, measure, figures and notebooks of a workspace, or of the embedded sample; return the folder of reports.

    Parameters
    ----------
    workspace : made by `load_corpus`; without it the sample is loaded first.
    reports : folder for figures and notebooks; without it `reports/<source>`, and `reports` for the sample.
    progress : called with what is done, how many steps are done, and of how many.
    """
    from discourse.report import run_notebooks

    ready = prepared(workspace, progress=progress)
    usual = Path("reports") if workspace is None else Path("reports", paths.manifest(ready)["corpus"]["source"])
    out = paths.folder_for(Path(reports) if reports else usual)
    chart_corpus(ready, out=out / "figures", progress=progress)
    run_notebooks(paths.project("notebooks"), workspace=ready, out=out, progress=lambda done, of: progress("Running notebooks", done, of))
    return out
