"""What is behind marks of codes and posts: the sentences with their cues, the posts, the hand codes that correct, events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from discourse.pipeline.events import events_of
from discourse.pipeline.tracing.rows import EVIDENCE, Behind, as_evidence, behind, said_of, within

if TYPE_CHECKING:
    import pandas as pd

    from discourse.measure.measures import Measure
    from discourse.pipeline.charts import Measured

__all__ = ["RESOLVERS"]

FOUND, MISSED = "found by the tagger", "coded by hand, not found by the tagger"


def sentences(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return the sentences that carry a code as a mark counts them; of a corrected share also what hand codes say of them."""
    measure, corrected = _measure(mark), said_of(mark, "estimator") == "corrected"
    every = measured.shared(("sentences", measure, corrected), partial(_every, measure=measure, corrected=corrected))
    return every.of(within(measured, mark))


def _every(measured: Measured, *, measure: Measure, corrected: bool) -> Behind:
    """Return the sentences of all posts that a measure counts."""
    coded = measure.of(measured.table("codings")).assign(said=FOUND)
    if corrected:
        coded = _with_hand_codes(measured, coded, measure)
    texts = measured.table("sentences")[["post_id", "sentence", "text", "start"]].rename(columns={"start": "begins"})
    rows = coded.merge(texts, on=["post_id", "sentence"])
    rows = rows.assign(start=rows["start"] - rows["begins"], end=rows["end"] - rows["begins"], place=rows["sentence"])
    return behind(as_evidence(rows.rename(columns={"method": "rule"}), measured.posts), measured)


def _measure(mark: Mapping[str, Any]) -> Measure:
    """Return what a mark counts, from its columns `measure`, `code`, `holder` and `modality`."""
    from discourse.measure import measures_by, usual_measures

    code, holder, modality = (said_of(mark, key) for key in ("code", "holder", "modality"))
    by = [name for name, value in (("holder", holder), ("modality", modality)) if value]
    if by:
        return next(one for one in measures_by([code], by) if (one.holder, one.modality) == (holder, modality))
    usual = {one.name: one for one in (*usual_measures([code], [code]),)}
    return usual[said_of(mark, "measure") or "share"]


def _with_hand_codes(measured: Measured, coded: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return the codings with what hand codes say of their sentences, and the sentences that only hand codes have."""
    import pandas as pd

    gold = measured.gold
    if gold is None:
        return coded
    key = ["post_id", "sentence"]
    by_hand = measure.of(gold.coded)[key].drop_duplicates().assign(yes=True)
    looked = gold.sentences[key].assign(looked=True).merge(by_hand, on=key, how="left")
    rows = coded.merge(looked, on=key, how="left")
    answers = rows["yes"].notna().map({True: "; coded by hand: yes", False: "; coded by hand: no"})
    rows["said"] += answers.where(rows["looked"].notna(), "")
    missed = looked[looked["yes"].notna()].merge(coded[key].assign(found=True), on=key, how="left")
    missed = missed[missed["found"].isna()][key].assign(said=MISSED, holder=None, modality=None, method="hand codes")
    return pd.concat([rows.drop(columns=["looked", "yes"]).astype(object), missed.astype(object)], ignore_index=True)


def posts(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return posts: every one that was loaded where the mark counts those (`posts loaded`), else those that count."""
    every = measured.shared("evidence of posts", lambda one: behind(as_evidence(one.posts[["post_id"]], one.posts), one))
    return every.of(within(measured, mark, loaded=said_of(mark, "measure") == "posts loaded"))


def event(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return the dated event, and where its date is from."""
    import pandas as pd

    known = measured.shared("events", lambda _: events_of())
    found = known[known["label"] == said_of(mark, "event")]
    rows = [{"published": date, "title": label, "said": source} for date, label, source in found[["date", "label", "source"]].to_numpy()]
    return pd.DataFrame(rows, columns=EVIDENCE)


def nothing(measured: Measured, mark: Mapping[str, Any]) -> pd.DataFrame:
    """Return no row: an axis, a reference line, a level of chance."""
    import pandas as pd

    return pd.DataFrame(columns=EVIDENCE)


RESOLVERS: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "sentences": sentences, "posts": posts, "event": event, "nothing": nothing,
}  # fmt: skip
