"""What the passport of a figure says of its run: the corpus, what it was made with, and the state of every post."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import paths
from discourse.errors import InputError, WorkspaceError

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export import Drawn, Figure
    from discourse.pipeline.charts import Measured

__all__ = [
    "FOLDER",
    "keep",
    "kept",
    "made_with",
    "made_with_said",
    "passport_of",
    "stamp",
    "state_of_posts",
    "states_in",
    "without_passport",
]

FOLDER = "passports"
STAMP = "Figure {0} · which posts say so: discourse trace {0} · does it still hold: discourse verify {0}"
SHORT = 12  # signs of a hash that is printed
MOST_POSTS = 5_000  # whose states travel in a passport; the whole corpus' hash always does
KEY, STATE = 6, 4  # bytes: of a post's name, and of each of its two states
WITHOUT = "No passport, so discourse verify cannot check it: not a figure of one workspace as it was measured."
LIBRARIES = ("matplotlib", "numpy", "pandas", "pillow", "scikit-learn", "scipy", "spacy", "statsmodels", "wordcloud")
OF_POSTS = ("title", "text", "published", "categories", "authors", "language", "duplicate_of", "reprinted_from", "url")
FOUND = {
    "sentences": ("sentence", "start", "end"),
    "mentions": ("start", "end", "label", "entity"),
    "codings": ("sentence", "code", "holder", "modality", "method"),
    "notes": ("number", "part", "author", "title", "year", "domain"),
}


def passport_of(chart: Drawn, name: str, measured: Measured) -> dict[str, Any]:
    """Return the passport of a chart of a measured workspace.

    Parameters
    ----------
    chart : as drawn.
    name : of `CHARTS`.
    measured : what it was drawn from.
    """
    from discourse.export import issued

    record = measured.record
    corpus = {
        "name": record["corpus"]["title"], "identifier": record["corpus"]["source"], "version": record["tables"]["posts"],
        "size": f"{len(measured.posts)} posts",
    }  # fmt: skip
    run = {
        "chart": name, "asked": measured.asked.given(), "made_with": made_with(record), "rules": record["tag"].get("rules", {}),
        "posts": _packed(measured.states),
    }  # fmt: skip
    return issued(chart, corpus=corpus, program={"name": "discourse", "softwareVersion": version("discourse")}, run=run)


def made_with(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a workspace was tagged and measured with, from its manifest: titles to read, hashes to compare."""
    tagged, measured = record["tag"], record["measure"]
    parts, gold = tagged.get("parts", {}), measured.get("gold")
    titles = {
        "codebook": tagged["codebook"], "model": (tagged.get("model") or {}).get("title", "none, by rules"), "pipeline": tagged["pipeline"],
    }  # fmt: skip
    tagging = {name: f"{titles.get(name, '')} {parts.get(name) or ''}".strip()[:80] for name in sorted({*titles, *parts})}
    by_hand = f"{Path(gold['file']).name} {gold['sha256']}" + (f", split {gold['split']}" if gold["split"] else "") if gold else "none"
    libraries = {name: version(name) for name in LIBRARIES}
    return {**tagging, "gold": by_hand, "measures": measured["inputs"]["measured_by"], "libraries": libraries}


