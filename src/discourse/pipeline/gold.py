"""The hand codes that correct the shares of a corpus: read, found in its sentences, and refused where the tagger was fitted to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths, workspaces
from discourse.errors import InputError
from discourse.pipeline.coded import CODERS, MEASURE, coded_sentences, framings_coded

if TYPE_CHECKING:
    import pandas as pd

    from discourse.measure import Gold
    from discourse.tag import Tagger

__all__ = ["Corpus", "GoldFile", "Lines", "correction_said", "gold_in", "gold_of", "lines_in"]

Row = dict[str, Any]
Place = tuple[str, int]
CODINGS = ["post_id", "sentence", "code", "holder", "modality"]


class GoldFile(NamedTuple):
    """A file of hand codes, and which `split` of it is meant."""

    file: Path
    split: str | None = None


class Corpus(NamedTuple):
    """The posts of a workspace that count, with its sentences and codings: all, or those that matter."""

    workspace: Path
    posts: pd.DataFrame
    sentences: pd.DataFrame
    codings: pd.DataFrame


class Lines(NamedTuple):
    """The lines of a file of hand codes, by post and number of their sentence: those of a corpus, and of them those in posts that count.

    `codes` are those of the codebook that are coded, `n` is how many lines there are in all.
    """

    codes: list[str]
    placed: dict[Place, Row]
    inside: dict[Place, Row]
    n: int


def lines_in(corpus: Corpus, chosen: GoldFile, tagger: Tagger) -> Lines:
    """Return the hand-coded lines of a corpus; see `gold_in`.

    Raises
    ------
    InputError : a line is malformed, or stands no longer where it was coded; a sentence stands twice; no code of the codebook is coded.
    """
    codes, rows = _read(chosen, tagger)
    placed = _placed(rows, corpus, chosen.file)
    counted = set(corpus.posts["post_id"])
    return Lines(codes, placed, {place: row for place, row in placed.items() if place[0] in counted}, len(rows))


def gold_of(workspace: Path, posts: pd.DataFrame, chosen: GoldFile, tagger: Tagger) -> tuple[Gold, dict[str, Any]]:
    """Return what `gold_in` returns for a workspace, of which only what the gold needs is read into memory.

    Parameters
    ----------
    workspace : tagged.
    posts : those that count.
    chosen, tagger : as in `gold_in`.
    """
    import pandas as pd

    _, rows = _read(chosen, tagger)
    texts, ids = {row["text"] for row in rows}, {row.get("post_id") for row in rows}
    parts = []
    for _, part in workspaces.read_parts(workspace, "sentences"):
        needed = part["text"].isin(texts) | part["post_id"].isin(ids) | (tagger.known.find(part["text"]) >= 0)
        parts.append(part[needed])
    sentences = pd.concat(parts, ignore_index=True)
    codings = [part[part["post_id"].isin(sentences["post_id"])] for _, part in workspaces.read_parts(workspace, "codings")]
    return gold_in(Corpus(workspace, posts, sentences, pd.concat(codings, ignore_index=True)), chosen, tagger)


def gold_in(corpus: Corpus, chosen: GoldFile, tagger: Tagger) -> tuple[Gold, dict[str, Any]]:
    """Return the hand-coded sentences of a corpus, and what is to be said of them.

    A line with `post_id`, `start` and `end` must stand there as it was coded; one without is found by its text, and by its date where the
    text stands in several posts.

    Parameters
    ----------
    corpus : tagged.
    chosen : the file, JSON Lines as `evaluate_framings` takes it; `p_inclusion` is the chance with which a sentence was drawn.
    tagger : that tagged the corpus.

    Raises
    ------
    InputError : a line is malformed, or stands no longer where it was coded; a sentence stands twice; the tagger was fitted to one; none is
        of this corpus, or none of the codebook's codes is coded.
    """
    import pandas as pd

    from discourse.measure import Gold, count

    codes, placed, inside, n = lines_in(corpus, chosen, tagger)
    counted = set(corpus.posts["post_id"])
    if not inside:
        raise InputError(
            f"{chosen.file}: none of its {n} sentences is in a post of {corpus.workspace} that counts; code sentences of "
            f"this corpus (discourse plan {corpus.workspace} --out FOLDER)."
        )
    known, known_codings = _known(corpus, tagger)
    _refuse_fitted(inside, tagger, chosen.file)
    places = list(inside)
    n_words = corpus.sentences.set_index(["post_id", "sentence"])["n_words"]
    of_gold = pd.DataFrame(places, columns=["post_id", "sentence"])
    of_gold = of_gold.assign(n_words=n_words.loc[places].to_numpy(), p_inclusion=[row["p_inclusion"] for row in inside.values()])
    gold = Gold(
        sentences=of_gold, coded=_codings(inside, codes), found=corpus.codings.merge(of_gold[["post_id", "sentence"]]), codes=tuple(codes),
        known=count(corpus.posts, known, known_codings), seen=count(corpus.posts, known, corpus.codings),
        known_codes=tagger.model.codes if len(known) else (), coders=tuple(_coders(inside, codes)),
    )  # fmt: skip
    about = {
        "file": str(chosen.file.resolve()), "sha256": paths.sha256(chosen.file.read_bytes()), "split": chosen.split,
        "n": len(inside), "n_posts": len({post for post, _ in inside}), "n_elsewhere": n - len(placed),
        "n_left_out": len(placed) - len(inside), "n_known": int(known["post_id"].isin(counted).sum()),
        "alike": len({row["p_inclusion"] for row in inside.values()}) == 1, "coders": len(gold.coders),
    }  # fmt: skip
    return gold, about


def _read(chosen: GoldFile, tagger: Tagger) -> tuple[list[str], list[Row]]:
    """Return which of the codebook's codes are coded, and the lines."""
    framings, themes = (list(tagger.codebook.of_kind(kind)) for kind in ("framing", "theme"))
    loose = coded_sentences(chosen.file, framings_coded(()), split=chosen.split)
    codes = [code for code in (*framings, *themes) if any(code in row for row in loose)]
    if not codes:
        raise InputError(
            f"{chosen.file}: no code of the codebook {tagger.codebook.name} is coded; it has {', '.join([*framings, *themes][:4])} …"
        )
    stance = any(code in framings for code in codes)
    return codes, coded_sentences(chosen.file, _with_chances(framings_coded(codes, stance=stance)), split=chosen.split)


