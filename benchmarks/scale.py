"""Scale: load, tag and measure corpora of growing size in child processes; what one post in a hundred costs when it changes; two workers; start-up.

    python benchmarks/scale.py [--only 200,2000] [--real DIR | --from WORKSPACE…] [--work DIR] [--again]

The corpora are recombined (`recombined.py`) from the sentences of the real corpora in DIR, of loaded workspaces, or of the sample. Each result is
written to `scale.json` as soon as it is there: a run that was stopped goes on, and what this very program was measured with on this machine is
not measured again unless `--again` is given. The section, its figure and the projection are made from what `scale.json` holds.
"""

import argparse
import hashlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import recombined
from corpora import workspaces
from results import machine
from scaled import report
from threadpoolctl import threadpool_limits
from watched import used_by_children, watched

from discourse.clean import prepared
from discourse.load import FORMATS
from discourse.load.page import Hints
from discourse.load.reading import open_document
from discourse.load.recognise import recognise
from discourse.tag import Choice, tag_post, tagger_from
from discourse.workspaces import manifest

FILE = Path(__file__).with_name("scale.json")
SOURCE = Path(__file__).parents[1] / "src" / "discourse"
SIZES = "200,2000"
WITH_WORKERS = 2000
WORKERS = 2
ROUNDS = 15
ROUNDS_OF_WORKERS = 3
SAMPLED = 100
TAGGED = ("sentences", "mentions", "codings")