def made_with_said(record: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands at the foot of pages, title -> text, from the manifest of a measured workspace; no path, no clock.

    The snapshot is the beginning of the hash of the table `posts`, and so of every post as it was loaded.
    """
    tagged, gold, model = record["tag"], record["measure"].get("gold"), record["tag"].get("model")
    coded = "none"
    if gold:
        split = f", split {gold['split']}" if gold["split"] else ""
        coded = f"{gold['n']:,} sentences of {Path(gold['file']).name}{split} ({gold['sha256'][:SHORT]})"
    return {
        "Corpus": f"{record['corpus']['title']}, {record['summary']['posts']:,} posts",
        "Snapshot": record["tables"]["posts"][:SHORT],
        "Codebook": f"{tagged['codebook']} ({tagged['codebook_sha256'][:SHORT]})",
        "Model": f"{model['title']} ({model['fingerprint'][:SHORT]})" if model else "none, framings are coded by rules",
        "Names": f"{tagged['pipeline']}, gazetteer {tagged['gazetteer_sha256'][:SHORT]}",
        "Hand codes": coded,
        "Program": f"discourse {version('discourse')}",
    }


def state_of_posts(measured: Measured) -> pd.DataFrame:
    """Return for each post, by `post_id`, two numbers that change with it: `text` (as loaded) and `found` (as tagged)."""
    import numpy as np
    import pandas as pd

    posts = measured.posts
    state = pd.DataFrame({"text": _hashes(posts, OF_POSTS), "found": np.uint64(0)}).set_index(pd.Index(posts["post_id"]))
    for name, columns in FOUND.items():
        table = measured.table(name)
        sums = pd.Series(_hashes(table, columns), index=table.index).groupby(table["post_id"].to_numpy()).sum()
        state["found"] += sums.reindex(state.index, fill_value=0).astype("uint64")
    return state


def _hashes(table: pd.DataFrame, columns: tuple[str, ...]) -> Any:
    from pandas.util import hash_pandas_object

    return hash_pandas_object(table[list(columns)].astype(str), index=False).to_numpy()


def _packed(state: pd.DataFrame) -> dict[str, Any]:
    """Return the states of posts as a passport holds them; of a large corpus only how many there are."""
    if len(state) > MOST_POSTS:
        return {"n": len(state), "states": None}
    rows = sorted(_key(post) + _short(text) + _short(found) for post, text, found in state.itertuples(name=None))
    return {"n": len(state), "states": base64.b64encode(b"".join(rows)).decode()}


def states_in(passport: Mapping[str, Any], state: pd.DataFrame) -> pd.DataFrame | None:
    """Return what became of each post since a passport was made, or nothing where that does not hold the states of posts.

    Returns
    -------
    DataFrame : `post_id` (null of a post that is gone: a passport does not name it) and `became`: `new`, `gone`, `changed` (its text or
        what is known of it) or `tagged otherwise`.
    """
    import pandas as pd

    packed = passport["discourse"].get("posts", {}).get("states")
    if packed is None:
        return None
    data, size = base64.b64decode(packed), KEY + 2 * STATE
    then = {data[k : k + KEY]: data[k + KEY : k + size] for k in range(0, len(data), size)}
    rows = []
    for post, text, found in state.itertuples(name=None):
        before = then.pop(_key(post), None)
        if before is None:
            rows.append((post, "new"))
        elif before[:STATE] != _short(text):
            rows.append((post, "changed"))
        elif before[STATE:] != _short(found):
            rows.append((post, "tagged otherwise"))
    rows += [(None, "gone")] * len(then)
    return pd.DataFrame(rows, columns=["post_id", "became"])


def _key(post_id: str) -> bytes:
    name: str = paths.sha256(post_id.encode())
    return bytes.fromhex(name[: 2 * KEY])


def _short(state: int) -> bytes:
    low: int = int(state) & (256**STATE - 1)
    return low.to_bytes(STATE, "big")


def stamp(chart: Drawn, identifier: str) -> None:
    """Print a figure's identifier at its foot."""
    from discourse.chart import stamped

    stamped(chart.figure, STAMP.format(identifier))


def without_passport(chart: Drawn) -> Figure:
    """Return a chart that is not of one measured workspace as a figure that says so at its foot."""
    from discourse.chart import stamped
    from discourse.export import Figure

    stamped(chart.figure, WITHOUT)
    return Figure(chart)


def keep(workspace: Path, passport: Mapping[str, Any]) -> None:
    """Keep a passport in its workspace, under its identifier."""
    from discourse.export import to_json

    file = workspace / FOLDER / f"{passport['identifier']}.json"
    data = f"{to_json(passport)}\n".encode()
    if not file.is_file() or file.read_bytes() != data:
        paths.write_whole(file, data)


def kept(workspace: Path, identifier: str) -> dict[str, Any]:
    """Return the passport that a workspace keeps under an identifier.

    Raises
    ------
    WorkspaceError : it keeps none of that name.
    InputError : it is damaged.
    """
    from discourse.export import from_json

    file = workspace / FOLDER / f"{identifier}.json"
    if not file.is_file():
        raise WorkspaceError(
            f"{workspace}: keeps no passport of the figure {identifier}; it was made from another workspace, or in another copy."
        )
    passport = from_json(file.read_text(encoding="utf-8"), str(file))
    if passport is None:
        raise InputError(f"{file}: is no passport; make the figure anew.")
    return passport
