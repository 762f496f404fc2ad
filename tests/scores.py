"""What the tagging scores on what it is measured on, and the floors that hold it there."""

import json
from pathlib import Path

import discourse
from discourse.tag import Choice, tag_post, tagger_from

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
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


def measured():
    """Return all scores that have a floor."""
    return {"entities": entity_scores(), "pairs": pair_scores()}


def floors():
    """Return the pinned floors."""
    return json.loads(FLOORS.read_text(encoding="utf-8"))
