"""Gold: hand codes find their sentences, correct what they cover, and are refused where they cannot; and the commands that show it."""

import json
import shutil

import pytest

import discourse
from discourse import pipeline
from discourse.errors import InputError
from discourse.pipeline.gold import Corpus, GoldFile, gold_in
from discourse.pipeline.tagging import tagger_of

FRAMINGS = ("cyber_optimist", "cyber_pessimist", "rights_norm")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def held(row, code):
    """Return whether a hand code counts in the headline share."""
    return row[code] == 1 and row["holder"] == "author" and row["modality"] != "rejected"


@pytest.fixture(scope="module")
def coded(root):
    """Return the sample's hand-coded sentences of the posts that nothing was fitted on."""
    return [row for row in lines(root / "data" / "raw" / "sample" / "codes" / "framings.jsonl") if row["split"] == "measure"]


@pytest.fixture
def write(tmp_path):
    def write(rows):
        file = tmp_path / "gold.jsonl"
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return file

    return write


@pytest.fixture
def own(sample, tmp_path):
    """Return a workspace of one's own, with the sample tagged and measured."""
    workspace = tmp_path / "sample"
    shutil.copytree(sample, workspace)
    return workspace


@pytest.fixture(scope="module")
def tagged(sample):
    from discourse.measure import counted

    posts = counted(discourse.table(sample, "posts"), language="en").posts
    return Corpus(sample, posts, discourse.table(sample, "sentences"), discourse.table(sample, "codings"))


@pytest.fixture(scope="module")
def tagger(sample):
    return tagger_of(sample)


def test_every_line_finds_its_sentence_by_place_and_by_text(tagged, tagger, coded, write):
    by_place, about = gold_in(tagged, GoldFile(write(coded)), tagger)
    without = [{key: value for key, value in row.items() if key not in ("post_id", "start", "end", "split")} for row in coded]
    by_text, _ = gold_in(tagged, GoldFile(write(without)), tagger)
    counted = [row for row in coded if row["post_id"] in set(tagged.posts["post_id"])]
    assert (about["n"], about["n_left_out"], about["n_elsewhere"], about["alike"]) == (len(counted), len(coded) - len(counted), 0, True)
    assert by_place.sentences.equals(by_text.sentences)
    texts = tagged.sentences.set_index(["post_id", "sentence"])["text"]
    keys = list(by_place.sentences[["post_id", "sentence"]].itertuples(index=False, name=None))
    assert texts.loc[keys].tolist() == [row["text"] for row in counted]
    for code in FRAMINGS:
        assert (by_place.coded["code"] == code).sum() == sum(row[code] for row in counted)
    assert len(by_place.coders) == 2


def test_what_the_tagger_was_fitted_to_enters_with_its_hand_codes(tagged, tagger, coded, write, root):
    gold, about = gold_in(tagged, GoldFile(write(coded)), tagger)
    train = [r for r in lines(root / "data" / "raw" / "sample" / "codes" / "framings.jsonl") if r["split"] == "train"]
    train = [row for row in train if row["post_id"] in set(tagged.posts["post_id"])]
    assert about["n_known"] == len(train) == gold.known.loc[gold.known["code"] == "all", "sentences"].sum()
    for code in FRAMINGS:
        assert gold.known.loc[gold.known["code"] == code, "sentences"].sum() == pytest.approx(sum(r[code] for r in train), abs=3)


def test_where_everything_is_coded_by_hand_the_corrected_share_is_the_hand_codes_own(own, root):
    codes = root / "data" / "raw" / "sample" / "codes" / "framings.jsonl"
    pipeline.measure_corpus(own, gold=codes, split="measure")
    estimates = discourse.table(own, "estimates").query("measure == 'share_author' and period == '' and category == ''")
    rows = estimates.set_index(["code", "estimator"])
    counted = set(discourse.table(own, "counts")["post_id"])
    hand = [row for row in lines(codes) if row["post_id"] in counted]
    for code in FRAMINGS:
        true = sum(held(row, code) for row in hand) / len(hand)
        corrected, naive = rows.loc[(code, "corrected")], rows.loc[(code, "naive")]
        assert corrected["estimate"] == pytest.approx(true, abs=0.003)
        assert corrected["low"] < true < corrected["high"]
        assert corrected["strict"] <= corrected["estimate"] <= corrected["lenient"]
        own = [sum(held(row[coder], code) for row in hand if row["split"] == "measure") for coder in ("coder_a", "coder_b")]
        assert corrected["strict"] < corrected["lenient"] or own[0] == own[1]
        assert corrected["n"] == naive["n"]


