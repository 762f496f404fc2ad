"""What a report says at its beginning: answers whose sentences are made of tested claims, and where nothing is established say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.pipeline.reporting.rows import records_of

if TYPE_CHECKING:
    import pandas as pd

    from discourse.export import Figure
    from discourse.pipeline.charts import Measured

__all__ = ["Answer", "Said", "findings"]

MOST_NAMED = 6


class Said(NamedTuple):
    """One sentence, and the mark of a figure that it is taken from, if it is one."""

    text: str
    figure: str = ""
    mark: str = ""


class Answer(NamedTuple):
    """A question, what is said to it, and the figures that show it."""

    question: str
    short: str
    said: list[Said]
    figures: tuple[str, ...]


def findings(measured: Measured, figures: Mapping[str, Figure], within: pd.DataFrame) -> list[Answer]:
    """Return the answers to the five questions of a report.

    That a share rose or fell, or that one is more than another, is said only where its test passes on corrected shares (`measure.claims`,
    `measure.differences`). Every number is one of a figure.

    Parameters
    ----------
    measured : the workspace.
    figures : the charts of the report, by name.
    within : what may be said of each category, as `category_trends` returns it.
    """
    numbers = {name: records_of(figure.numbers) for name, figure in figures.items()}
    said, changing, where = list(_said(measured, numbers)), list(_changing(measured)), list(_where(measured, within, numbers))
    who, sure = list(_who(measured, numbers)), list(_how_sure(measured, numbers))
    return [
        Answer("What is being said?", _in_brief(measured, numbers), said, ("themes_over_time", "themes_by_category", "keyness")),
        Answer("Is it changing?", _established(measured), changing, ("trends", "framings_over_time")),
        Answer("In which categories?", _established_in(within), where, ("framings_over_time-category", "framing_balance")),
        Answer("Who says it?", "", who, ("framings_by_holder",)),
        Answer("How sure are we?", _basis_of_all(measured, numbers), sure, ("accuracy", "agreement")),
    ]


def _best(rows: list[dict[str, Any]], **wanted: str) -> dict[str, Any] | None:
    """Return the row with these values, corrected where there is such a one."""
    found = [row for row in rows if all((row.get(key) or "") == value for key, value in wanted.items()) and row.get("estimate") is not None]
    return min(found, key=lambda row: row.get("estimator") or "", default=None)


def _in_brief(measured: Measured, numbers: Mapping[str, list[dict[str, Any]]]) -> str:
    """Return the headline share of each framing, in a line."""
    rows = {code: _best(numbers["framings_by_holder"], code=code, measure="share_author", holder="author") for code in measured.framings}
    known = {code: row for code, row in rows.items() if row is not None}
    if not known:
        return ""
    parts = [f"{measured.names[code]} {100 * row['estimate']:.0f}%" for code, row in known.items()]
    naive = ", as the tagger finds it" if any(row["estimator"] == "naive" for row in known.values()) else ""
    return f"Held by authors: {', '.join(parts)} of sentences{naive}."


def _established(measured: Measured) -> str:
    """Return which changes are established, in a line."""
    if isinstance(measured.trends, str):
        return "It cannot be said."
    claims = measured.trends["claims"]
    changed = claims[claims["claim"] != ""]
    if changed.empty:
        return "No change is established."
    parts = [f"{measured.names[code]} {claim}" for code, claim in zip(changed["code"], changed["claim"], strict=True)]
    others = len(claims) - len(parts)
    still = f" No change is established for the other {'one' if others == 1 else others}." if others else ""
    return f"{', '.join(parts)}.{still}"


def _established_in(within: pd.DataFrame) -> str:
    changed = within.loc[within["claim"] != "", "category"].drop_duplicates().tolist()
    if not changed:
        return "In none is a change established." if len(within) else "No post is in a category."
    more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
    return f"A change is established in {', '.join(changed[:MOST_NAMED])}{more}."


def _basis_of_all(measured: Measured, numbers: Mapping[str, list[dict[str, Any]]]) -> str:
    """Return how sure it is, in a line: the framing that the program finds worst, and by how many sentences that is known."""
    gold = measured.record["measure"].get("gold")
    if not gold:
        return "Not checked: nothing was coded by hand."
    scores = [row for row in _scores(numbers) if row["estimate"] is not None]
    if not scores:
        return f"{gold['n']:,} sentences were coded by hand."
    least = min(scores, key=lambda row: (row["estimate"], row["code"]))
    return f"Least sure: {measured.names[least['code']]}, F1 {least['estimate']:.2f}, by {gold['n']:,} sentences coded by hand."


def _scores(numbers: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [row for row in numbers["accuracy"] if (row["measure"], row["method"]) == ("f1", "tagger")]


def _said(measured: Measured, numbers: Mapping[str, list[dict[str, Any]]]) -> Iterator[Said]:
    for code, name in measured.framings.items():
        row = _best(numbers["framings_by_holder"], code=code, measure="share_author", holder="author", modality="")
        if row is not None:
            yield Said(f"{name}: held by authors in {_share(row)} of sentences{_basis(row)}.", "framings_by_holder", row["mark"])
        else:
            yield Said(f"{name}: held by authors in {_counted(measured, code)}, as the tagger finds it; too few posts for a share.")
    themes = [row for row in numbers["themes_over_time"] if not row.get("period") and row.get("estimate") is not None]
    if themes:
        row = max(themes, key=lambda row: (row["estimate"], row["code"]))
        text = f"Theme found in most sentences: {measured.names[row['code']]}, {_share(row)}, as the tagger finds it."
        yield Said(text, "themes_over_time", row["mark"])
    if not measured.framings:
        yield Said("The codebook has no framings, so nothing is said of them.")


def _counted(measured: Measured, code: str) -> str:
    """Return in how many sentences of how many the author holds a framing."""
    from discourse.measure import usual_measures

    counts = measured.table("counts")
    held = next(one for one in usual_measures([code], ()) if one.name == "share_author").of(counts)["sentences"].sum()
    return f"{held:,} of {counts.loc[counts['code'] == 'all', 'sentences'].sum():,} sentences"


def _changing(measured: Measured) -> Iterator[Said]:
    if isinstance(measured.trends, str):
        yield Said(f"Whether anything changed cannot be said. {measured.trends}")
        return
    for row in measured.trends["claims"].to_dict("records"):
        yield Said(f"{row['sentence']}.")
    yield from map(Said, _tested(measured.trends["trend"], measured))


def _tested(trend: pd.DataFrame, measured: Measured) -> Iterator[str]:
    """Yield of which years the tests are, where these are not all, and why an interval apart from nought may not be enough."""
    from discourse.measure.trends import ALPHA

    corrected = trend[(trend["estimator"] == "corrected") & trend["per_year"].notna()]
    if corrected.empty:
        return
    tested, years = (corrected["first_year"].min(), corrected["last_year"].max()), measured.counted["published"].dt.year
    if (years.min(), years.max()) != tested:
        out = ((years < tested[0]) | (years > tested[1])).mean()
        yield f"Tested on {tested[0]:.0f} to {tested[1]:.0f}, which hand-coded sentences cover; {out:.0%} of the posts are of other years."
    apart = (corrected["low"] * corrected["high"] > 0) & ~((corrected["p_holm"] < ALPHA) & (corrected["p_placebo"] < ALPHA))
    if apart.any():
        yield "An interval that leaves out 0 is not enough: several tests were made, and dates put at random may give as much."


def _where(measured: Measured, within: pd.DataFrame, numbers: Mapping[str, list[dict[str, Any]]]) -> Iterator[Said]:
    claimed = within[within["claim"] != ""]
    for row in claimed.to_dict("records"):
        yield Said(f"In {row['category']}: {row['sentence']}.")
    if claimed.empty:
        yield Said(_no_change_within(within))
    yield from _more(measured, numbers)


def _no_change_within(within: pd.DataFrame) -> str:
    """Return why no change is said to have taken place in any category."""
    n = within["category"].nunique()
    if not n:
        return "No post that counts is in a category."
    tested = within[within["code"].notna() & ~within["sentence"].str.contains("tagger only")]["category"].nunique()
    if tested:
        return f"A change could be tested in {tested} of the {n} categories with most posts, and is established in none."
    return (
        f"In none of the {n} categories with most posts can a change be established: each has too few posts a year, or too few sentences "
        "coded by hand, to test a corrected share."
    )


def _more(measured: Measured, numbers: Mapping[str, list[dict[str, Any]]]) -> Iterator[Said]:
    """Yield in which categories one framing is more than the other."""
    from discourse.measure.trends import ALPHA

    rows = [row for row in numbers["framing_balance"] if row.get("measure") == "difference" and row.get("category")]
    tested = [row for row in rows if row.get("estimator") == "corrected"]
    first, second = [*measured.framings.values(), "", ""][:2]
    for row in [row for row in tested if row["p_holm"] < ALPHA][:MOST_NAMED]:
        more, less = (first, second) if row["estimate"] > 0 else (second, first)
        points = f"{abs(100 * row['estimate']):.1f} points"
        text = (
            f"In {row['category']} authors hold the {more} framing in more sentences than the {less} one: by {points} ({_interval(row)})."
        )
        yield Said(text, "framing_balance", row["mark"])
    if tested and all(row["p_holm"] >= ALPHA for row in tested):
        n = "the one category" if len(tested) == 1 else f"none of the {len(tested)} categories"
        no = "not " if len(tested) == 1 else ""
        yield Said(f"In {n} that could be tested it is {no}established that one of {first} and {second} is more than the other.")
    elif rows and not tested:
        yield Said(
            f"Which of {first} and {second} is more in a category could not be tested: no share is corrected by hand-coded sentences."
        )


def _who(measured: Measured, numbers: Mapping[str, list[dict[str, Any]]]) -> Iterator[Said]:
    for code, name in measured.framings.items():
        rows = numbers["framings_by_holder"]
        author = _best(rows, code=code, measure="share_author", holder="author", modality="")
        other = _best(rows, code=code, measure="share_other", holder="other", modality="")
        if author is not None and other is not None:
            text = f"{name}: authors in {_share(author)} of sentences, others whom they quote or report in {_share(other)}."
            yield Said(text, "framings_by_holder", other["mark"])
    if measured.framings:
        yield Said("What somebody rejects is counted apart and never added.")


def _how_sure(measured: Measured, numbers: Mapping[str, list[dict[str, Any]]]) -> Iterator[Said]:
    gold = measured.record["measure"].get("gold")
    if gold:
        yield Said(
            f"Shares of framings are corrected by {gold['n']:,} sentences of {gold['n_posts']:,} posts, where these cover them; others are "
            "as the tagger finds them."
        )
    else:
        yield Said("No sentence of this corpus was coded by hand, so all shares are as the tagger finds them, and no change is claimed.")
    scores = {row["code"]: row for row in _scores(numbers)}
    told = [
        f"{name} {_plain(scores[code])}" for code, name in measured.framings.items() if scores.get(code, {}).get("estimate") is not None
    ]
    if told:
        mean = next(row["mark"] for row in numbers["accuracy"] if (row["measure"], row["method"]) == ("macro_f1", "tagger"))
        yield Said(f"F1 of the program (1 is no mistake): {'; '.join(told)}.", "accuracy", mean)
    known = [row for row in numbers["agreement"] if row.get("measure") == "alpha" and row.get("estimate") is not None and row.get("code")]
    if known:
        least = min(known, key=lambda row: (row["estimate"], row["mark"]))
        name = measured.names.get(least["code"], least["code"])
        text = f"Agreement of people who coded alone (alpha, 1 is full): {_plain(least)} or more; the least is {name}."
        yield Said(text, "agreement", least["mark"])
    elif gold:
        yield Said("How far people agree is not known: no sentence was coded by two who coded alone.")


def _plain(row: Mapping[str, Any]) -> str:
    return f"{row['estimate']:.2f}" + (f" ({row['low']:.2f} to {row['high']:.2f})" if row["low"] is not None else "")


def _share(row: Mapping[str, Any]) -> str:
    """Return a share with its 95% interval in brackets, as the heading of the summary says."""
    return f"{100 * row['estimate']:.1f}%" + (f" ({_interval(row)})" if row.get("low") is not None else "")


def _interval(row: Mapping[str, Any]) -> str:
    """Return the ends of an interval; of a difference that is below nought, of its size."""
    ends = sorted(abs(100 * row[end]) for end in ("low", "high")) if row["low"] * row["high"] > 0 else [100 * row["low"], 100 * row["high"]]
    return f"{ends[0]:.1f} to {ends[1]:.1f}".replace("-", "−")


def _basis(row: Mapping[str, Any]) -> str:
    return "" if row.get("estimator") == "corrected" else ", as the tagger finds it"
