"""Which names are private: what the tagger found, against what the posts print and who signed them."""

import re

import pytest

from discourse import tables
from discourse.export import private_names

MARK = re.compile(r"\{(P|L|O|G):([^}]*)\}")  # an unknown person, a linked one, an organisation, a place
LABELS = {"P": "PERSON", "L": "PERSON", "O": "ORG", "G": "GPE"}


def named(*texts, authors=(), cited=(), commenters=(), known=()):
    """Return the names of a corpus of posts, each a text with its mentions marked."""
    posts, mentions = [], []
    for k, marked in enumerate(texts):
        post, text = f"p{k}", ""
        for part in re.split(r"(\{\w:[^}]*\})", marked):
            if match := MARK.fullmatch(part):
                kind, name = match.groups()
                slug = name.lower().replace(" ", "-")
                entity = f"unlinked/{LABELS[kind].lower()}/{slug}" if kind != "L" else slug
                place = {"post_id": post, "sentence": 0, "start": len(text), "end": len(text) + len(name)}
                mentions.append({**place, "text": name, "label": LABELS[kind], "entity": entity, "name": name, "method": "pipeline"})
                text += name
            else:
                text += part
        posts.append({"post_id": post, "source": "s", "title": "", "authors": list(authors), "author_roles": [], "editors": ["Ed Itor"],
                      "translators": ["Tran Slator"], "tags": [], "language": "en", "text": text, "n_words": 1, "sha256": "x"})  # fmt: skip
    notes = [{"post_id": "p0", "number": str(k), "part": 1, "text": "", "author": author} for k, author in enumerate(cited)]
    comments = [{"post_id": "p0", "n": k, "author": author, "text": ""} for k, author in enumerate(commenters)]
    return private_names(
        tables.build("posts", posts), tables.build("mentions", mentions), comments=tables.build("comments", comments), notes=tables.build("notes", notes), known=known,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "options", "private"),
    [
        # a person whom the gazetteer does not know, her words alone, and her possessive
        (["So {P:Ada Okafor} spoke. Then Okafor left."], {}, {"Ada Okafor", "Okafor", "Ada"}),
        (["So {P:Ada Okafor}’s phone. And {P:Okafor's} door."], {}, {"Ada Okafor", "Okafor", "Ada"}),
        # linked, signed, edited, translated, cited, spelled in the gazetteer
        (["So {L:Edward Snowden} spoke."], {}, set()),
        (["So {P:Ada Okafor} spoke."], {"authors": ["Ada Okafor"]}, set()),
        (["So {P:Ed Itor} and {P:Tran Slator} spoke."], {}, set()),
        (["So {P:Ada Okafor} and {P:Ben Lim} spoke."], {"cited": ["Okafor, Ada and Ben Lim"]}, set()),
        (["So {P:Rosa Parks} spoke."], {"known": ["Rosa Parks"]}, set()),
        # taken for something else more often than not, or mostly within another name
        (["The {O:Kakao} app. And {O:Kakao} again. So {P:Kakao} says."], {}, set()),
        (["So {L:Kim Jong-un} and {L:Kim Jong-un} met. And {P:Kim} says."], {}, set()),
        (["So {P:Lind} says. And {P:Lind} told {O:Lind}."], {}, {"Lind"}),
        # digits, capitals, words
        (["So {P:COVID-19} says."], {}, set()),
        (["Then {P:BAE} said it, and {P:MIKE LIND} spoke."], {}, {"MIKE LIND"}),
        (["In the {P:Winter} says. It was winter."], {}, set()),
        (["So {P:Archie Law} spoke of the law, the law."], {}, {"Archie Law", "Archie"}),
        # nothing but capitals: a word apart, and words that are written small too
        (["{P:Curiously} he left for {P:Rotterdam}."], {}, set()),
        (["The {P:Full Circle} came. A circle was full."], {}, set()),
        (["So {P:Mark Stone} wrote it. They mark a stone."], {}, {"Mark Stone"}),
        # a title or a verb of speech beside it
        (["He went and Ms. {P:Marguerite} won."], {}, {"Marguerite"}),
        (["But no, said {P:Marguerite}."], {}, {"Marguerite"}),
        (["But {P:Marguerite} tells all."], {}, {"Marguerite"}),
        (["But {P:Marguerite} fell all day."], {}, set()),
        (["So {P:Ada Okafor} spoke. {P:Okafor} left."], {}, {"Ada Okafor", "Okafor", "Ada"}),
        # a word of a name that mostly stands elsewhere
        (["So {P:Will Scott} met Scott, Scott and Scott."], {}, {"Will Scott", "Will"}),
        (["So {P:Ann de Wit} spoke."], {}, {"Ann de Wit", "Ann", "Wit"}),
        # Hangul, and commenters
        (["{P:김철수}는 말했다."], {}, {"김철수"}),
        (["x"], {"commenters": ["reader-0123abcd", "Ada Okafor", "김철수", "x"]}, {"Ada Okafor", "김철수"}),
        (["x"], {"commenters": ["Ada Okafor"], "authors": ["Ada Okafor"]}, set()),
        ([], {}, set()),
    ],
)  # fmt: skip
def test_whose_names_are_private(texts, options, private):
    assert set(named(*texts, **options).private) == private


def test_names_of_works_and_signatures_are_public():
    names = named("So {P:Ada Okafor} spoke.", authors=["Bo Kim"], cited=["Lind, Zoe; Moe Park et al."], known=["Okafor Foundation"])
    assert names.public == {
        "Bo Kim",
        "Ed Itor",
        "Tran Slator",
        "Lind, Zoe; Moe Park et al.",
        "Lind, Zoe",
        "Zoe Lind",
        "Moe Park",
        "",
        "Okafor Foundation",
    }


def test_slugs_of_private_persons_are_numbered():
    names = named("So {P:Zoe Lind} met {P:Ada Okafor} and {P:COVID-19}.")
    assert names.slugs == {"unlinked/person/ada-okafor": "unlinked/person/name-1", "unlinked/person/zoe-lind": "unlinked/person/name-2"}


def test_lists_of_words_are_masked_where_the_posts_never_write_the_word_small():
    names = named("So {P:Ada Frank} met {P:Bo Lind}. To be frank, so.")
    assert {"Lind", "Bo Lind"} <= names.small
    assert "Frank" not in names.small
