"""Recombined: a corpus of any size out of the real sentences of loaded workspaces; no two posts are near-duplicates.

    python benchmarks/recombined.py WORKSPACE… --posts 20000 --out DIR
    python benchmarks/recombined.py WORKSPACE… --change DIR [--each 100]

A post is sentences drawn at random, with replacement, over the whole corpus: about 500 words, in paragraphs of three to six sentences, with a
title, a day of ten years, two or three of the corpus's categories and an author who does not exist. Each is drawn from the seed and its own
number alone, so a corpus of 2,000 posts is the beginning of one of 20,000, and memory does not grow. `--change` adds one sentence to every
hundredth post.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import discourse
from discourse.tables import count_words
from discourse.tag import split_sentences

SEED = 20150701
MEAN_WORDS, SPREAD, FEWEST, MOST = 500, 0.5, 80, 2500
FIRST, DAYS = date(2010, 1, 1), 3652
CATEGORIES = 10
EACH = 100
GIVEN = "Ada Ben Cleo Dan Eva Finn Gita Hugo Iris Jon Kim Lea Max Nora Omar Pia".split()
FAMILY = "Adler Brook Cole Dorn Ellis Frost Grant Hale Irwin Jones Kern Lund Moss Nolan Orr Pike".split()
PLAIN = re.compile(r"[A-Z“\"‘'][^\n\[\]<>|*_`#\\]{20,}[.!?][”\"’']?")  # nothing that Markdown would read as a mark


class Pool(NamedTuple):
    """What is drawn from: sentences, how many words each has, and categories, the most frequent first."""

    sentences: list[str]
    n_words: list[int]
    categories: list[str]


def pool(workspaces):
    """Return the sentences of the posts in English that can stand in Markdown as they are, each once, and the posts' categories."""
    found, categories = {}, Counter()
    for workspace in workspaces:
        posts = discourse.table(workspace, "posts")
        own = posts.loc[posts["duplicate_of"].isna() & (posts["language"] == "en"), "text"]
        sentences = (part["text"] for text in own for part in split_sentences(text))
        found |= {text: count_words(text) for text in sentences if PLAIN.fullmatch(text)}
        categories.update(name for names in posts["categories"].dropna() for name in names)
    if not found:
        raise SystemExit(
            f"{', '.join(map(str, workspaces))}: no sentence in English; give a workspace that discourse load made of a blog in English."
        )
    ranked = sorted(categories, key=lambda name: (-categories[name], name))[:CATEGORIES]
    return Pool(list(found), list(found.values()), ranked or ["news", "views", "notes"])


def post(drawn_from, n, *, seed=SEED):
    """Return the name of the file and the text of the n-th post."""
    chance = random.Random(f"{seed}:{n}")
    wanted = min(MOST, max(FEWEST, chance.lognormvariate(0, SPREAD) * MEAN_WORDS / 2.718281828 ** (SPREAD**2 / 2)))
    paragraphs, words, left = [[]], 0, chance.randint(3, 6)
    while True:
        k = chance.randrange(len(drawn_from.sentences))
        if words and words + drawn_from.n_words[k] / 2 > wanted:
            break
        if not left:
            paragraphs.append([])
            left = chance.randint(3, 6)
        paragraphs[-1].append(drawn_from.sentences[k])
        words, left = words + drawn_from.n_words[k], left - 1
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    few = min(chance.randint(2, 3), len(drawn_from.categories))
    front = {
        "title": f"{' '.join(paragraphs[0][0].split()[:7])} ({n})", "date": day.isoformat(),
        "categories": chance.sample(drawn_from.categories, few), "author": f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
    }  # fmt: skip
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    return f"{n:07}.md", f"---\n{head}---\n\n" + "\n\n".join(" ".join(paragraph) for paragraph in paragraphs) + "\n"


def write(drawn_from, folder, n_posts, *, seed=SEED):
    """Write so many posts into a folder, one at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(n_posts):
        name, text = post(drawn_from, n, seed=seed)
        (folder / name).write_text(text, encoding="utf-8")


def change(drawn_from, folder, *, each=EACH, seed=SEED):
    """Add a sentence, the same whenever, to every hundredth post (or as `each` says) in the order of names; return how many were changed."""
    files = sorted(folder.glob("*.md"))[::each]
    for file in files:
        more = random.Random(f"{seed}:more:{file.name}").choice(drawn_from.sentences)
        with file.open("a", encoding="utf-8") as end:
            end.write(f"\n{more}\n")
    return len(files)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspaces", type=Path, nargs="+", help="made by discourse load")
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--out", type=Path, help="the folder to write the posts to")
    parser.add_argument("--change", type=Path, help="a folder that this wrote, to change posts of")
    parser.add_argument("--each", type=int, default=EACH, help="change every so many-th post")
    given = parser.parse_args()
    drawn_from = pool(given.workspaces)
    if given.out:
        write(drawn_from, given.out, given.posts)
        print(f"{given.posts:,} posts of {len(drawn_from.sentences):,} different sentences in {given.out}")
    if given.change:
        print(f"{change(drawn_from, given.change, each=given.each):,} posts of {given.change} changed")
    if not (given.out or given.change):
        parser.error("say --out DIR or --change DIR")


if __name__ == "__main__":
    sys.exit(main())
