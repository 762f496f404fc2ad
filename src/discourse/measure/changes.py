"""What changed between two runs of one corpus: posts, and codings and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.measure.aligned import spans_on_lines
from discourse.measure.counts import why_not_counted
from discourse.measure.rows import NOT_COMPARED
from discourse.paths import sha256

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COUNTED", "UNEXPLAINED", "Tagging", "cause_counts", "coding_changes", "post_changes"]

Corpus = Mapping[str, "pd.DataFrame"]
COUNTED = "counted"
UNEXPLAINED = "the same inputs, so this should not be"
NAMED = {"published": "date", "published_precision": "date", "categories_raw": "categories"}
FINEST = 1e-9  # scores that differ by less are the same
HELD = ("holder", "modality", "score", "method", "cue", "holder_text", "holder_entity")
POSTS = (
    "post_id",
    "change",
    "title",
    "published",
    "changed",
    "n_new",
    "n_gone",
    "n_kept",
    "before",
    "after",
    "sha256_before",
    "sha256_after",
)
CODINGS = ("post_id", "code", "change", "changed", "place", "cause", "rule", "sentence_before", "sentence_after", "text")


class Tagging(NamedTuple):
    """What differs between two taggings: the inputs by name, and rule -> `gone`, `new`, `changed` or `same`, where that is known."""

    inputs: tuple[str, ...] = ()
    rules: Mapping[str, str] = {}


def post_changes(before: Corpus, after: Corpus, lines: pd.DataFrame, *, languages: tuple[str, str]) -> pd.DataFrame:
    """Return a row a post that was added, removed or edited; `changed` names what of an edited one is not as it was.

    When and from which file a post was fetched is not compared.

    Parameters
    ----------
    before, after : the tables of each run.
    lines : their sentences, as `align` returns them.
    languages : the language of each run's codebook.

    Returns
    -------
    Columns of POSTS: `changed` is `text of …` where a post that one run has alone has the text of one that the other has alone; numbers of
    sentences that are new, gone and kept; `before` and `after` are `counted` or why it is not, or empty
    where the run has no such post; `sha256_…` is of the text.
    """
    import pandas as pd

    sides = [_posts(corpus["posts"], language) for corpus, language in zip((before, after), languages, strict=True)]
    there = lines[["before", "after"]].notna()
    flags = pd.DataFrame({"post_id": lines["post_id"], "n_new": ~there["before"], "n_gone": ~there["after"], "n_kept": there.all(axis=1)})
    sentences = flags.groupby("post_id").sum().to_dict("index")
    rows = []
    for post in sorted({*sides[0], *sides[1]}):
        old, new = (side.get(post) for side in sides)
        changed = _changed(old, new) if old and new else []
        if old and new and not changed:
            continue
        shown: dict[str, Any] = new or old or {}
        counts = [int(n) for n in sentences.get(post, dict.fromkeys(("n_new", "n_gone", "n_kept"), 0)).values()]
        ends = [[one[COUNTED] if one else "" for one in (old, new)], [sha256(one["text"].encode()) if one else None for one in (old, new)]]
        change = "edited" if old and new else "added" if new else "removed"
        rows.append((post, change, shown["title"], shown["published"], ", ".join(changed), *counts, *ends[0], *ends[1]))
    made = pd.DataFrame(rows, columns=list(POSTS))
    return _same_texts(made.assign(published=pd.to_datetime(made["published"])))


def _same_texts(posts: pd.DataFrame) -> pd.DataFrame:
    """Say of a post that one run has alone which of the other run's alone has its text: it may have got another name."""
    for change, other, of, of_other in (
        ("added", "removed", "sha256_after", "sha256_before"),
        ("removed", "added", "sha256_before", "sha256_after"),
    ):
        twins = posts[(posts["change"] == other) & (posts[["n_new", "n_gone"]].sum(axis=1) > 0)].drop_duplicates(of_other)
        found = posts[of].map(dict(zip(twins[of_other], twins["post_id"], strict=True))).where(posts["change"] == change)
        posts.loc[found.notna(), "changed"] = "text of " + found.dropna().astype(str)
    return posts


