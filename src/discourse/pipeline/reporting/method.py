"""How a report was made and what it cannot say, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discourse.pipeline.gold import correction_said

if TYPE_CHECKING:
    from discourse.pipeline.charts import Measured

__all__ = ["method_of", "words_of"]

FRAMINGS = (
    "A framing is how a sentence tells of its subject; what each means stands above the summary. A sentence may carry several, or none. "
    "A theme is what a sentence is about. {}"
)
FOUND = "Found by a program, which errs. F1 says how well: 0 to 1, 1 is no mistake."
HELD = "“Held by authors” leaves out what somebody else is quoted or reported as holding, and what is rejected."
HOLDERS = (
    "Who holds a framing is either the author of the post or somebody who is quoted or reported. The headline share of a framing counts "
    "sentences in which the author holds it, firmly or with reserve. What others hold stands beside it; what is rejected is counted apart."
)
CORRECTED = (
    "A program finds the framings, and errs. “Naive” is what it finds. “Corrected” is that, set right by sentences that people coded by "
    "hand, drawn by chance ({}). Where these do not cover a year or a category, there is only the naive share, and it is marked so. Where "
    "a year has few such sentences, the figures over time correct it by what all of them say (“pooled gold”); a trend corrects each year "
    "by its own, so that the two may differ."
)
UNCORRECTED = (
    "A program finds the framings, and errs. No sentence of this corpus was coded by hand, so every share is what the program finds "
    "(“naive”), its errors are not known here, and no change or difference is claimed."
)
INTERVALS = (
    "The 95% interval reads the posts as a draw of what the blog might as well have published: with other posts of the kind the share "
    "would move about so far. Posts, not sentences, are what is drawn, because sentences of one post resemble each other."
)
CLAIMS = (
    "“Rose”, “fell” and “more” are said only where a test on corrected shares passes at 5%, after correction for how many tests were made "
    "(Holm), and for a trend also against what permuted dates give. Elsewhere the report says that no change is established: that is not "
    "the same as no change. That something differs before and after an event does not say why."
)
LIMITS = (
    "These posts are what one blog published, not what people think. A framing that the program cannot see is not counted. A category "
    "is the blog's own. Links behind words are not kept by loading, so sources cited are too few."
)
CHECKED = (
    "Each figure has an identifier at its foot and its numbers and origin inside its file. With the workspace at hand, discourse verify "
    "says whether it still holds and discourse trace what is behind a mark; the same data and version make the same figure, byte for byte."
)
NAMES = "Names of private persons are masked as [name], and posts that may not be passed on whole are quoted by 30 words at most. {}"
KEPT = "Names of private persons were kept in this report."
HIDDEN = "The masking is never complete, and now and then hides a place or a firm."


def words_of(measured: Measured) -> list[tuple[str, str]]:
    """Return the words that a reader of the summary needs, each with what it means: the framings by the codebook, and how they are found.

    Parameters
    ----------
    measured : the workspace.
    """
    from discourse.pipeline.tagging import tagger_of

    codes = [code for code in tagger_of(measured.workspace).codebook.codes if code.kind == "framing"]
    framings = [(code.name, " ".join(code.definition.split()).partition(". ")[0].rstrip(".") + ".") for code in codes]
    return [*framings, ("Shares", f"{HELD} {FOUND}")] if framings else []


def method_of(measured: Measured, *, keep_names: bool) -> list[tuple[str, str]]:
    """Return what is to be said of the method, term and text.

    Parameters
    ----------
    measured : the workspace.
    keep_names : whether names were kept.
    """
    about, gold = measured.about, measured.record["measure"].get("gold")
    coded = about.corrected_with[:1].upper() + about.corrected_with[1:]
    return [
        ("What was counted", about.denominator()),
        ("Framings", FRAMINGS.format(coded)),
        ("Who says it", HOLDERS),
        ("Naive and corrected", CORRECTED.format(correction_said(gold)) if gold else UNCORRECTED),
        ("Intervals", INTERVALS),
        ("What is claimed", CLAIMS),
        ("Checking a figure", CHECKED),
        ("Names", KEPT if keep_names else NAMES.format(HIDDEN)),
        ("Limits", LIMITS),
    ]
