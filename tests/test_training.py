"""Training: a model of one's own codes, what it says of itself, and how it is used and remembered."""

import json
from pathlib import Path

import pytest

import discourse
from discourse.errors import CodebookError, InputError, ModelError, WorkspaceError
from discourse.pipeline import Recipe, train_model
from discourse.pipeline.tagging import coded_by
from discourse.tag import Choice, framings_alone, load_english, read_codebook, tagger_from
from discourse.tag.framing import lessons, read_model

BOOK = (
    "codebook: soups\nversion: 3\nlanguage: en\n{terms}codes:\n- {{code: soup, kind: {kind}, name: Soup, definition: d, rules: [{{id: s, "
    "cue: soup}}], match: [Soup.], no_match: [Bread.]}}\n"
)
HOT = ["A bowl of hot broth is good for {}.", "The soup of the day warms {}.", "{} may like the broth.", "Hot broth is said to heal {}."]
COLD = ["The bread is eaten by {}.", "{} went to the market.", "The cook told {} about the harvest.", "Rain fell on {} all day."]
WHO = ["Aunt May", "Sailors", "Children", "Guests", "Bakers"]
QUICK = Recipe(bootstrap=10)


def coded(n=160, posts=20, **more):
    """Return sentences about soup and about something else, in turn."""
    return [
        {"id": k, "post": f"p{k % posts}", "text": (HOT if k % 2 else COLD)[k // 2 % 4].format(WHO[k % 5]), "soup": k % 2, **more}
        for k in range(n)
    ]


def write(path, rows):
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def book(folder, kind="framing", terms=""):
    file = folder / f"{kind}.yaml"
    file.write_text(BOOK.format(kind=kind, terms=terms), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def soups(tmp_path_factory):
    """Return a model fitted to codes without holder and modality, by a codebook of one framing and no terms."""
    folder = tmp_path_factory.mktemp("soups")
    return train_model(write(folder / "c.jsonl", coded()), out=folder / "mine", codebook=book(folder), recipe=QUICK)


def test_a_model_of_ones_own_knows_what_it_was_fitted_on(soups):
    rows = coded()
    known = soups.model.known
    assert len(known) == len({row["text"] for row in rows})
    hand = known.coded([row["text"] for row in rows])
    assert hand["soup"].tolist() == [row["soup"] for row in rows]
    assert hand[["holder", "modality"]].isna().all(axis=None)
    assert known.coded(["The soup of the day warms nobody."]).empty


def test_a_model_of_ones_own_says_what_it_was_fitted_on_and_is_worth(soups):
    assert soups.counts.to_dict("records")[-1] == {"source": "all", "sentences": 160, "posts": 20, "soup": 80}
    assert soups.model.title == "mine 1"
    assert soups.model.about["cross_validated"].keys() == {"soup", "all"}
    assert soups.scores.query("measure == 'f1' and code == 'soup' and not weighted")["estimate"].item() > 0.9
    assert set(soups.scores["part"]) == {"framing", "calibration"}
    card = (soups.folder / "README.md").read_text(encoding="utf-8")
    assert "# mine 1" in card
    assert "| framing | soup | F1 | 80 |" in card
    assert sorted(path.name for path in soups.folder.iterdir()) == ["README.md", "model.npz"]


def test_without_holder_and_modality_in_the_codes_the_shipped_weights_serve(soups):
    assert (soups.model.holder, soups.model.modality) == (None, None)
    assert [note.split(":")[0] for note in soups.notes] == ["holder", "modality"]
    tagger = tagger_from(Choice(soups.folder.parent / "framing.yaml", model=soups.folder))
    own, said = framings_alone(["Hot broth is good for the sailors.", "The minister said that the hot broth would heal everyone."], tagger)
    assert (own["soup"], own["holder"], own["modality"]) == (1, "author", "asserted")
    assert said["holder"] == "other"


def test_the_same_codes_give_the_same_bytes_and_an_earlier_model_is_replaced(soups, tmp_path):
    again = [train_model(soups.folder.parent / "c.jsonl", out=tmp_path / "mine", codebook=book(tmp_path), recipe=QUICK) for _ in range(2)]
    for name in ("README.md", "model.npz"):
        assert (tmp_path / "mine" / name).read_bytes() == (soups.folder / name).read_bytes()
    assert again[1].model.fingerprint == soups.model.fingerprint


def test_holder_and_modality_are_learnt_where_enough_are_coded(tmp_path):
    rows = [row | {"holder": ("author", "other")[k // 2 % 2], "modality": "asserted"} for k, row in enumerate(coded())]
    done = train_model(
        write(tmp_path / "c.jsonl", rows), out=tmp_path / "m", codebook=book(tmp_path, terms="terms: {who: sailors|guests}\n"), recipe=QUICK
    )
    assert done.model.holder.answers == ("author", "other")
    assert done.model.modality is None
    hand = done.model.known.coded([HOT[0].format("Sailors")])
    assert hand["modality"].tolist() == ["asserted"]
    assert done.notes == (
        "modality: 0 sentences differ from the most frequent answer, at least 20 must; the shipped model's weights serve for it.",
    )
    assert set(done.scores["part"]) == {"framing", "holder", "calibration"}


def test_sentences_to_measure_on_are_never_fitted_on_and_several_files_are_one(tmp_path):
    rows = coded()
    kept = [row | {"split": "measure"} for row in rows[:40]]
    files = [write(tmp_path / "a.jsonl", [*kept, *rows[40:100]]), write(tmp_path / "b.jsonl", [r | {"source": "b"} for r in rows[100:]])]
    done = train_model(files, out=tmp_path / "m", codebook=book(tmp_path), name="Broth", recipe=QUICK)
    assert done.counts["sentences"].tolist() == [60, 60, 120]
    assert list(done.scores["source"].unique()) == ["all", "(unknown)", "b"]
    assert done.model.title == "Broth 1"
    seen = {row["text"] for row in rows[40:]}
    assert (done.model.known.find([row["text"] for row in rows]) >= 0).tolist() == [row["text"] in seen for row in rows]


def test_what_a_row_counts_is_its_weight(tmp_path):
    read = lessons(coded(4, weight=0.5), codebook=read_codebook(book(tmp_path)), english=load_english())
    assert [(lesson.weight, lesson.post, sorted(lesson.codes)) for lesson in read] == [
        (0.5, "p0", []), (0.5, "p1", ["soup"]), (0.5, "p2", []), (0.5, "p3", ["soup"]),
    ]  # fmt: skip
    assert all(lesson.features["words"] and "stances" in lesson.features for lesson in read)


def test_sentences_coded_by_reference_are_found_in_a_workspace_that_is_only_loaded(corpus, tmp_path):
    from discourse.paths import sha256

    rows = coded()
    posts = {row["post"]: "" for row in rows}
    for row in rows:
        posts[row["post"]] += row["text"] + " "
    discourse.load_corpus(corpus([{"body": body} for body in posts.values()]), tmp_path / "w")
    referred = [{**row, "sha256": sha256(row["text"].encode())} for row in rows]
    for row in referred:
        del row["text"]
    file = write(tmp_path / "c.jsonl", referred)
    with pytest.raises(InputError, match="--texts"):
        train_model(file, out=tmp_path / "m", codebook=book(tmp_path), recipe=QUICK)
    done = train_model(file, out=tmp_path / "m", codebook=book(tmp_path), texts=[tmp_path / "w"], recipe=QUICK)
    assert done.counts["soup"].iloc[-1] == 80
    assert (done.model.known.find([row["text"] for row in rows]) >= 0).all()


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        (coded(posts=9), ModelError, "posts are too few"),
        (coded(30), ModelError, "15 of 30 sentences carry it; at least 20 must"),
        (
            [row | {"post": "p0" if row["soup"] else row["post"]} for row in coded()],
            ModelError,
            "that carry it are from 1 posts; at least 5",
        ),
        ([row | {"soup": 0} for row in coded()], ModelError, "0 of 160 sentences carry it"),
        ([row | {"soup": None} for row in coded()], InputError, "line 1: not a coded sentence .soup is null, and must be 0 or 1"),
        ([row | {"post": None} for row in coded()], InputError, "post is missing"),
        ([row | {"weight": "much"} for row in coded()], InputError, 'weight is "much"'),
        ([row | {"broth": 1} for row in coded()], InputError, "the column 'broth' is not known"),
        ([row | {"text": " "} for row in coded()], InputError, "text is empty"),
        ([], InputError, "no sentence to fit on"),
    ],
)
def test_codes_that_no_model_can_be_fitted_to_are_one_line_and_leave_nothing(tmp_path, rows, error, message):
    with pytest.raises(error, match=message) as caught:
        train_model(write(tmp_path / "c.jsonl", rows), out=tmp_path / "m", codebook=book(tmp_path), recipe=QUICK)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "m").exists()


def test_a_codebook_without_framings_has_nothing_to_learn(tmp_path):
    with pytest.raises(CodebookError, match="no code of kind framing"):
        train_model(write(tmp_path / "c.jsonl", coded()), out=tmp_path / "m", codebook=book(tmp_path, kind="theme"))


def test_other_files_are_never_joined_or_replaced(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"holds other files \(notes.txt\)"):
        train_model(write(tmp_path / "c.jsonl", coded()), out=tmp_path / "m", codebook=book(tmp_path))


def test_a_workspace_keeps_its_own_model_and_figures_name_it(soups, corpus, tmp_path):
    workspace, own = tmp_path / "w", soups.folder.parent / "framing.yaml"
    bodies = [
        "Hot broth is good for the sailors. Rain fell on the market all day, and the cook told the guests about the harvest of the year."
    ] * 2
    discourse.load_corpus(corpus([{"body": body} for body in bodies]), workspace)
    first = discourse.tag_corpus(workspace, codebook=own)
    assert coded_by(first["tag"]) == "Framings coded by rules of the codebook soups 3"
    record = discourse.tag_corpus(workspace, codebook=own, model=soups.folder)
    assert record["tag"]["model"] == {"title": "mine 1", "fingerprint": soups.model.fingerprint, "own": True}
    assert set(discourse.table(workspace, "codings")["method"]) == {"mine 1"}
    discourse.prepared(workspace)
    assert set(discourse.table(workspace, "codings")["method"]) == {"mine 1"}
    (words,) = [text.get_text() for text in discourse.draw(workspace, "overview").figure.texts if "coded by" in text.get_text()]
    assert " ".join(words.split()).startswith(
        f"Framings coded by the study's own model mine 1 ({soups.model.fingerprint[:8]}), codebook soups 3; names by"
    )
    again = discourse.tag_corpus(workspace, codebook=own)
    assert coded_by(again["tag"]) == "Framings coded by rules of the codebook soups 3"


def test_the_shipped_model_is_named_with_the_rules_of_the_themes(sample):
    from discourse.workspaces import manifest

    title = read_model().title
    assert coded_by(manifest(sample)["tag"]) == f"Framings coded by the model {title}, themes by rules of the codebook digital_rights 1"


def test_a_model_of_another_codebook_is_refused(soups, corpus, tmp_path):
    discourse.load_corpus(corpus([{}]), tmp_path / "w")
    with pytest.raises(ModelError, match="fitted to other framings than those of the codebook digital_rights"):
        discourse.tag_corpus(tmp_path / "w", model=soups.folder)
    with pytest.raises(ModelError, match="cannot be read"):
        discourse.tag_corpus(tmp_path / "w", model=Path("missing"))
