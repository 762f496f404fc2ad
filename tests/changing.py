"""A blog in which the optimist framing falls from year to year, with every sentence coded by hand."""

import json
from random import Random

from discourse import load_corpus, measure_corpus, table, tag_corpus

YEARS = range(2016, 2022)
POSTS, SENTENCES = 10, 12  # a year, a post
HOPE = [
    "Citizens used the encrypted app to organise {}.", "The open map let villagers hold {} to account.",
    "Smuggled memory sticks gave readers the news about {}.", "A bot lets anybody check who paid for {}.",
]  # fmt: skip
FEAR = [
    "The ministry blocks websites that tell of {}.", "Police jailed a blogger for one post about {}.",
    "Cameras follow everybody who asks about {}.", "The regulator cut the Internet because of {}.",
]  # fmt: skip
PLAIN = ["The bread was warm at {}.", "Rain fell all day on {}.", "The council met about {}.", "Tickets were sold for {}."]
WHOSE = [
    "old",
    "new",
    "northern",
    "southern",
    "small",
    "grey",
    "burnt",
    "lost",
    "upper",
    "lower",
    "first",
    "last",
    "wide",
    "narrow",
    "cold",
    "quiet",
]
WHAT = [
    "harbour",
    "market",
    "bridge",
    "school",
    "mill",
    "ferry",
    "well",
    "station",
    "garden",
    "archive",
    "clinic",
    "theatre",
    "quarry",
    "vineyard",
]
GIVEN_AWAY = "Ada Okafor said that the office was closed."


def post_of(year, n, chance):
    """Return the sentences of a post with the code of each: of twelve so many are hopeful, one fewer each year, and three are fearful."""
    hopeful = 8 - (year - YEARS[0]) - n % 2
    kinds = ["cyber_optimist"] * hopeful + ["cyber_pessimist"] * 3 + [""] * (SENTENCES - hopeful - 3)
    texts = {"cyber_optimist": HOPE, "cyber_pessimist": FEAR, "": PLAIN}
    return [(chance.choice(texts[kind]).format(f"the {chance.choice(WHOSE)} {chance.choice(WHAT)}"), kind) for kind in kinds]


def changing(home):
    """Make the blog in a folder, load, tag and measure it with its hand codes, and return the workspace."""
    folder, codes, chance = home / "blog", {}, Random(7)
    folder.mkdir()
    for year in YEARS:
        for n in range(POSTS):
            sentences = post_of(year, n, chance)
            head = f"title: Post {n} of {year}\ndate: {year}-{n + 1:02d}-03\nauthor: Ann Lee\ncategories: [{'Harbour' if n % 2 else 'Market'}]\n"
            head += f"url: https://blog.example/{year}/{n}\n"
            (folder / f"{year}-{n}.md").write_text(
                f"---\n{head}---\n{' '.join(text for text, _ in sentences)} {GIVEN_AWAY}\n", encoding="utf-8"
            )
            codes |= dict(sentences)
    workspace = home / "w"
    load_corpus(folder, workspace, source="blog")
    tag_corpus(workspace)
    gold = home / "codes.jsonl"
    gold.write_text("".join(f"{json.dumps(row)}\n" for row in coded(workspace, codes)), encoding="utf-8")
    measure_corpus(workspace, gold=gold)
    return workspace


def coded(workspace, codes):
    """Yield a line for each sentence, as it is coded by hand."""
    for row in table(workspace, "sentences").itertuples():
        kind = codes.get(row.text, "")
        stance = {"holder": "author", "modality": "asserted"} if kind else {"holder": None, "modality": None}
        given = {code: int(kind == code) for code in ("cyber_optimist", "cyber_pessimist", "rights_norm")}
        yield {
            "id": f"{row.post_id}-{row.sentence}",
            "post_id": row.post_id,
            "start": row.start,
            "end": row.end,
            "text": row.text,
            **given,
            **stance,
        }
