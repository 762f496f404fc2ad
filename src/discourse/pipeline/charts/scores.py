"""Charts of the coding itself: how good it is, and how far the people who coded by hand agree; both from a workspace's own hand codes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse import paths
from discourse.pipeline.accuracy import LABELS, Run, compared
from discourse.pipeline.coded import CODERS
from discourse.pipeline.gold import Corpus, lines_in
from discourse.pipeline.measuring import gold_before
from discourse.pipeline.tagging import coded_by, tagger_of

if TYPE_CHECKING:
    import pandas as pd

    from discourse.chart import About, Chart
    from discourse.pipeline.charts.measured import Measured

__all__ = ["HandCodes", "accuracy", "agreement", "codes_found", "codes_given", "hand_codes"]

HOW = (
    "To code some hundred sentences by hand: discourse plan DIR --out FOLDER draws them, discourse sheets, agree and adjudicate FOLDER "
    "lead to gold.jsonl, and discourse measure DIR --gold FOLDER/gold.jsonl uses it."
)
NONE = f"No sentence of this corpus is coded by hand, so nobody knows how good the coding is here. {HOW}"
LOST = (
    "The hand codes that this corpus was measured with ({file}) have changed since, or are not there any more. Measure again: discourse "
    "measure DIR --gold FILE."
)
OUTSIDE = "No sentence of the posts that were asked for is coded by hand."
UNFRAMED = f"The hand codes ({{file}}) have themes and no framing; a theme is coded by rules, which carry no scores. {HOW}"
ALONE = "Only one coder's answers stand in the hand codes ({file}); agreement needs two coders who read the same sentences. {how}"


class HandCodes(NamedTuple):
    """The hand-coded sentences of what was asked of a workspace: `codes` are coded; `rows` have `post_id`, `sentence` and the codes."""

    codes: list[str]
    rows: list[dict[str, Any]]
    file: str
    said: str


def hand_codes(measured: Measured) -> HandCodes | str:
    """Return the hand codes that a workspace was measured with, of the posts asked for, or why there are none."""
    about, chosen = measured.record["measure"].get("gold"), gold_before(measured.record)
    if chosen is None or not about:
        return NONE
    if not chosen.file.is_file() or paths.sha256(chosen.file.read_bytes()) != about["sha256"]:
        return LOST.format(file=chosen.file.name)
    corpus = Corpus(measured.workspace, measured.counted, measured.table("sentences"), measured.table("codings"))
    lines = lines_in(corpus, chosen, tagger_of(measured.workspace))
    if not lines.inside:
        return OUTSIDE
    rows = [{**row, "post_id": post, "sentence": number} for (post, number), row in lines.inside.items()]
    split = f", split {chosen.split}" if chosen.split else ""
    posts = len({row["post_id"] for row in rows})
    said = f"Coded by hand: {len(rows):,} sentences of {posts:,} of these posts ({chosen.file.name}{split})."
    return HandCodes(lines.codes, rows, chosen.file.name, said)


def codes_found(measured: Measured) -> tuple[HandCodes, pd.DataFrame] | str:
    """Return the hand-coded sentences, and what the tagger says of each read alone: `<code>`, `<code>_score`, `holder`, `modality`."""
    import pandas as pd

    from discourse.tag import framings_alone

    coded = hand_codes(measured)
    if isinstance(coded, str):
        return coded
    framings = [code for code in coded.codes if code in measured.record["tag"]["framings"]]
    if not framings:
        return UNFRAMED.format(file=coded.file)
    found = framings_alone([row["text"] for row in coded.rows], tagger_of(measured.workspace))
    return coded._replace(codes=framings), pd.DataFrame(found)


def codes_given(measured: Measured) -> tuple[HandCodes, pd.DataFrame] | str:
    """Return the hand-coded sentences, and a row a sentence and coder: `id`, `post`, `coder` and what the coder says."""
    import pandas as pd

    coded = hand_codes(measured)
    if isinstance(coded, str):
        return coded
    answers = [
        {"id": row["id"], "post": row["post_id"], "coder": name, **{key: row[name].get(key) for key in (*coded.codes, *LABELS)}}
        for row in coded.rows for name in sorted(row) if name.startswith(CODERS) and isinstance(row[name], dict)
    ]  # fmt: skip
    given = pd.DataFrame(answers, columns=["id", "post", "coder", *coded.codes, *LABELS])
    if not given["id"].duplicated().any():
        return ALONE.format(file=coded.file, how=HOW)
    return coded, given


def _about(measured: Measured) -> About:
    """Return what the caption says; that shares are corrected, or are not, is no matter here."""
    return replace(measured.about, made_with=f"{coded_by(measured.record['tag'])}.")


def accuracy(measured: Measured) -> Chart:
    """Draw how well the framings are found in the sentences of the corpus that are coded by hand, each read alone."""
    from discourse.chart import accuracy as chart

    found = measured.once("codes_found", codes_found)
    if isinstance(found, str):
        return chart.draw(found, _about(measured), names={})
    coded, told = found
    names = {code: measured.names[code] for code in coded.codes}
    tables = compared(coded.rows, told.to_dict("records"), codes=coded.codes, run=Run())
    return chart.draw(
        (tables["scores"], tables["calibration"]), _about(measured), names=names, said=f"{coded.said} Each sentence was read alone."
    )


def agreement(measured: Measured) -> Chart:
    """Draw Krippendorff's alpha of each code, holder and modality."""
    from discourse.chart import agreement as chart
    from discourse.measure import coder_agreement

    found = measured.once("codes_given", codes_given)
    if isinstance(found, str):
        return chart.draw(found, _about(measured), names={})
    coded, given = found
    labels = LABELS if any(code in measured.record["tag"]["framings"] for code in coded.codes) else {}
    table = coder_agreement(given, codes=coded.codes, labels=labels)
    said = f"{coded.said} Coders: {given['coder'].nunique()}."
    return chart.draw(table, _about(measured), names={code: measured.names[code] for code in coded.codes}, said=said)