def _posts(posts: pd.DataFrame, language: str) -> dict[str, dict[str, Any]]:
    """Return the posts of a run by name, nulls as None."""
    counted = why_not_counted(posts, language=language).fillna(COUNTED)
    rows = posts.assign(**{COUNTED: counted}).to_dict("records")
    return {str(row["post_id"]): {str(k): v if isinstance(v, list) or v == v else None for k, v in row.items()} for row in rows}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the names of what is not the same, the text first and the rest in the order of the table."""
    names = [name for name in old if name not in NOT_COMPARED and old[name] != new[name]]
    found = dict.fromkeys(NAMED.get(name, name) for name in names)
    return sorted(found, key=lambda name: name != "text")


def coding_changes(before: Corpus, after: Corpus, lines: pd.DataFrame, *, tagging: Tagging) -> pd.DataFrame:
    """Return a row a coding that is new, gone or changed, and why.

    The cause is `text` where the sentence is new or gone. Where the sentence stayed it is `text` if something else in the post was edited,
    or what of the tagger differs; where several may be it, all are named (`codebook or model`). Where nothing differs the cause is
    UNEXPLAINED: tagging is a function of its inputs, so that is an error.

    Parameters
    ----------
    before, after : the tables of each run.
    lines : their sentences, as `align` returns them.
    tagging : what differs between the taggers.

    Returns
    -------
    Columns of CODINGS, then holder, modality, score and method before and after. `changed` says what of a changed coding; `rule` what
    became of the rule that found it, where both codebooks could be read.
    """
    import pandas as pd

    both = _both_codings(before, after, lines)
    both["change"] = both["_merge"].map({"left_only": "gone", "right_only": "new", "both": "changed"}).astype(str)
    differs = pd.DataFrame({name: both["change"].eq("changed") & _differ(both, name) for name in HELD})
    both["changed"] = [", ".join(name for name in HELD if row[name]) for row in differs.to_dict("records")]
    both = both[(both["change"] != "changed") | (both["changed"] != "")]
    both = both.merge(lines.rename(columns={"before": "sentence_before", "after": "sentence_after"}).drop(columns="post_id"), on="line")
    both = both.sort_values(["line", "code"], ignore_index=True)
    texts = [_texts(corpus["posts"]) for corpus in (before, after)]
    both["place"] = [
        _place(post, texts, a, b) for post, a, b in both[["post_id", "sentence_before", "sentence_after"]].itertuples(index=False)
    ]
    both["cause"] = [_cause(place, tagging.inputs) for place in both["place"]]
    both["rule"] = [_rule_said(*pair, tagging.rules) for pair in zip(both["method_before"], both["method_after"], strict=True)]
    ends = [f"{name}_{side}" for name in HELD[:4] for side in ("before", "after")]
    return both[[*CODINGS, *ends]]


def _texts(posts: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return what of each post is tagged: its text and its language."""
    return {post: (text, language) for post, text, language in posts[["post_id", "text", "language"]].itertuples(index=False, name=None)}


def _both_codings(before: Corpus, after: Corpus, lines: pd.DataFrame) -> pd.DataFrame:
    sides = []
    for corpus, side in ((before, "before"), (after, "after")):
        rows = spans_on_lines(corpus, "codings", lines, side)
        cue = [f"{start}-{end}" for start, end in zip(rows["from"], rows["to"], strict=True)]
        sides.append(rows.assign(cue=cue)[["post_id", "line", "code", *HELD]])
    return sides[0].merge(sides[1], on=["post_id", "line", "code"], how="outer", suffixes=("_before", "_after"), indicator=True)


def _differ(both: pd.DataFrame, name: str) -> pd.Series:
    old, new = both[f"{name}_before"], both[f"{name}_after"]
    if name == "score":
        return (old - new).abs() > FINEST
    return old.ne(new) & ~(old.isna() & new.isna())


def _place(post: str, texts: Sequence[Mapping[str, tuple[str, str]]], before: Any, after: Any) -> str:
    """Return where a coding stands: in a post, or a sentence, that one run has alone, or in one that stayed."""
    import pandas as pd

    old, new = (side.get(post) for side in texts)
    if old is None or new is None:
        return "added post" if old is None else "removed post"
    whole = "edited post" if old != new else "same post"
    if pd.isna(before) or pd.isna(after):
        return f"{'new' if pd.isna(before) else 'gone'} sentence, {whole}"
    return f"same sentence, {whole}"


def _cause(place: str, inputs: Sequence[str]) -> str:
    """Return what a coding changed for; the text settles it where there is no sentence to compare.

    >>> _cause("same sentence, edited post", ["codebook"]), _cause("new sentence, edited post", ["codebook"])
    ('text or codebook', 'text')
    """
    if place in ("added post", "removed post"):
        return "text"
    apart = place.startswith(("new sentence", "gone sentence"))
    moved = ["text"] if place.endswith("edited post") else []
    splits = [name for name in inputs if "program" in name]  # sentences are split by rules of the program alone
    return " or ".join([*moved, *(splits if apart else inputs)]) or UNEXPLAINED


def _rule_said(before: Any, after: Any, rules: Mapping[str, str]) -> str:
    """Return what became of the rules that found a coding; empty where that is not known, or nothing became of them."""
    found = dict.fromkeys(rule for rule in (before, after) if isinstance(rule, str) and rules.get(rule, "same") != "same")
    return "; ".join(f"{rule} is {rules[rule]}" for rule in found)


def cause_counts(codings: pd.DataFrame) -> pd.DataFrame:
    """Return how many codings changed, by cause, code, change, what of them changed, and place; the most frequent first."""
    keys = ["cause", "code", "change", "changed", "place"]
    grouped = codings.groupby(keys).size().rename("n").reset_index()
    return grouped.sort_values(["n", *keys], ascending=[False, *[True] * len(keys)], ignore_index=True)
