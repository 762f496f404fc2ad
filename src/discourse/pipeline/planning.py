"""A plan for coding by hand: which sentences, each with its chance of inclusion, and how wide the intervals will be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths, workspaces
from discourse.errors import InputError, WorkspaceError
from discourse.pipeline.scope import EVERYTHING, Scope, chosen_codes, in_scope
from discourse.pipeline.tagging import coded_by, tagger_of
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import pandas as pd

    from discourse.measure.sampling import Drawn

__all__ = ["FILES", "Plan", "plan_coding"]

FILES = ("plan.jsonl", "strata.csv", "plan.json")
PLAN = "plan-1"
DIGITS = 8


@dataclass(frozen=True)
class Plan:
    """A plan as it was written.

    `about` is what `plan.json` says, `strata` the table of `strata.csv`. `periods` has a row a period: `n_posts` and `n_sentences` in
    scope, `n_posts_drawn` and `n_drawn` to be read and coded. `widths` has a row a number of sentences `n`, `code` and `over` (`all`, or a
    typical `year`) with the `half_width` of the 95 % interval to expect: a share, 0 to 1; null where it cannot be told.
    """

    about: dict[str, Any]
    strata: pd.DataFrame
    periods: pd.DataFrame
    widths: pd.DataFrame


class _Material(NamedTuple):
    """What a plan is drawn from: posts in scope, their sentences with strata, the codings, and posts left out by reason.

    `n_known` sentences cannot be drawn, since the tagger was fitted to them.
    """

    posts: pd.DataFrame
    sentences: pd.DataFrame
    codings: pd.DataFrame
    population: pd.DataFrame
    left_out: dict[str, int]
    n_known: int


def plan_coding(
    workspace: Path | str, *, out: Path | str, n: int = 300, n_posts: int | None = None, scope: Scope = EVERYTHING,
    codes: Sequence[str] = (), seed: int = 0,
) -> Plan:  # fmt: skip
    """Draw sentences to be coded by hand, and write `plan.jsonl`, `strata.csv` and `plan.json` into a folder.

    Sentences that the tagger was fitted to are not drawn.

    Parameters
    ----------
    workspace : tagged; it is not changed.
    out : a folder of the study's own, outside any workspace. A plan that it holds is never written over.
    n : number of sentences.
    n_posts : draw so many posts first, and sentences of these alone: fewer posts to read, wider intervals.
    scope : which of the posts that count.
    codes : of the codebook: what the tagger coded of these makes a sentence a `hit`, and their widths are told; without them the framings.
    seed : the same seed, workspace and scope give the same files.

    Raises
    ------
    WorkspaceError : the posts were not tagged; `out` lies in a workspace, or holds another plan or other files.
    InputError : there is no such code, category or year, nothing is in scope, or `n` or `n_posts` is too small for the periods.
    """
    from discourse.measure.widths import by_rule

    workspace, out = Path(workspace), Path(out)
    record = current(workspace, "tag", "posts", "tagged")
    _outside(out)
    tagged = record["tag"]
    chosen = chosen_codes(tagged, codes)
    found = _material(workspace, tagged, scope, chosen)
    samples = _samples(found.population, n=n, n_posts=n_posts, seed=seed)
    drawn = samples[n]
    widths = _widths(found, samples, {code: code in tagged["framings"] for code in chosen})
    about = {
        "made_by": PLAN, "corpus": record["corpus"]["title"], "source": record["corpus"]["source"],
        "tables": {name: record["tables"][name] for name in ("posts", "sentences", "codings")},
        **{key: tagged[key] for key in ("codebook", "codebook_sha256", "fingerprint")}, "coded_by": coded_by(tagged),
        "codes": chosen, "by_rule": [code for code in chosen if by_rule(found.codings, code)],
        "scope": dict(zip(("from", "to", "categories"), scope, strict=True)),
        "seed": seed, "n_asked": n, "n_posts_asked": n_posts, "left_out": found.left_out, "n_known": found.n_known,
        **_numbers(found.population, drawn),
        "expected": widths.round(4).astype(object).where(widths.notna(), None).to_dict("records"),
    }  # fmt: skip
    lines = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _lines(drawn, found))
    texts = (lines, drawn.strata.to_csv(index=False, lineterminator="\n"), f"{json.dumps(about, ensure_ascii=False, indent=1)}\n")
    _write(out, dict(zip(FILES, (text.encode() for text in texts), strict=True)))
    return Plan(about, drawn.strata, _periods(found.population, drawn), widths)


def _outside(out: Path) -> None:
    """Check that a folder does not lie in a workspace, which may be deleted at any time."""
    for folder in (out.resolve(), *out.resolve().parents):
        if (folder / workspaces.MANIFEST).is_file() and (folder / "posts").is_dir():
            raise WorkspaceError(
                f"{out}: lies in the workspace {folder}, and workspaces are safe to delete; choose a folder apart from it."
            )


def _material(workspace: Path, tagged: Mapping[str, Any], scope: Scope, codes: Mapping[str, str]) -> _Material:
    from discourse.measure.sampling import strata

    posts, left_out = in_scope(workspaces.read(workspace, "posts"), scope, language=tagged["language"])
    sentences, codings = workspaces.read(workspace, "sentences"), workspaces.read(workspace, "codings")
    known = tagger_of(workspace).known.find(sentences["text"]) >= 0
    n_known = int((known & sentences["post_id"].isin(posts["post_id"])).sum())
    sentences = sentences[~known]
    of_framings = bool(set(codes) & set(tagged["framings"]))
    scored = sentences if of_framings else sentences.drop(columns="score", errors="ignore")  # it is of framings alone
    population = strata(posts, scored, codings, codes=codes, categories=scope.categories)
    if empty := len(posts) - population["post_id"].nunique():
        left_out["with no sentence to draw"] = empty
    if population.empty:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items())
        raise InputError(f"{workspace}: no sentence in scope{f'; posts left out: {reasons}' if reasons else ', as it has no post'}.")
    return _Material(posts, sentences, codings, population, left_out, n_known)


def _samples(population: pd.DataFrame, *, n: int, n_posts: int | None, seed: int) -> dict[int, Drawn]:
    """Return the sample asked for, and such of half as many sentences, two and four times as many, and all."""
    from discourse.measure.sampling import draw, fewest

    samples = {n: draw(population, n=n, n_posts=n_posts, seed=seed)}
    for size in (n // 2, 2 * n, 4 * n, len(population)):
        if fewest(population) <= size <= len(population):
            samples.setdefault(size, draw(population, n=size, n_posts=n_posts, seed=seed))
    return samples


def _widths(found: _Material, samples: Mapping[int, Drawn], codes: Mapping[str, bool]) -> pd.DataFrame:
    """Return the widths to expect of each sample and code; a code is a framing or not."""
    import pandas as pd

    from discourse.measure.widths import residuals, widths

    sizes = {len(drawn.sentences): drawn for drawn in samples.values()}
    made = []
    for code, framing in codes.items():
        expected = residuals(found.population, found.codings, code=code, framing=framing)
        made += [widths(sizes[size], expected).assign(n=size, code=code) for size in sorted(sizes)]
    return pd.concat(made, ignore_index=True)[["n", "code", "over", "half_width"]]


def _numbers(population: pd.DataFrame, drawn: Drawn) -> dict[str, int]:
    return {
        "n": len(drawn.sentences), "n_posts": drawn.sentences["post_id"].nunique(),
        "n_sentences_in_scope": len(population), "n_posts_in_scope": population["post_id"].nunique(),
    }  # fmt: skip


def _periods(population: pd.DataFrame, drawn: Drawn) -> pd.DataFrame:
    """Return by period how many posts and sentences there are, and how many are to be read and coded."""
    tallies = [
        frame.groupby("period").agg(n_posts=("post_id", "nunique"), n=("sentence", "size")) for frame in (population, drawn.sentences)
    ]
    table = tallies[0].rename(columns={"n": "n_sentences"}).join(tallies[1].rename(columns={"n_posts": "n_posts_drawn", "n": "n_drawn"}))
    return table.reset_index()


def _lines(drawn: Drawn, found: _Material) -> list[dict[str, Any]]:
    """Return the sentences to code, in the order in which they are coded, as `plan.jsonl` has them."""
    keys = ["post_id", "sentence"]
    table = drawn.sentences.merge(found.sentences[[*keys, "start", "end", "text"]], on=keys, how="left")
    table = table.merge(found.posts[["post_id", "source", "published"]], on="post_id", how="left")
    table["date"] = table["published"].dt.strftime("%Y-%m-%d").astype(object).where(table["published"].notna(), None)
    table["stratum"] = table["period"] + " / " + table["category"] + " / " + table["band"]
    columns = ["source", *keys, "start", "end", "text", "date", "stratum", "p_inclusion"]
    used: set[str] = set()
    places = zip(table["post_id"], table["start"], table["end"], strict=True)
    names = [_id(" ".join(map(str, place)), used) for place in places]
    return [{"id": name, **dict(zip(columns, row, strict=True))} for name, row in zip(names, table[columns].values.tolist(), strict=True)]


def _id(place: str, used: set[str]) -> str:
    """Return a sentence's own name: a hash of its place, and of more where another sentence has it already."""
    tries = (paths.sha256(f"{place}{' ' * k}".encode())[:DIGITS] for k in range(len(used) + 1))
    name = next(name for name in tries if name not in used)
    used.add(name)
    return name


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write a plan into a folder of its own; the same plan may stand there, with what was made of it, and no other.

    Raises
    ------
    WorkspaceError : the folder holds another plan or other files.
    """
    first = FILES[0]
    if not (out / first).exists():
        with paths.filled(out, FILES) as pending:
            for name, data in files.items():
                paths.write_whole(pending / name, data)
        return
    for name, data in files.items():
        if (out / name).exists() and (out / name).read_bytes() != data:
            raise WorkspaceError(f"{out}: holds another plan ({name} differs), and its sheets may be in work; choose a new folder.")
    for name, data in files.items():
        if not (out / name).exists():
            paths.write_whole(out / name, data)
