"""From files to a workspace: each file is read and each post cleaned by itself, and only once.

What was read and cleaned is kept under the hash of what went in. Posts lie on disk at every step; what is global is a few hundred bytes
a post (`clean.Index`).
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from discourse import paths, tables, workspaces
from discourse.errors import DiscourseError, InputError
from discourse.kept import Kept, Shelf, kept_in, key, packed, unpacked
from discourse.pipeline.workspace import Progress, commit, quiet
from discourse.workers import HERE, Run, Where, batches_of, filled, workers
from discourse.workspaces import Part

if TYPE_CHECKING:
    from discourse.clean import Index, Prepared
    from discourse.load import Hints, Site
    from discourse.load.reading import File

__all__ = ["Reading", "load_corpus"]

SALT, CACHE = "salt", "loaded.sqlite"
TABLES = ("posts", "notes", "comments", "sources")
BATCH = 32


class Reading(TypedDict, total=False):
    """How files are read, where they do not tell: parameters of `load.load`."""

    form: str | None
    date_order: str | None
    columns: dict[str, str] | None


@dataclass
class _Load:
    """One load: what is read, how, and what reads it."""

    path: Path
    out: Path
    name: str
    keep_names: bool
    known: Mapping[str, Any]
    reading: Reading
    hints: Hints

    @property
    def corrections(self) -> Path:
        """Where the corrections of this corpus are, if there are any."""
        return (self.path if self.path.is_dir() else self.path.parent) / "corrections.csv"

    @property
    def salt(self) -> str | None:
        """The secret of pseudonyms; nothing where names are kept."""
        return None if self.keep_names else paths.secret(self.out / SALT)

    @cached_property
    def files(self) -> dict[str, tuple[Path, str]]:
        """Every file by its name below the path, with the hash of what it holds."""
        from discourse.load import files_below

        return {called: (file, paths.file_hash(file)) for file, called in files_below(self.path)}

    def inputs(self) -> str:
        """Return one hash of all that the tables are made from."""
        given = [self.name, self.salt, self.known, self.hints.sha256, self.reading.get("form"), paths.file_hash(self.corrections)]
        files = (f"{called} {digest}" for called, (_, digest) in self.files.items())
        return key(paths.program("load", "clean", "tables.py"), json.dumps(given), *files)

    def done(self) -> dict[str, Any] | None:
        """Return the manifest where the tables are those of these files and options, else nothing."""
        record = workspaces.manifest(self.out) if (self.out / workspaces.MANIFEST).is_file() else {}
        alike = "load" in record and record["load"]["inputs"] == self.inputs()
        return record if alike and workspaces.holds(self.out, record, TABLES) else None


def load_corpus(
    path: Path | str, out: Path | str, *, source: str | None = None, keep_names: bool = False, where: Where = HERE,
    progress: Progress = quiet, wait: bool = False, **reading: Unpack[Reading],
) -> dict[str, Any]:  # fmt: skip
    """Load and clean posts into a workspace and return its manifest; files that were read before are not read again.

    Parameters
    ----------
    path : a file or folder with posts; nothing in it is changed. `corrections.csv` in it is applied, `sources.toml` in or beside it read.
    out : the workspace; what it held of another load is replaced.
    source : short name of the blog; without it the folder's name.
    keep_names : keep commenters' names, which are pseudonyms otherwise.
    where : number of processes, or the address of a Dask cluster whose machines see `path` as this one; the tables do not depend on it.
    progress : called with what is done, how many files or posts are done, and of how many.
    wait : for another run that is at work on the workspace; without it that is an error.
    reading : `form` of the posts (without it each file's is recognised); `date_order`, `dmy` or `mdy`, for dates such as 3/4/2016;
        `columns`, field of a post -> column, for tables whose column names do not tell.

    Raises
    ------
    DiscourseError : one line that says what is wrong, where, and what to do; the workspace is then as it was.
    """
    from discourse.load import declared, hints_for

    path, out = Path(path), Path(out)
    folder = path if path.is_dir() else path.parent
    name = source or folder.resolve().name
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise InputError(f"{name!r} is no name for a source; say one of letters, digits, points and hyphens with --source.")
    workspaces.claim(out, path)
    known = declared(folder, name)
    reading["date_order"] = reading.get("date_order") or known.get("date_order")
    load = _Load(path, out, name, keep_names, known, reading, hints_for(path, **reading))
    if (record := load.done()) is not None:
        return record | {"read_anew": 0}
    with workspaces.locked(out, wait=wait), _begun(out, keep_names=keep_names):
        if (record := load.done()) is not None:  # another run has done it meanwhile
            return record | {"read_anew": 0}
        before = workspaces.manifest(out) if (out / workspaces.MANIFEST).is_file() else {}
        with kept_in(out / CACHE) as kept, workers(where) as run:
            record, anew = _made(load, kept, run, progress)
            carried = _carried(before, record["made"]["posts"])
            record |= {"load": {"inputs": load.inputs(), "files": len(load.files)}, "chosen": before.get("chosen", {}), "carried": carried}
            record = commit(out, record.pop("made"), record)
            kept.forget_unused()
        return record | {"read_anew": anew}


def _carried(before: Mapping[str, Any], posts: Sequence[Part]) -> dict[str, list[Part]]:
    """Return the parts that later stages have made of posts which are as they were: these stages may use them again."""
    old = {workspaces.place(part): part["sha256"] for part in before.get("parts", {}).get("posts", ())}
    same = {place for part in posts if old.get(place := workspaces.place(part)) == part["sha256"]}
    later = {**before.get("carried", {}), **before.get("parts", {})}
    return {name: [part for part in parts if workspaces.place(part) in same] for name, parts in later.items() if name not in TABLES}


@contextmanager
def _begun(out: Path, *, keep_names: bool) -> Iterator[None]:
    """Put the secret of pseudonyms into a new folder; a load that cannot be done leaves nothing there, one that is stopped goes on."""
    try:
        if not keep_names and not (out / SALT).is_file():
            paths.keep_secret(out / SALT, paths.secret(out / SALT))
        yield
    except DiscourseError:
        if not (out / workspaces.MANIFEST).is_file():
            for name in (SALT, CACHE):
                (out / name).unlink(missing_ok=True)
        raise


def _made(load: _Load, kept: Kept, run: Run, progress: Progress) -> tuple[dict[str, Any], int]:
    """Return what the manifest says of a load, its parts under `made`, and how many files were read anew."""
    from discourse.clean import Index, read_corrections, summarise
    from discourse.load import Site, platform, post_from_dict, post_to_dict, problems, refuse_empty

    site = Site(Shelf(post_to_dict, post_from_dict))
    account, anew = _read(load, site, kept, run, progress)
    refuse_empty(load.path, account)
    corrections = read_corrections(load.corrections) if load.corrections.is_file() else []
    index, cleaned = Index(load.name, corrections), _Cleaned(kept)
    told = _clean(load, site, index, cleaned, run, progress)
    made = _parts(load, index, cleaned)
    posts = workspaces.read(load.out, "posts", columns=tables.without("posts", "text"), parts=made["posts"])
    used = sorted({category for names in posts["categories_raw"].dropna() for category in names})
    row = {"source": load.name, "title": load.name, "platform": platform(account), "categories": used}
    row |= {name: value for name, value in {**site.source, **load.known, "date_order": site.source.get("date_order")}.items() if value}
    made["sources"] = [workspaces.keep(load.out, "sources", "0000", tables.build("sources", [row]))]
    return {
        "corpus": {"source": load.name, "title": row["title"], "keep_names": load.keep_names},
        "files": [asdict(file) for file in account],
        "problems": problems(account, told, site.missing_listings()),
        "summary": summarise(posts),
        "corrections": len(corrections),
        "made": made,
    }, anew


def _read(load: _Load, site: Site, kept: Kept, run: Run, progress: Progress) -> tuple[list[File], int]:
    """Read the files that are not kept yet, put all pages into `site`, and return what became of each file, and how many were read anew."""
    from discourse.load import read_from_dict

    form, reads = load.reading.get("form"), paths.program("load", "clean", "tables.py")
    salt = str(load.salt)
    keys = {called: key(reads, digest, called, str(form), load.hints.sha256, salt) for called, (_, digest) in load.files.items()}
    missing = set(kept.missing(keys.values()))
    wanted = ((name, (load.files[called][0], called)) for called, name in keys.items() if name in missing)
    work = functools.partial(_read_files, form=form, hints=load.hints, salt=load.salt)
    anew, account = 0, []
    for done in filled(kept, batches_of(wanted, BATCH), work, run):
        anew += done
        progress("Reading files", len(keys) - len(missing) + anew, len(keys))
    for some in batches_of(keys.items(), BATCH):
        found = kept.get(some.values())
        for name in some.values():
            read = read_from_dict(unpacked(found[name]))
            account += read.files
            for page in read.pages:
                site.add(page)
    return account, anew


def _read_files(batch: Mapping[str, tuple[Path, str]], *, form: str | None, hints: Hints, salt: str | None) -> dict[str, bytes]:
    """Read a batch of files, in whatever process; commenters have pseudonyms before anything is kept."""
    from discourse.clean import pseudonymous
    from discourse.load import read_file, read_to_dict

    made = {}
    for name, (file, called) in batch.items():
        read = read_file(file, called, form=form, hints=hints)
        for page in read.pages:
            page.posts = [pseudonymous(post, salt=salt) for post in page.posts]
        made[name] = packed(read_to_dict(read))
    return made


class _Cleaned(Mapping[str, "Prepared"]):
    """The cleaned posts, where they are kept, by their number; those that were cleaned once more for a correction are at hand."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.keys_by_number: list[str] = []
        self.again: dict[str, Prepared] = {}

    def __getitem__(self, number: str) -> Prepared:
        from discourse.clean import Prepared

        name = self.keys_by_number[int(number)]
        return self.again.get(number) or Prepared.from_dict(unpacked(self.kept.get([name])[name]))

    def __iter__(self) -> Iterator[str]:
        return map(str, range(len(self)))

    def __len__(self) -> int:
        return len(self.keys_by_number)


def _clean(load: _Load, site: Site, index: Index, cleaned: _Cleaned, run: Run, progress: Progress) -> list[tuple[str, str]]:
    """Clean the posts that are not kept yet, put all into `index`, and return file and reason of what is missing in some."""
    from discourse.clean import prepared
    from discourse.load import post_to_dict

    kept, cleans = cleaned.kept, paths.program("clean", "tables.py")

    def wanted() -> Iterator[tuple[str, Any]]:
        for post in site.posts(load.reading.get("date_order")):
            given = json.dumps([post_to_dict(post), [asdict(row) for row in index.rows(post.file)]])
            cleaned.keys_by_number.append(key(cleans, given))
            if kept.missing(cleaned.keys_by_number[-1:]):
                yield cleaned.keys_by_number[-1], given

    for _ in filled(kept, batches_of(wanted(), BATCH), _clean_posts, run):
        progress("Cleaning posts", len(cleaned), len(site))
    told = []
    for number, done in cleaned.items():
        index.add(number, done.entry)
        told += [(done.entry.file, problem) for problem in done.problems]
    named = {place: (number, rows) for place, number, rows in index.named()}
    for place, post in enumerate(site.posts(load.reading.get("date_order")) if named else ()):
        if place in named:
            number, rows = named[place]
            cleaned.again[number] = prepared(post, rows)
            index.replace(place, cleaned.again[number].entry)
    index.check(partial=load.path.is_file())
    return told


def _clean_posts(batch: Mapping[str, str]) -> dict[str, bytes]:
    """Clean a batch of posts, in whatever process."""
    from discourse.clean import Correction, prepared
    from discourse.load import post_from_dict

    made = {}
    for name, given in batch.items():
        post, rows = json.loads(given)
        made[name] = packed(prepared(post_from_dict(post), [Correction(**row) for row in rows]).to_dict())
    return made


def _parts(load: _Load, index: Index, cleaned: _Cleaned) -> dict[str, list[Part]]:
    """Write the tables, part by part, and return how a manifest lists them."""
    made: dict[str, list[Part]] = {name: [] for name in TABLES if name != "sources"}
    number: Counter[str] = Counter()
    for year, part in index.parts(cleaned, licence=load.known.get("licence")):
        folder = f"{load.name}/{year or 'undated'}"
        for name, table in part.items():
            made[name].append(workspaces.keep(load.out, name, f"{folder}/{number[folder]:04}", table))
        number[folder] += 1
    return made
