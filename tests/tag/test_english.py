"""The English pipeline: what it finds is what spaCy finds, and hangs on nothing but the post."""

from functools import cache

from discourse.tag import Choice, tagger_from
from discourse.tag.english import BATCH, load_english
from discourse.tag.tokens import tokens_of


@cache
def sentences():
    book = tagger_from(Choice()).codebook
    return [sentence for code in book.codes for sentence in (*code.match, *code.no_match)][:400]


def told(doc):
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_) for t in doc]


def test_steps_taken_here_are_those_that_spacy_takes():
    english = load_english()
    docs = [english.nlp.make_doc(sentence) for sentence in sentences()]
    for doc in docs:
        for token in doc[1:]:
            token.is_sent_start = False
    assert len(docs) > 2 * BATCH
    assert [told(doc) for doc in english.parse(sentences())] == [told(doc) for doc in english.nlp.pipe(docs, batch_size=BATCH)]


def test_what_is_empty_or_too_long_is_an_empty_document():
    docs = load_english().parse(["", "It rains.", "a" * 5001])
    assert [len(doc) for doc in docs] == [0, 3, 0]


def test_tokens_are_those_of_the_document():
    for doc in load_english().parse([*sentences()[:40], ""]):
        tokens = tokens_of(doc)
        assert tokens.text == doc.text
        assert tokens.starts == [token.idx for token in doc]
        assert tokens.children == [[child.i for child in token.children] for token in doc]
        assert [*zip(tokens.lowers, tokens.lemmas, tokens.pos, tokens.deps, tokens.names, strict=True)] == [
            (token.lower_, token.lemma_.lower(), token.pos_, token.dep_, token.ent_type_) for token in doc
        ]
        assert tokens_of(doc) is tokens
