"""A measured workspace as charts see it: its tables, read once, narrowed to what was asked, and what captions say of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from discourse import paths, workspaces
from discourse.errors import InputError, did_you_mean
from discourse.pipeline.charts.asked import Asked
from discourse.pipeline.gold import correction_said, gold_of
from discourse.pipeline.measuring import balance, gold_before, shares, within_years
from discourse.pipeline.tagging import coded_by, tagger_of
from discourse.pipeline.trending import trends_or_why
from discourse.pipeline.workspace import current

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import About
    from discourse.measure import Gold

__all__ = ["Measured"]

T = TypeVar("T")
USUAL = ((), ("year",), ("category",), ("year", "category"))  # the groupings that the table `estimates` holds


class Measured:
    """What a chart draws from.

    `record` is the manifest; `framings` and `themes` give the names of the codes asked for, of all where none are. Tables are read when
    they are first looked at.
    """

    def __init__(self, workspace: Path | str, asked: Asked = Asked(), *, read: dict[Hashable, Any] | None = None) -> None:  # noqa: B008
        """Open a workspace; `read` holds tables of it that were read already, and what was made of them alone.

        Raises
        ------
        WorkspaceError : it was not tagged, or not measured, as it is now.
        InputError : a code or the category is not there, or no post is of these years.
        """
        self.workspace, self.asked = Path(workspace), asked
        current(self.workspace, "tag", "posts", "tagged")
        self.record: dict[str, Any] = current(self.workspace, "measure", "codings", "measured")
        self._read: dict[Hashable, Any] = {} if read is None else read
        self._made: dict[Hashable, Any] = {}
        tagged = self.record["tag"]
        self.names: Mapping[str, str] = {**tagged["framings"], **tagged["themes"]}
        for code in asked.codes:
            self._known("code", code, self.names)
        if asked.category is not None:
            self._known("category", asked.category, {name for some in self.posts["categories"].dropna() for name in some})
        wanted = [code for code in self.names if code in asked.codes] or list(self.names)
        self.framings = {code: self.names[code] for code in wanted if code in tagged["framings"]}
        self.themes = {code: self.names[code] for code in wanted if code in tagged["themes"]}

    def asking(self, asked: Asked) -> Measured:
        """Return the same workspace with other options."""
        return Measured(self.workspace, asked, read=self._read)

    @property
    def states(self) -> pd.DataFrame:
        """The state of every post, as passports hold it."""
        from discourse.pipeline.passports import state_of_posts

        return self.shared("states", state_of_posts)

    def once(self, name: Hashable, make: Callable[[Measured], T]) -> T:
        """Return what a function makes of this workspace and these options; it is called the first time only, as it takes seconds."""
        if name not in self._made:
            self._made[name] = make(self)
        made: T = self._made[name]
        return made

    def shared(self, name: Hashable, make: Callable[[Measured], T]) -> T:
        """Return the same of what does not depend on the options, or on those alone that its name holds; `asking` takes it along."""
        if name not in self._read:
            self._read[name] = make(self)
        made: T = self._read[name]
        return made

    def table(self, name: str) -> pd.DataFrame:
        """Return one table of the workspace, whole."""
        return self.shared(name, lambda measured: workspaces.read(measured.workspace, name))

    @property
    def posts(self) -> pd.DataFrame:
        """Every post, those too that do not count."""
        return self.table("posts")

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The posts that count, of the years and the category asked for."""
        from discourse.measure import counted

        return self._asked_for(counted(self.posts, language=self.record["tag"]["language"]).posts)

    @cached_property
    def trends(self) -> Mapping[str, pd.DataFrame] | str:
        """The tables of the trends of the codes and years asked for, or why there are none."""
        return trends_or_why(self.workspace, codes=self.asked.codes, years=self.asked.years)

    @property
    def gold(self) -> Gold | None:
        """The hand-coded sentences that the workspace was measured with; nothing where there are none, or their file has changed."""
        return self.shared("gold", Measured._gold)

    def _gold(self) -> Gold | None:
        from discourse.measure import counted

        about, used = self.record["measure"].get("gold"), gold_before(self.record)
        if used is None or not used.file.is_file() or paths.sha256(used.file.read_bytes()) != about["sha256"]:
            return None
        posts = counted(self.posts, language=self.record["tag"]["language"]).posts
        return gold_of(self.workspace, posts, used, tagger_of(self.workspace))[0]

    def shares(self, *, by: Sequence[str] = (), unit: str = "sentence", codes: Iterable[str] | None = None) -> pd.DataFrame:
        """Return rows of `estimates` for the years asked for, in a grouping; those of the table itself where it holds them.

        They are of the codes asked for, or of some of these. With a category asked for, `by` must name `category`, and only its rows come.
        """
        asked = self.asked
        codes = [*self.framings, *self.themes] if codes is None else list(codes)
        if tuple(by) in USUAL and unit == "sentence" and asked.years == (None, None):
            rows = self.table("estimates")
            grouped = (rows["period"] != "") == ("year" in by), (rows["category"] != "") == ("category" in by)
            rows = rows[grouped[0] & grouped[1] & rows["measure"].str.startswith("share") & rows["code"].isin(codes)]
        elif codes:
            rows = shares(self.workspace, by=by, codes=codes, unit=unit, years=asked.years)
        else:
            rows = self.table("estimates").iloc[:0]
        if asked.category is not None:
            rows = rows[rows["category"] == asked.category]
        return rows.reset_index(drop=True)

    def differences(self, codes: tuple[str, str], *, by: str) -> pd.DataFrame:
        """Return by how much the headline share of one framing is above that of another, of the years asked for, in a grouping."""
        return balance(self.workspace, codes, by=(by,), years=self.asked.years)

    @cached_property
    def about(self) -> About:
        """What the caption says: what was counted, of when, what was left out, by what it was made."""
        from discourse.chart import About

        record, tagged, counts = self.record, self.record["tag"], self.table("counts")
        counts = counts[counts["post_id"].isin(self.counted["post_id"])]
        coded = f"{coded_by(tagged)}; names by {tagged.get('pipeline', 'the gazetteer alone')}"
        inside = f", category {self.asked.category}" if self.asked.category is not None else ""
        return About(
            corpus=record["corpus"]["title"] + inside, span=self._span(), left_out=self._left_out(),
            notices=tuple(self.table("sources")["notice"].dropna()), n_posts=counts["post_id"].nunique(),
            n_sentences=int(counts.loc[counts["code"] == "all", "sentences"].sum()),
            made_with=f"{coded}; {correction_said(None)}.", corrected_with=f"{coded}; {correction_said(record['measure'].get('gold'))}.",
        )  # fmt: skip

    def _span(self) -> str:
        summary = self.record["summary"]
        days: tuple[str, ...] = (summary["first"], summary["last"])
        if self.asked != Asked() and self.counted["published"].notna().any():
            days = tuple(f"{day:%Y-%m}" for day in (self.counted["published"].min(), self.counted["published"].max()))
        return " to ".join(dict.fromkeys(day[:7] for day in days if day)) or "undated"

    def _left_out(self) -> dict[str, int]:
        """Return how many posts are out of the denominators, by reason, of those that were asked for."""
        from discourse.measure import counted

        if self.asked.years == (None, None) and self.asked.category is None:
            return dict(self.record["measure"]["left_out"])
        return counted(self._asked_for(self.posts), language=self.record["tag"]["language"]).left_out

    def _asked_for(self, posts: pd.DataFrame) -> pd.DataFrame:
        posts = within_years(posts, *self.asked.years)
        if self.asked.category is None:
            return posts
        return posts.loc[[self.asked.category in (some or ()) for some in posts["categories"]]].reset_index(drop=True)

    @staticmethod
    def _known(kind: str, value: str, known: Mapping[str, str] | set[str]) -> None:
        if value not in known:
            raise InputError(f"There is no {kind} {value!r}.{did_you_mean(value, known) if known else ''}")
