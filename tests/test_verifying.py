"""Verify: each way in which a figure and its corpus can part is told apart."""

import io
import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from discourse import chart_corpus, draw, load_corpus, measure_corpus, paths, tag_corpus, verify
from discourse.errors import InputError, WorkspaceError
from discourse.export import described_in, digest, to_json
from discourse.pipeline.tagging import CACHE

NAMES = ["overview", "framings_over_time", "themes_by_category"]
YEARS = ("2016", "2017")


@pytest.fixture(scope="module")
def blog(root, sample, tmp_path_factory):
    """Return a folder with the sample's posts of two years, and a workspace made from it, as they were when the figures were made."""
    home = tmp_path_factory.mktemp("verified")
    folder = home / "blog"
    folder.mkdir()
    for file in sorted((root / "data" / "raw" / "sample" / "posts").glob("*.md")):
        if file.name[:4] in YEARS:
            shutil.copy(file, folder)
    load_corpus(folder, home / "w", source="blog")
    shutil.copy(sample / CACHE, home / "w")  # these posts were tagged before
    tag_corpus(home / "w")
    measure_corpus(home / "w")
    chart_corpus(home / "w", NAMES, out=home / "figures")
    return home


@pytest.fixture
def later(blog, tmp_path):
    """Return a copy of posts, workspace and figures, to be changed."""
    for name in ("blog", "w", "figures"):
        shutil.copytree(blog / name, tmp_path / name)
    return tmp_path


def run_again(home, **chosen):
    load_corpus(home / "blog", home / "w", source="blog")
    tag_corpus(home / "w", **chosen)
    measure_corpus(home / "w")


def said(verdict):
    return "\n".join(verdict.said)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "csv", "json"])
def test_a_figure_of_the_same_corpus_is_the_same(blog, name, suffix):
    found = verify(str(blog / "figures" / f"{name}.{suffix}"), workspace=blog / "w")
    assert found.all == ("same",), found.said
    assert found.said == ()


def test_a_run_anew_gives_the_same_figures(later):
    before = {path.name: path.read_bytes() for path in (later / "figures").iterdir()}
    shutil.rmtree(later / "w")
    run_again(later)
    after = {path.name: path.read_bytes() for path in chart_corpus(later / "w", NAMES, out=later / "anew")}
    assert after == before


def test_another_folder_time_zone_locale_and_hash_seed_give_the_same_figures(blog, tmp_path):
    home = tmp_path / "a folder with spaces, 그리고 한글"
    shutil.copytree(blog / "blog", home / "blog")
    env = {**os.environ, "TZ": "Asia/Pyongyang", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join(sys.path)}
    for command in (
        ["load", "blog", "--out", "w", "--source", "blog"], ["tag", "w"], ["measure", "w"], ["chart", "w", *NAMES, "--out", "figures"],
    ):  # fmt: skip
        subprocess.run([sys.executable, "-m", "discourse", *command], check=True, cwd=home, env=env, capture_output=True)
    ours = {path.name: path.read_bytes() for path in (blog / "figures").iterdir()}
    assert {path.name: path.read_bytes() for path in (home / "figures").iterdir()} == ours


def test_the_identifier_at_its_foot_finds_a_figure_whose_passport_was_stripped(later):
    image = Image.open(later / "figures" / "overview.png")
    image.save(later / "mailed.png")
    image.convert("RGB").save(later / "mailed.jpg")
    for name in ("mailed.png", "mailed.jpg"):
        found = verify(str(later / name), workspace=later / "w")
        assert found.verdict == "no passport"
        assert "identifier printed at its foot" in said(found)
    figure = draw(later / "w", "overview")
    assert figure.id in (later / "figures" / "overview.svg").read_text(encoding="utf-8")
    assert verify(figure.id, workspace=later / "w").verdict == "same"
    assert verify(figure.id.lower(), workspace=later / "w").verdict == "same"


def test_a_changed_post_is_named_with_the_numbers_that_moved(later):
    post = later / "blog" / "2016-09-28-twenty-eight-addresses.md"
    text = post.read_text(encoding="utf-8")
    post.write_text(
        text + "\n\nThe ministry watches every phone, and the police read every message that people send.\n" * 12, encoding="utf-8"
    )
    run_again(later)
    found = verify(str(later / "figures" / "framings_over_time.png"), workspace=later / "w")
    assert found.all == ("numbers moved", "corpus differs")
    changed = found.posts[found.posts["became"] == "changed"]
    assert changed["post_id"].str.contains("twenty-eight-addresses").tolist() == [True]
    assert changed["marks"].iloc[0]
    moved = found.moved[(found.moved["mark"].str.contains("pessimist")) & (found.moved["column"] == "n")]
    assert (moved["now"].astype(int) > moved["then"].astype(int)).any()
    assert "1 post changed" in said(found)