def _with_chances(check: Callable[[Row], Row]) -> Callable[[Row], Row]:
    """Return a check of a line that also holds all lines to say the chance of inclusion, or none."""
    given: set[bool] = set()

    def coded(row: Row) -> Row:
        given.add(row.get("p_inclusion") is not None)
        if len(given) > 1:
            raise ValueError("p_inclusion stands in some lines and not in others; without it a sentence would weigh what it must not")
        return check(row)

    return coded


def _placed(rows: Sequence[Row], corpus: Corpus, file: Path) -> dict[Place, Row]:
    """Return the lines by post and number of their sentence, without those of other corpora."""
    columns = ["post_id", "sentence", "start", "end", "text"]
    by_text: dict[str, list[tuple[str, int]]] = defaultdict(list)
    there: dict[tuple[str, int, int], tuple[int, str]] = {}
    for post, number, start, end, text in corpus.sentences[columns].itertuples(index=False, name=None):
        by_text[text].append((post, number))
        there[post, start, end] = number, text
    published = corpus.posts["published"].dt.strftime("%Y-%m-%d")
    dates = dict(zip(corpus.posts["post_id"], published, strict=True))
    known = set(corpus.sentences["post_id"])
    placed: dict[Place, Row] = {}
    for row in rows:
        post = row.get("post_id")
        if post in known and row.get("start") is not None and row.get("end") is not None:
            number, text = there.get((str(post), row["start"], row["end"]), (-1, ""))
            if text != row["text"]:
                raise InputError(
                    f"{file}: the sentence {row['id']!r} does not stand in {post} from {row['start']} to {row['end']}; the post has "
                    "changed since it was coded: load what was coded, or code it anew."
                )
            place = (str(post), number)
        else:
            found = _by_text(by_text.get(row["text"], []), dates, row)
            if found is None:
                continue
            place = found
        if place in placed:
            raise InputError(f"{file}: the ids {placed[place]['id']!r} and {row['id']!r} are of one sentence; leave one of them out.")
        placed[place] = row
    return placed