def state():
    """Return a hash of the whole program: what was measured with another is measured again."""
    files = sorted(file for file in SOURCE.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()[:12]


class Kept:
    """What was measured, on disk after every step."""

    def __init__(self, file, *, again=False):
        self.file, self.again = file, again
        self.all = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        self.now = {"program": state(), "machine": machine()}

    def part(self, name):
        """Return what is known of a part (a size, the workers, the start) with this program here; what another measured is dropped."""
        found = self.all.setdefault(name, {})
        if self.again or any(found.get(key) != value for key, value in self.now.items()):
            found = self.all[name] = dict(self.now)
        return found

    def put(self, name, step, value):
        """Keep the result of a step."""
        self.all[name][step] = value
        self.file.write_text(json.dumps(self.all, indent=1) + "\n", encoding="utf-8")
        if step != "begun":
            print(f"{name}, {step}: {json.dumps(value)}", flush=True)


def three(workspace, posts, *, workers=()):
    """Yield the name and the arguments of load, tag and measure."""
    yield "load", ("load", posts, "--out", workspace, *workers)
    yield "tag", ("tag", workspace, *workers)
    yield "measure", ("measure", workspace)


def grow(kept, drawn_from, n_posts, work):
    """Measure one size: all of it, once more with one post in a hundred changed, and once more with nothing changed."""
    name, folder = str(n_posts), work / f"scale-{n_posts}"
    known = kept.part(name)
    if "same measure" in known and "parallel" in known:
        print(f"{n_posts:,} posts: measured before with this very program.")
        return
    posts, workspace = folder / "posts", folder / "workspace"
    if not workspace.exists() or known.get("begun", "load") not in known:  # stopped within a step, whose seconds would be of a part
        shutil.rmtree(folder, ignore_errors=True)
        kept.all[name] = dict(kept.now)
        recombined.write(drawn_from, posts, n_posts)
    for kind in ("", "changed ", "same "):
        if kind == "changed " and "changed" not in kept.all[name]:
            kept.put(name, "changed", recombined.change(drawn_from, posts))
        for step, arguments in three(workspace, posts):
            if f"{kind}{step}" not in kept.all[name]:
                kept.put(name, "begun", f"{kind}{step}")
                kept.put(name, f"{kind}{step}", watched(*arguments)._asdict())
        if not kind and "words" not in kept.all[name]:
            kept.put(name, "words", manifest(workspace)["summary"]["words"])
    kept.put(name, "parallel", parallel(posts))
    shutil.rmtree(folder)


def parallel(posts):
    """Return the processor seconds a post of what workers do: reading a file and cleaning its post, and tagging its text; on one thread."""
    files = sorted(posts.glob("*.md"))
    files = files[:: max(1, len(files) // SAMPLED)][:SAMPLED]
    tagger, hints = tagger_from(Choice()), Hints()

    def read(file):
        document = open_document(file, file.name)
        page = import_module(f"discourse.load.{FORMATS[recognise(document)]}").read(document, hints)
        return [prepared(post).row["text"] for post in page.posts]

    tag_post(read(files[0])[0], "en", tagger)  # whatever is loaded at first use is loaded now
    with threadpool_limits(1):
        started = time.process_time()
        texts = [text for file in files for text in read(file)]
        reading = time.process_time() - started
        for text in texts:
            tag_post(text, "en", tagger)
    return {"read": reading / len(files), "tag": (time.process_time() - started - reading) / len(files)}


def by_workers(kept, drawn_from, n_posts, work):
    """Measure loading and tagging by two workers beside one process, on corpora of their own, and whether the tables are the same."""
    known = kept.part("workers")
    if known.get("posts", n_posts) != n_posts:
        known = kept.all["workers"] = dict(kept.now)
    if "same tables" in known:
        print("Workers: measured before with this very program.")
        return
    kept.put("workers", "posts", n_posts)
    folder, alike = work / "scale-workers", []
    shutil.rmtree(folder, ignore_errors=True)
    recombined.write(drawn_from, folder / "posts", n_posts)
    done = len(known.get("two tag", ()))
    for n in range(done, ROUNDS_OF_WORKERS):
        hashes = []
        for name, workers in (("one", ()), ("two", ("--workers", WORKERS))):
            workspace = folder / f"{name}-{n}"
            for step, arguments in three(workspace, folder / "posts", workers=workers):
                if step != "measure":
                    kept.put("workers", f"{name} {step}", [*known.get(f"{name} {step}", [])[:n], watched(*arguments)._asdict()])
            hashes.append({table: manifest(workspace)["tables"][table] for table in ("posts", *TAGGED)})
            shutil.rmtree(workspace)
        alike.append(hashes[0] == hashes[1])
    kept.put("workers", "same tables", all(alike))
    shutil.rmtree(folder)


def start_up(kept):
    """Measure what `--help` and `import discourse` take beside Python alone, in turns."""
    if "help" in kept.part("start"):
        return
    ways = {
        "bare": ["-c", "pass"],
        "import": ["-c", "import discourse"],
        "help": ["-m", "discourse", "--help"],
    }
    taken = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, arguments in ways.items():
            before, started = used_by_children(), time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
            taken[name].append((time.perf_counter() - started, used_by_children() - before))
    for name, some in taken.items():
        wall, cpu = (statistics.median(values) for values in zip(*some, strict=True))
        kept.put("start", name, {"wall": wall, "cpu": cpu})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=SIZES, help=f"numbers of posts, such as {SIZES}; what is known of others stays")
    parser.add_argument("--real", type=Path, help="folder with corpora/iff-archive and corpora/digitalrightswatch")
    parser.add_argument("--from", dest="made", type=Path, nargs="+", help="loaded workspaces whose sentences are recombined")
    parser.add_argument(
        "--work", type=Path, default=Path(tempfile.gettempdir(), "discourse-scale"), help="folder for corpora and workspaces"
    )
    parser.add_argument("--workers-at", type=int, default=WITH_WORKERS, help="so many posts for the workers; 0 leaves them out")
    parser.add_argument("--again", action="store_true", help="measure again what was measured before")
    given = parser.parse_args()
    kept = Kept(FILE, again=given.again)
    try:
        start_up(kept)
        with nullcontext({place.name: place for place in given.made}) if given.made else workspaces(given.real) as corpora:
            drawn_from = recombined.pool(corpora.values())
        for n_posts in sorted(int(size) for size in given.only.split(",") if size):
            grow(kept, drawn_from, n_posts, given.work)
        if given.workers_at:
            by_workers(kept, drawn_from, given.workers_at, given.work)
    finally:
        report(kept.all)  # also of a run that was stopped


if __name__ == "__main__":
    sys.exit(main())