def test_posts_that_are_new_or_gone_are_counted(later):
    (later / "blog" / "2017-07-17-prosecutor-and-the-telephone.md").unlink()
    new = "---\ntitle: New\ndate: 2017-12-30\ncategories: [Privacy]\n---\nThe ministry blocks websites."
    (later / "blog" / "new.md").write_text(new, encoding="utf-8")
    run_again(later)
    found = verify(str(later / "figures" / "overview.svg"), workspace=later / "w")
    assert found.posts["became"].value_counts().to_dict() == {"new": 1, "gone": 1}
    assert found.all == ("numbers moved", "corpus differs")


def test_an_edited_codebook_is_told_by_its_rules(later, tmp_path):
    text = paths.resource("codebook", "digital_rights.yaml").read_text(encoding="utf-8")
    assert text.count("- id: surveillance-terms") == 1
    mine = later / "mine.yaml"
    head, tail = text.split("- id: surveillance-terms", 1)
    tail = tail.replace("surveil", "zzz", 6).replace("intercept", "zzz", 3)
    mine.write_text(head + "- id: surveillance-terms" + tail, encoding="utf-8")
    run_again(later, codebook=mine)
    found = verify(str(later / "figures" / "themes_by_category.png"), workspace=later / "w")
    assert found.verdict == "numbers moved"
    assert "codebook" in set(found.inputs["input"])
    assert "surveillance-terms" in said(found)
    assert "tagged otherwise" in set(found.posts["became"])
    assert "changed" not in set(found.posts["became"])


def test_another_model_is_named(later):
    folder = shutil.copytree(paths.resource("framings_en"), later / "mine")
    with np.load(folder / "model.npz", allow_pickle=False) as data:
        arrays = dict(data)
    arrays["thresholds"] = np.clip(arrays["thresholds"] + 0.3, 0, 0.99)
    np.savez(folder / "model.npz", **arrays)
    run_again(later, model=folder)
    found = verify(str(later / "figures" / "framings_over_time.pdf"), workspace=later / "w")
    assert found.verdict == "numbers moved"
    assert set(found.inputs["input"]) == {"model"}
    assert (found.posts["became"] == "tagged otherwise").all()


def test_an_altered_csv_is_told_cell_by_cell(later):
    file = later / "figures" / "overview.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    place = lines[0].split(",").index("n")
    cells[place] = str(int(cells[place]) + 40)
    file.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")
    found = verify(str(file), workspace=later / "w")
    assert found.all == ("numbers altered",)
    assert f"{cells[0]}, n: {cells[place]} instead of {int(cells[place]) - 40}" in said(found)


def edited(data, passport=None):
    image = Image.open(io.BytesIO(data))
    image.load()
    info = PngInfo()
    image.paste((255, 255, 255), (1000, 500, 1400, 900))
    bare = io.BytesIO()
    image.save(bare, "PNG")
    text = image.info["Description"] if passport is None else passport(bare.getvalue())
    info.add_text("Description", text)
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def test_an_edited_picture_with_its_old_passport_is_altered(later):
    file = later / "figures" / "framings_over_time.png"
    file.write_bytes(edited(file.read_bytes()))
    assert verify(str(file), workspace=later / "w").all == ("picture altered",)


def test_an_edited_picture_whose_hash_was_forged_is_altered_too(later):
    file = later / "figures" / "framings_over_time.png"
    passport = json.loads(described_in(file.read_bytes(), "png", "f"))

    def forged(data):
        return to_json({**passport, "pictures": {**passport["pictures"], "png": digest(data, "png", "f")}})

    file.write_bytes(edited(file.read_bytes(), forged))
    found = verify(str(file), workspace=later / "w")
    assert found.all == ("picture altered",)
    assert "the picture drawn from them is another" in said(found)


def test_an_edited_passport_is_told(later):
    file = later / "figures" / "framings_over_time.json"
    passport = json.loads(file.read_text(encoding="utf-8"))
    passport["description"] = "Optimists rose."
    file.write_text(json.dumps(passport), encoding="utf-8")
    assert verify(str(file), workspace=later / "w").verdict == "passport altered"


def test_a_corpus_that_differs_where_nothing_is_drawn_is_said(later):
    post = later / "blog" / "2016-09-28-twenty-eight-addresses.md"
    post.write_text(post.read_text(encoding="utf-8").replace("Twenty-Eight", "Thirty", 1), encoding="utf-8")
    run_again(later)
    found = verify(str(later / "figures" / "framings_over_time.png"), workspace=later / "w")
    assert found.all == ("corpus differs",)
    assert found.posts["became"].tolist() == ["changed"]


@pytest.mark.parametrize("what", ["nothing.png", "ZZZZ-ZZZZ"])
def test_what_is_not_there_is_one_line(later, what):
    with pytest.raises((InputError, WorkspaceError), match=r"cannot be read|keeps no passport"):
        verify(what, workspace=later / "w")


def test_without_a_workspace_the_one_that_keeps_the_passport_is_found(later, monkeypatch):
    monkeypatch.chdir(later)
    with pytest.raises(WorkspaceError, match="No workspace in data/processed is of the source 'blog'"):
        verify("figures/overview.png")
    shutil.copytree(later / "w", later / "data" / "processed" / "blog")
    assert verify("figures/overview.png").verdict == "same"
    assert verify(draw("w", "overview").id).verdict == "same"