def _by_text(found: Sequence[tuple[str, int]], dates: Mapping[str, str], row: Row) -> tuple[str, int] | None:
    """Return the place of a text: where several posts have it, that of the line's date."""
    if len({post for post, _ in found}) > 1:
        found = [place for place in found if row.get("date") and dates.get(place[0]) == row["date"][:10]]
    return found[0] if len({post for post, _ in found}) == 1 else None


def _codings(rows: Mapping[Place, Row], codes: Sequence[str], coder: str | None = None) -> pd.DataFrame:
    """Return hand codes as codings; a theme has no holder and no modality of its own, and counts whatever they are."""
    import pandas as pd

    made = []
    for place, row in rows.items():
        own = row if coder is None else row.get(coder)
        if isinstance(own, dict):
            made += [
                (*place, code, own.get("holder") or "author", own.get("modality") or "asserted") for code in codes if own.get(code) == 1
            ]
    return pd.DataFrame(made, columns=CODINGS).astype({"sentence": "int64"})


def _coders(rows: Mapping[Place, Row], codes: Sequence[str]) -> Iterator[Any]:
    import numpy as np

    from discourse.measure import Coder

    for name in sorted({key for row in rows.values() for key in row if key.startswith(CODERS)}):
        had = np.array([isinstance(row.get(name), dict) for row in rows.values()])
        if had.any():
            yield Coder(had, _codings(rows, codes, name))


def _known(corpus: Corpus, tagger: Tagger) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sentences that the tagger was fitted to, and their hand codes as codings; without those whose holder nobody coded."""
    coded = tagger.known.coded(corpus.sentences["text"])
    codes = list(tagger.known.codes)
    held = coded["holder"].notna() & coded["modality"].notna()
    coded = coded[held | ~coded[codes].any(axis=1)]
    known = corpus.sentences.iloc[coded.index]
    long = coded.assign(post_id=known["post_id"].to_numpy(), sentence=known["sentence"].to_numpy())
    long = long.melt(id_vars=["post_id", "sentence", "holder", "modality"], value_vars=codes, var_name="code", value_name="carried")
    return known, long.loc[long["carried"] == 1, CODINGS]


def _refuse_fitted(rows: Mapping[Place, Row], tagger: Tagger, file: Path) -> None:
    known = tagger.known.find(row["text"] for row in rows.values())
    if fitted := [row["id"] for row, place in zip(rows.values(), known, strict=True) if place >= 0]:
        raise InputError(
            f"{file}: the model {tagger.model.title} was fitted to {len(fitted):,} of its {len(rows):,} sentences of this corpus, first "
            f"{fitted[0]!r}; it is better on those than on others, so they cannot correct it: leave them out (--split {MEASURE}), or code "
            "others."
        )


def correction_said(gold: Mapping[str, Any] | None) -> str:
    """Return what corrects the shares, as a caption says it."""
    if not gold:
        return "not corrected for the tagger's errors"
    split = f", split {gold['split']}" if gold["split"] else ""
    known = f", and {gold['n_known']:,} that the model was fitted to" if gold["n_known"] else ""
    return f"corrected by {gold['n']:,} hand-coded sentences of {gold['n_posts']:,} posts ({Path(gold['file']).name}{split}){known}"
