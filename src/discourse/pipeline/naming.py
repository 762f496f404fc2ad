"""Who is named in a workspace: when, with whom, and in sentences that carry which code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from discourse import tables, workspaces
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.measuring import within_years
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CoMentions", "Material", "Named", "Which", "co_mentions", "entities_by_code", "entities_over_time", "narrowed"]


class Where(TypedDict, total=False):
    """Which posts and names are looked at, where it is not all that the gazetteer knows."""

    category: str | None
    label: str | None
    unlinked: bool
    years: tuple[int | None, int | None]


class Which(Where, total=False):
    """The same, and the code whose sentences are looked at."""

    code: str | None


@dataclass(frozen=True)
class Named:
    """Who is named. `entities` counts each, `shares` holds rows of `estimates` (entity as `code`), or what `entities_by_code` says of each.

    `about` says what was counted, `n_mentions` how often each row of `shares` is named, where the shares are of posts.
    """

    entities: pd.DataFrame
    shares: pd.DataFrame
    about: dict[str, Any]
    n_mentions: Sequence[int] = ()


@dataclass(frozen=True)
class CoMentions:
    """Who is named with whom: `pairs` by number of posts, with their association, and `companies`, groups of those that go together.

    `graph` holds the same as a `networkx.Graph`. `about` says what was counted.
    """

    entities: pd.DataFrame
    pairs: pd.DataFrame
    companies: pd.DataFrame
    graph: Any
    about: dict[str, Any]


@dataclass(frozen=True)
class Material:
    """Posts that count, their sentences, the mentions of the chosen label, and the sentences that carry the code, where one is chosen."""

    posts: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    coded: pd.DataFrame | None
    about: dict[str, Any]

    def in_code(self) -> pd.DataFrame:
        """Return the mentions in sentences that carry the code; all where none is chosen."""
        return self.mentions if self.coded is None else self.mentions.merge(self.coded, on=["post_id", "sentence"])


def entities_over_time(workspace: Path | str, *, by: Sequence[str] = ("year",), most: int | None = None, **which: Unpack[Which]) -> Named:
    """Return who is named when: the share of posts that name each entity in each period or other group, with intervals over posts.

    Parameters
    ----------
    workspace : tagged.
    by : any of `year`, `quarter`, `month` (one of the three), `category`, `author`, `source`; without any, over all.
    most : so many entities, those that most posts name; without it all.
    which : any of `category` (posts in it), `label` (such as ORG), `code` (mentions in sentences that carry it; a framing is asserted or
        hedged, and held by the author), `unlinked` (names that the gazetteer does not know, too) and `years` (of posts, the first and the
        last, either null).

    Raises
    ------
    WorkspaceError : the posts have changed since they were tagged, or were never tagged.
    InputError : there is no such grouping, category, label or code, or no post is of these years.
    """
    from discourse.measure.entity_trends import entities_named, entity_shares, mention_counts

    material = narrowed(Path(workspace), **which)
    mentions = material.in_code()
    entities = entities_named(mentions, material.posts)
    wanted = entities["entity"].tolist()[:most]
    shares = entity_shares(material.posts, mentions, wanted, by=by)
    return Named(entities, shares, material.about | {"by": list(by)}, mention_counts(material.posts, mentions, wanted, by=by))


def entities_by_code(workspace: Path | str, code: str, *, most: int | None = None, **which: Unpack[Where]) -> Named:
    """Return who is named in sentences that carry a code: share of those sentences, and lift over all, with intervals over posts.

    Parameters
    ----------
    workspace : tagged.
    code : a framing (asserted or hedged, and held by the author) or a theme.
    most : so many entities, those that most of the code's sentences name; without it all.
    which : any of `category`, `label`, `unlinked`, `years`, as in `entities_over_time`.

    Raises
    ------
    WorkspaceError, InputError : as in `entities_over_time`.
    """
    from discourse.measure.entity_framings import entity_lift
    from discourse.measure.entity_trends import entities_named

    material = narrowed(Path(workspace), code=code, **which)
    entities = entities_named(material.mentions, material.posts)
    inside = (
        entities_named(material.in_code(), material.posts).sort_values("n_sentences", ascending=False, kind="stable")["entity"].tolist()
    )
    wanted = list(dict.fromkeys([*inside, *entities["entity"]]))[:most]
    coded = material.coded if material.coded is not None else material.sentences.iloc[:0]
    return Named(entities, entity_lift(material.posts, material.sentences, material.mentions, coded, wanted), material.about)


def co_mentions(workspace: Path | str, *, within: str = "sentence", fewest: int = 1, **which: Unpack[Which]) -> CoMentions:
    """Return who is named with whom, in one sentence or one post, with how far beyond chance, over posts.

    Parameters
    ----------
    workspace : tagged.
    within : `sentence` or `post`.
    fewest : pairs in at least so many posts.
    which : as in `entities_over_time`; with a `code`, chance is taken among the posts that carry it.

    Raises
    ------
    WorkspaceError : as in `entities_over_time`.
    InputError : the same, there is no such unit, or no two posts count.
    """
    from discourse.measure.co_mentions import co_mentions as together
    from discourse.measure.entity_trends import entities_named
    from discourse.measure.named_graph import as_graph, companies

    material = narrowed(Path(workspace), **which)
    if len(material.posts) <= 1:
        raise InputError(f"{workspace}: no two posts count; who is named with whom, against chance, takes several. Try without --together.")
    posts, mentions, coded = material.posts, material.in_code(), material.coded
    if coded is not None:  # against chance among the posts that carry the code; the others name nobody in such a sentence
        posts = posts[posts["post_id"].isin(coded["post_id"])].reset_index(drop=True)
    entities = entities_named(mentions, posts)
    pairs = together(posts, mentions, within=within, fewest=fewest)
    graph = as_graph(pairs, entities)
    return CoMentions(entities, pairs, companies(graph), graph, material.about | {"within": within})


def narrowed(
    workspace: Path, *, category: str | None = None, label: str | None = None, code: str | None = None, unlinked: bool = False,
    years: tuple[int | None, int | None] = (None, None),
) -> Material:  # fmt: skip
    """Return the posts and names that are looked at.

    Parameters
    ----------
    workspace : tagged.
    category, label, code, unlinked, years : as in `entities_over_time`.

    Raises
    ------
    WorkspaceError, InputError : as in `entities_over_time`.
    """
    from discourse.measure import counted
    from discourse.measure.groups import named_categories, period_of

    record = current(workspace, "tag", "posts", "tagged")
    tagged = record["tag"]
    posts, sentences, mentions = (workspaces.read(workspace, name) for name in ("posts", "sentences", "mentions"))
    chosen = counted(posts, language=tagged["language"])
    posts, names = within_years(chosen.posts, *years), {**tagged["framings"], **tagged["themes"]}
    labels = named_categories(chosen.posts)
    for value, known, kind in (
        (category, {one for some in labels for one in some}, "category"), (label, set(mentions["label"]), "label"), (code, names, "code"),
    ):  # fmt: skip
        if value is not None and value not in known:
            raise InputError(f"There is no {kind} {value!r}.{did_you_mean(value, known)}")
    if category is not None:
        posts = posts.loc[[category in some for some in named_categories(posts)]].reset_index(drop=True)
    mentions = mentions[mentions["post_id"].isin(posts["post_id"])]
    mentions = mentions[mentions["label"] == label] if label is not None else mentions
    unknown = mentions["entity"].str.startswith(tables.UNLINKED)
    coded = _coded(workspace, posts, code, framing=code in tagged["framings"]) if code is not None else None
    about = {
        "corpus": record["corpus"]["title"], "n_posts": len(posts), "left_out": chosen.left_out, "category": category, "label": label,
        "code": code, "code_name": names.get(code or ""), "n_undated": int(period_of(posts, by="year").isna().sum()),
        "n_mentions": len(mentions), "n_entities": int(mentions["entity"].nunique()), "n_unlinked_mentions": int(unknown.sum()),
        "n_unlinked": int(mentions.loc[unknown, "entity"].nunique()), "unlinked": unlinked,
        "n_coded": len(coded) if coded is not None else None,
    }  # fmt: skip
    return Material(posts, sentences, mentions if unlinked else mentions[~unknown], coded, about)


def _coded(workspace: Path, posts: pd.DataFrame, code: str, *, framing: bool) -> pd.DataFrame:
    """Return `post_id` and `sentence` of the sentences that carry a code; a framing as its headline share counts it."""
    from discourse.measure.measures import headline

    codings = workspaces.read(workspace, "codings")
    codings = codings[(codings["code"] == code) & codings["post_id"].isin(posts["post_id"])]
    found: pd.DataFrame = (headline(codings) if framing else codings)[["post_id", "sentence"]].drop_duplicates(ignore_index=True)
    return found
