"""Tag: sentences, entity mentions and codes with their evidence, one post at a time.

The doors are `tag` and `tagged`. `tag_post` is a pure function of one post, so what has been tagged is kept under the hash of what went in.
"""

from discourse.tag.alone import framings_alone, names_in
from discourse.tag.baselines import by_keyword, by_n_grams
from discourse.tag.codebook import read_codebook
from discourse.tag.corpus import READ, tag, tagged
from discourse.tag.english import SHIPPED, load_english
from discourse.tag.entities import LABELS, read_gazetteer
from discourse.tag.framing import Known
from discourse.tag.post import tag_post
from discourse.tag.sentences import SPLITTER
from discourse.tag.sentences import split as split_sentences
from discourse.tag.tagger import Choice, Tagger, files_of, tagger_from

__all__ = [
    "LABELS", "READ", "SHIPPED", "SPLITTER", "Choice", "Known", "Tagger", "by_keyword", "by_n_grams", "files_of", "framings_alone",
    "load_english", "names_in", "read_codebook", "read_gazetteer", "split_sentences", "tag", "tag_post", "tagged", "tagger_from",
]  # fmt: skip
