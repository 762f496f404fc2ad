"""Why a code rises or falls: the terms and rules that its sentences hang on, by period and from one period to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import workspaces
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.tagging import tagger_of
from discourse.pipeline.workspace import Progress, current, quiet

if TYPE_CHECKING:
    import pandas as pd

    from discourse.tag import Tagger
    from discourse.tag.influence import Carrier

__all__ = ["Influence", "influence"]


@dataclass(frozen=True)
class Influence:
    """What a code hangs on, in tidy tables.

    `periods` has a row a period: `n` sentences that carry the code, of `denominator`. `parts` has a row a coding and term (or rule): what
    it gives to the model's sum, and whether the coding `hangs` on it; with `post_id` and `sentence` it leads to the sentences.
    `about` says what was counted and by what.
    """

    periods: pd.DataFrame
    parts: pd.DataFrame
    top: int
    about: dict[str, Any]

    @cached_property
    def terms(self) -> pd.DataFrame:
        """By period, the terms that most codings hang on over the whole time."""
        return self._by_period("term")

    @cached_property
    def rules(self) -> pd.DataFrame:
        """By period, the rules that most codings hang on over the whole time."""
        return self._by_period("rule")

    @cached_property
    def changes(self) -> pd.DataFrame:
        """For each period and the next that has sentences, the terms with the largest parts of the change; see `change`."""
        import pandas as pd

        from discourse.measure.influence import CHANGE

        names = self.periods["period"].tolist()
        made = [self.change(before, after) for before, after in pairwise(names)]
        return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=[*CHANGE[:2], "term", *CHANGE[2:]])

    def change(self, before: str, after: str, *, what: str = "term") -> pd.DataFrame:
        """Return the parts of a change, the whole in the first row (without a name), then what hangs on no single term, then the largest.

        Parameters
        ----------
        before, after : two of the periods.
        what : `term` or `rule`.

        Raises
        ------
        InputError : no sentence counts in one of the periods, or they are the same.
        """
        from discourse.measure.influence import change

        known = self.periods["period"].tolist()
        for period in (before, after):
            if period not in known:
                raise InputError(f"No sentence counts in the period {period!r}.{did_you_mean(period, known) if known else ''}")
        if before == after:
            raise InputError(f"{before!r} twice; name two periods.")
        made = change(self.parts, self.periods, before=before, after=after, what=what)
        return made.head(self.top + 2)

    def _by_period(self, what: str) -> pd.DataFrame:
        from discourse.measure.influence import by_period

        return by_period(self.parts, self.periods, what=what, top=self.top)


def influence(
    workspace: Path | str, code: str, *, by: str = "year", top: int = 20, headline: bool = True, progress: Progress = quiet
) -> Influence:
    """Return the terms and rules that the codings of a code hang on, by period, and their parts in its rise and fall.

    The sentences that carry the code are read again, each term and each rule left out in turn. That says what the tagger saw; it is no
    proof of a cause, has no intervals, and tests no change.

    Parameters
    ----------
    workspace : tagged.
    code : a framing or a theme.
    by : `year`, `quarter` or `month`.
    top : so many terms and rules in each table.
    headline : of a framing only what is asserted or hedged and held by the author, as its headline share; else every coding. Themes always
        count every sentence, as their share does.
    progress : called with what is done, how many sentences are done, and of how many.

    Raises
    ------
    WorkspaceError : the posts were not tagged, or not with the tagger as it is now.
    InputError : there is no such code or kind of period.
    """
    from discourse.measure.groups import PERIODS
    from discourse.measure.influence import period_table

    workspace = Path(workspace)
    tagged = current(workspace, "tag", "posts", "tagged")["tag"]
    kinds = {"framing": tagged["framings"], "theme": tagged["themes"]}
    names = {**tagged["framings"], **tagged["themes"]}
    for value, known, kind in ((code, names, "code"), (by, PERIODS, "kind of period")):
        if value not in known:
            raise InputError(f"There is no {kind} {value!r}.{did_you_mean(value, known)}")
    tagger = tagger_of(workspace)
    only_headline = headline and code in kinds["framing"]
    counted, coded, undated = _counted(workspace, code, by, tagged["language"], only_headline)
    parts, n_moved = _parts(coded, tagger, code, progress)
    about = {
        "corpus": workspaces.manifest(workspace)["corpus"]["title"], "code": code, "name": names[code], "by": by, "headline": only_headline,
        "method": tagger.model.title if tagger.learned and code in tagger.model.codes else "rules",
        "codebook": tagged["codebook"], "n": len(coded), "n_posts": int(coded["post_id"].nunique()),
        "n_posts_counted": len(counted), "n_undated": undated, "n_not_found_again": n_moved,
    }  # fmt: skip
    return Influence(period_table(counted, coded), parts, top, about)


def _counted(workspace: Path, code: str, by: str, language: str, only_headline: bool) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return the posts that count with their sentences, the sentences that carry the code, and how many posts no period holds."""
    from discourse.measure import counted
    from discourse.measure.counts import count
    from discourse.measure.groups import period_of
    from discourse.measure.measures import headline

    posts, sentences, codings, mentions = (workspaces.read(workspace, name) for name in ("posts", "sentences", "codings", "mentions"))
    posts = counted(posts, language=language).posts
    posts = posts.assign(period=period_of(posts, by=by))
    dated = posts[posts["period"].notna()]
    chosen = codings[codings["code"] == code]
    chosen = headline(chosen) if only_headline else chosen
    denominators = count(dated, sentences, codings.iloc[:0])[["post_id", "sentences"]]
    inside = sentences[["post_id", "sentence", "text", "language", "start"]]
    coded = chosen[["post_id", "sentence"]].merge(inside, on=["post_id", "sentence"]).merge(dated[["post_id", "period"]], on="post_id")
    people = (
        mentions[mentions["label"] == "PERSON"]
        .groupby(["post_id", "sentence"])[["start", "end"]]
        .apply(lambda rows: list(rows.itertuples(index=False, name=None)))
    )
    coded["people"] = [people.get((post, sentence), []) for post, sentence in zip(coded["post_id"], coded["sentence"], strict=True)]
    return dated[["post_id", "period"]].merge(denominators, on="post_id"), coded, len(posts) - len(dated)


def _parts(coded: pd.DataFrame, tagger: Tagger, code: str, progress: Progress) -> tuple[pd.DataFrame, int]:
    """Return a row a coding and term or rule, and how many codings were not found again when their sentences were read alone."""
    import pandas as pd

    from discourse.tag.influence import influences

    carriers = list(_carriers(coded))
    rows: list[tuple[Any, ...]] = []
    moved = 0
    keys = list(coded[["period", "post_id", "sentence"]].itertuples(index=False, name=None))
    for done, (key, why) in enumerate(zip(keys, influences(carriers, tagger, code=code), strict=True), start=1):
        moved += not why.carried
        rows += [(*key, "term", term, *part) for term, part in why.terms.items()]
        rows += [(*key, "rule", rule, *part) for rule, part in why.rules.items()]
        progress("Reading sentences again", done, len(carriers))
    made = pd.DataFrame(rows, columns=["period", "post_id", "sentence", "what", "name", "given", "hangs"])
    return made.astype({"given": float, "hangs": bool}), moved


def _carriers(coded: pd.DataFrame) -> Iterator[Carrier]:
    from discourse.tag.influence import Carrier

    for text, language, start, people in zip(coded["text"], coded["language"], coded["start"], coded["people"], strict=True):
        yield Carrier(text, language, tuple((a - start, b - start) for a, b in people))