REFUSED = {
    "a place where the text is another": (lambda rows: rows[0].update(start=1), "does not stand in sample/"),
    "a text that was changed": (lambda rows: rows[0].update(text="Another."), "does not stand in sample/"),
    "one sentence twice": (lambda rows: rows[1].update(rows[0] | {"id": "other"}), "the ids '.*' and 'other' are of one sentence"),
    "the same id twice": (lambda rows: rows[1].update(id=rows[0]["id"]), "stands in line 1 too"),
    "a chance missing in one line": (lambda rows: rows[2].pop("p_inclusion"), "line 3: .*stands in some lines and not in others"),
    "a chance of nought": (lambda rows: rows[0].update(p_inclusion=0), "line 1: .*p_inclusion is 0"),
    "a code that is neither 0 nor 1": (lambda rows: rows[0].update(rights_norm=2), "line 1: .*rights_norm is 2"),
    "a code missing in one line": (lambda rows: rows[3].pop("rights_norm"), "line 4: 'rights_norm' is missing"),
    "codes of another codebook": (lambda rows: [r.pop(c) for r in rows for c in FRAMINGS], "no code of the codebook"),
    "texts of another corpus": (
        lambda rows: [r.update(text=f"{r['text']} Elsewhere.", post_id=f"other/{r['post_id']}") for r in rows],
        "none of its .* sentences is in a post of",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_gold_that_cannot_serve_is_refused(tagged, tagger, coded, write, why):
    rows = [dict(row) for row in coded[:40]]
    spoil, said = REFUSED[why]
    spoil(rows)
    with pytest.raises(InputError, match=said):
        gold_in(tagged, GoldFile(write(rows)), tagger)


def test_gold_that_the_tagger_was_fitted_to_is_refused_and_what_to_do_said(sample, root):
    with pytest.raises(
        InputError, match=r"the model framings_en 1\.0\.0 was fitted to 1,3\d\d of its .* leave them out \(--split measure\)"
    ):
        discourse.shares(sample, gold=root / "data" / "raw" / "sample" / "codes" / "framings.jsonl")


def test_years_and_categories_that_nobody_coded_stay_uncorrected_and_say_so(sample, coded, write):
    found = discourse.shares(
        sample, by=["year"], codes=["cyber_pessimist"], gold=write([r for r in coded if r["date"][:4] not in ("2019", "2022")])
    )
    rows = found.query("estimator == 'corrected' and measure == 'share_author'").set_index("period")
    assert rows.loc[["2019", "2022"], "estimate"].isna().all()
    assert rows.loc[["2015", "2016", "2017", "2018", "2020", "2021"], "estimate"].notna().all()
    overall = discourse.shares(sample, codes=["cyber_pessimist"], gold=write([r for r in coded if r["date"][:4] not in ("2019", "2022")]))
    assert set(overall.query("estimator == 'corrected'")["note"]) == {"uncorrected: nobody coded a sentence of 2019, 2022"}
    assert overall.query("estimator == 'naive'")["estimate"].notna().all()


def test_the_same_text_in_two_posts_is_told_apart_by_the_date(corpus_of_two, write):
    workspace, row = corpus_of_two
    posts, sentences, codings = (discourse.table(workspace, name) for name in ("posts", "sentences", "codings"))
    whole = Corpus(workspace, posts, sentences, codings)
    gold, about = gold_in(whole, GoldFile(write([row | {"date": "2021-05-01"}])), tagger_of(workspace))
    assert posts.set_index("post_id").loc[gold.sentences["post_id"], "published"].dt.year.tolist() == [2021]
    assert about["n_elsewhere"] == 0
    with pytest.raises(InputError, match="none of its 1 sentences"):
        gold_in(whole, GoldFile(write([row | {"date": "1999-01-01"}])), tagger_of(workspace))


@pytest.fixture
def corpus_of_two(corpus, tmp_path):
    text = "The ministry blocks websites."
    bodies = [f"{text} Rain fell on the {noun} all day long." for noun in ("harbour", "orchard")]
    workspace = tmp_path / "w"
    discourse.load_corpus(corpus([{"date": f"202{n}-05-01", "body": body} for n, body in enumerate(bodies)]), workspace)
    discourse.tag_corpus(workspace)
    row = dict.fromkeys(FRAMINGS, 0) | {"id": "a", "text": text, "cyber_pessimist": 1, "holder": "author", "modality": "asserted"}
    return workspace, row


def test_themes_can_be_corrected_too(sample, coded, write):
    codings = discourse.table(sample, "codings").query("code == 'access_divide'")
    rows = [{k: v for k, v in row.items() if k not in (*FRAMINGS, "holder", "modality", "coder_a", "coder_b")} for row in coded]
    starts = discourse.table(sample, "sentences").merge(codings[["post_id", "sentence"]])
    hits = set(starts[["post_id", "start"]].itertuples(index=False, name=None))
    gold = [{**row, "access_divide": int((row["post_id"], row["start"]) in hits)} for row in rows]
    found = discourse.shares(sample, codes=["access_divide", "cyber_optimist"], gold=write(gold)).set_index(
        ["code", "measure", "estimator"]
    )
    naive, corrected = (found.loc[("access_divide", "share", estimator)] for estimator in ("naive", "corrected"))
    assert corrected["estimate"] == pytest.approx(naive["estimate"])  # the hand codes here are the tagger's
    assert ("cyber_optimist", "share_author", "corrected") not in found.index


def test_measuring_again_keeps_its_gold_and_a_lost_one_is_named(own, coded, write):
    file = write(coded)
    pipeline.measure_corpus(own, gold=file)
    next(own.glob("estimates/*")).unlink()
    pipeline.prepared(own)
    assert (discourse.table(own, "estimates")["estimator"] == "corrected").any()
    said = {}
    for name in ("framings_over_time", "themes_by_category"):
        lines_ = sorted(discourse.draw(own, name).figure.texts, key=lambda text: -text.get_position()[1])
        said[name] = " ".join(" ".join(line.get_text() for line in lines_).split())
    assert "corrected by 592 hand-coded sentences of 31 posts" in said["framings_over_time"]
    assert "not corrected for the tagger's errors" in said["themes_by_category"]
    file.unlink()
    next(own.glob("estimates/*")).unlink()
    with pytest.raises(InputError, match="cannot be read"):
        pipeline.prepared(own)
