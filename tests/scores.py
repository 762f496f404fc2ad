"""What the tagging scores on what it is measured on, and the floors that hold it there."""

import json
from pathlib import Path

import discourse
from discourse.pipeline import Run
from discourse.tag import Choice, framings_alone, tag_post, tagger_from

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
FRAMINGS = ("cyber_optimist", "cyber_pessimist", "rights_norm")
STANCES = ("negation", "hedging", "attribution")
CODED = HERE.parent / "data" / "raw" / "sample" / "codes" / "entities.jsonl"


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def entity_scores():
    """Return F1 by label on the sample's posts that nothing is fitted on."""
    scores = discourse.evaluate_entities(CODED, split="measure")
    return {row.label: row.f1 for row in scores[scores["means"] == "all"].itertuples()}


def told(side, tagger):
    """Return the label and the slug of the name that one side of a pair asks about; a company and its service are one."""
    start = -1
    for _ in range(side["n"]):
        start = side["text"].index(side["target"], start + 1)
    place = (start, start + len(side["target"]))
    service = {entity.twin: entity.entity for entity in tagger.gazetteer.entities if entity.twin}
    for mention in tag_post(side["text"], "en", tagger)["mentions"]:
        if (mention["start"], mention["end"]) == place:
            slug = None if mention["entity"].startswith("unlinked/") else mention["entity"]
            return mention["label"], service.get(slug, slug)
    return None, None


def pair_scores():
    """Return the share of sides of the minimal pairs that are told right, of both files."""
    tagger = tagger_from(Choice())
    shares = {}
    for name in ("open", "sealed"):
        sides = [pair[side] for pair in lines(HERE / "tag" / "pairs" / f"names_{name}.jsonl") for side in ("a", "b")]
        shares[name] = sum(told(side, tagger) == (side["label"], side["entity"]) for side in sides) / len(sides)
    return shares


def framing_scores():
    """Return what the coding of framings scores on the sample's posts that nothing is fitted on; `calibration` is 1 - the expected error."""
    scores = discourse.evaluate_framings(split="measure", run=Run(bootstrap=1)).scores
    own = scores[(scores["method"] == "tagger") & ~scores["weighted"] & scores["measure"].isin(["f1", "macro_f1", "accuracy", "ece"])]
    found = {f"{row.part} {row.code} {row.measure}": row.estimate for row in own.itertuples()}
    error = found.pop("calibration all ece")
    return {name: score for name, score in found.items() if not name.startswith("calibration")} | {"calibration": 1 - error}


def stance_pairs(name):
    """Return the minimal pairs of framings in a file with what is said of both sides: pair, and whether holder and modality are right on both.

    A side with no framing has no holder and no modality to be right about.
    """
    pairs = lines(HERE / "tag" / "pairs" / f"framings_{name}.jsonl")
    sides = [pair[side] for pair in pairs for side in ("a", "b")]
    said = framings_alone([side["text"] for side in sides], tagger_from(Choice()))
    right = [
        side["holder"] is None or all(told[of] == side[of] for of in ("holder", "modality")) for side, told in zip(sides, said, strict=True)
    ]
    whole = [all(told[code] == side[code] for code in FRAMINGS) and ok for side, told, ok in zip(sides, said, right, strict=True)]
    return [(pair, right[2 * n] and right[2 * n + 1], whole[2 * n] and whole[2 * n + 1]) for n, pair in enumerate(pairs)]


def stance_pair_scores():
    """Return the share of minimal pairs told right, of both files: of negation, hedging and attribution, and with the framings of all kinds."""
    shares = {}
    for name in ("open", "sealed"):
        told = stance_pairs(name)
        three = [ok for pair, ok, _ in told if pair["kind"] in STANCES]
        shares[f"{name} stance"] = sum(three) / len(three)
        shares[f"{name} whole"] = sum(whole for _, _, whole in told) / len(told)
    return shares


def measured():
    """Return all scores that have a floor."""
    return {"entities": entity_scores(), "pairs": pair_scores(), "framings": framing_scores(), "framing pairs": stance_pair_scores()}


def floors():
    """Return the pinned floors."""
    return json.loads(FLOORS.read_text(encoding="utf-8"))
