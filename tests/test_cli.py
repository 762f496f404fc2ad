"""The command line: what it prints, and that every error is one line with a way out."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from discourse.cli import app, main
from discourse.pipeline import CHARTS


def run(*arguments, capsys=None, monkeypatch=None):
    """Run in this process and return status, output and error text."""
    monkeypatch.setattr(sys, "argv", ["discourse", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    printed = capsys.readouterr()
    return caught.value.code or 0, printed.out, printed.err


@pytest.fixture
def discourse(capsys, monkeypatch):
    return lambda *arguments: run(*arguments, capsys=capsys, monkeypatch=monkeypatch)


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in app.registered_commands])
def test_every_command_explains_itself_with_an_example(discourse, command):
    status, out, _ = discourse(command, "--help")
    assert status == 0
    assert f"Example: discourse {command}" in " ".join(out.split())


def test_the_four_steps_name_the_next(discourse, corpus, tmp_path):
    folder, workspace = (
        corpus(
            [
                {"body": "The ministry blocks websites."},
                {"categories": "", "body": "It watches phones."},
                "---\ntitle: D\ndraft: true\n---\n",
            ]
        ),
        tmp_path / "w",
    )
    status, out, _ = discourse("load", folder, "--out", workspace)
    assert status == 0
    assert "2 posts" in out
    assert "1 post in no category" in out
    assert "1 file left out: a draft" in out
    assert f"Next: discourse tag {workspace}" in out
    status, out, _ = discourse("tag", workspace)
    assert (status, "2 of 2 posts tagged anew" in out) == (0, True)
    status, out, _ = discourse("measure", workspace)
    assert (status, "Next: discourse chart" in out) == (0, True)
    status, out, _ = discourse("chart", workspace, "overview")
    assert status == 0
    assert [line.rsplit(".", 1)[1] for line in out.splitlines()] == ["png", "svg", "pdf", "csv", "txt", "json"]
    status, out, _ = discourse("chart", workspace, "--list")
    assert (status, "framings_over_time" in out) == (0, True)


WHY = [
    ((), ["shutdown", "shutdown-terms", "2018 to 2019: from 1 of", "hangs on 'shutdown' (+2 codings, of +1)", "no proof of a cause"]),
    (
        ("--from", "2018", "--to", "2019", "--top", "1"),
        ["codings that hang on term", "all codings", "(no single term)", "more than the whole"],
    ),
    (("--by", "month", "--all"), ["2018-03 to 2019-03", "Charts leave out 2018-03 and 2019-03"]),
]


def test_why_prints_tables_and_a_sentence_a_change(discourse, corpus, tmp_path):
    plain = "Bread is warm in the morning and the bus goes at nine o'clock. "
    other = "Her garden behind the house lies under deep snow until the end of March. "
    bodies = {
        "2018-03-01": plain + "The internet blackout was over.",
        "2019-03-01": other + "A mobile shutdown began. A network shutdown went on.",
    }
    workspace = tmp_path / "w"
    discourse("load", corpus([{"date": date, "body": body} for date, body in bodies.items()]), "--out", workspace)
    status, _, err = discourse("why", workspace, "shutdowns")
    assert (status, "never tagged; run: discourse tag" in err) == (1, True)
    discourse("tag", workspace)
    for options, expected in WHY:
        status, out, _ = discourse("why", workspace, "shutdowns", *options)
        assert status == 0
        assert [text for text in expected if text not in out] == []
    for options, message in [
        (("shutdown",), "There is no code 'shutdown'. Did you mean 'shutdowns'"),
        (("shutdowns", "--from", 2018, "--to", 2050), "No sentence counts in the period '2050'."),
        (("shutdowns", "--by", "weeks"), "There is no kind of period 'weeks'."),
    ]:
        status, _, err = discourse("why", workspace, *options)
        assert (status, message in err.splitlines()[-1]) == (1, True)
    status, out, _ = discourse("why", workspace, "cybercrime_cryptocurrency")
    assert (status, len(out.splitlines())) == (0, 1)


def test_problems_are_printed_with_file_and_reason(discourse, corpus, tmp_path):
    folder = corpus([{}, {"date": "someday"}, "---\ntitle: [\n---\n"])
    (folder / "z.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    status, out, _ = discourse("load", folder, "--out", tmp_path / "w")
    assert status == 0
    assert "post-001.md: the date 'someday' cannot be read" in out
    assert "post-002.md: front matter cannot be parsed" in out
    assert "z.md: not UTF-8 (byte 0xe9 at 14)" in out


def bad_inputs(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary").mkdir()
    (tmp_path / "binary" / "a.md").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "a.md").write_bytes("---\ntitle: café\n---\n".encode("cp1252"))
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "a.md").write_text("---\ntitle: A\ndate: 2020-01-01\n---\nBody.", encoding="utf-8")
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "a.md").write_text("---\ntitle: A\ndate: 2020-01-01\n---\nBody.", encoding="utf-8")
    (tmp_path / "wrong" / "corrections.csv").write_text("post,field,old,new,reason\n*,title,Z,Y,typo\n", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    codes = {"cyber_optimist": 0, "cyber_pessimist": 1, "rights_norm": 0, "holder": "author", "modality": "asserted"}
    line = {"id": "a", "text": "They block phones.", **codes}
    for name, rows in {
        "coded": [line], "twice": [line, line | {"id": "b"}, line], "yes": [line | {"rights_norm": "yes"}],
        "nobody": [line, line | {"id": "b", "holder": None}], "never": [line | {"p_inclusion": 0}], "soon": [line | {"date": "soon"}],
        "postless": [line], "foreign": [{"id": "a", "text": "Soup.", "post": "p", "soup": 1}],
        "typo": [line | {"post": "p", "holdr": "author"}], "light": [line | {"post": "p", "weight": 0}],
        "kept": [line | {"post": "p", "split": "measure"}], "few": [line | {"id": k, "post": f"p{k}"} for k in range(9)],
        "reference": [{k: v for k, v in line.items() if k != "text"} | {"sha256": "0"}], "uncoded": [{"id": "a", "text": "Soup."}],
    }.items():  # fmt: skip
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("load", "missing", "--out", "w"), "no such file or folder"),
        (("load", "empty", "--out", "w"), "an empty folder"),
        (("load", "binary", "--out", "w"), "a binary file"),
        (("load", "broken", "--out", "w"), "front matter cannot be parsed"),
        (("load", "latin", "--out", "w"), "iconv -f WINDOWS-1252"),
        (("load", "good", "--out", "file"), "could not be written"),
        (("load", "good", "--out", "file/w"), "could not be written"),
        (("load", "good", "--out", "w", "--format", "markdwon"), "Did you mean 'markdown'"),
        (("load", "wrong", "--out", "w"), "line 2: nothing matches title 'Z'"),
        (("load", "good", "--out", "good"), "the originals are never written to"),
        (("load", "good", "--out", "good/w"), "the originals are never written to"),
        (("load", "good", "--out", "."), "the originals are never written to"),
        (("load", "good", "--out", "wrong"), "holds files that are not discourse's"),
        (("load", "good", "--out", "w", "--source", "../x"), "is no name for a source"),
        (("tag", "missing"), "no workspace here; make one with"),
        (("measure", "missing"), "no workspace here"),
        (("chart", "missing"), "no workspace here"),
        (("why", "missing", "shutdowns"), "no workspace here"),
        (("why", "missing", "shutdowns", "--from", "2018"), "--from and --to go together"),
        (("topics", "missing"), "no workspace here"),
        (("topics", "missing", "--k-from", "5"), "--k-from and --k-to go together"),
        (("reproduce", "missing"), "no workspace here"),
        (("reproduce", "missing", "--notebook", "04_framing"), "There is no notebook '04_framing'. Did you mean '04_framings'?"),
        (("reproduce", "missing", "--set", "first_yaer=2018"), "no parameter 'first_yaer'. Did you mean 'first_year'?"),
        (("reproduce", "missing", "--set", "first_year=soon"), "first_year is 'soon', and must be a whole number or none"),
        (("reproduce", "missing", "--notebook", "06_topics", "--set", "code=x"), "The notebook 06_topics has no parameter 'code'"),
        (("tag", "good", "--codebook", "missing.yaml"), "no workspace here"),
        (("evaluate",), "needs one of --gold FILE (framings) and --entities FILE"),
        (("evaluate", "--gold", "coded.jsonl", "--entities", "coded.jsonl"), "and not both"),
        (("evaluate", "--entities", "coded.jsonl", "--seed", "0", "--out", "w"), "--seed and --out: only with --gold"),
        (("evaluate", "--gold", "coded.jsonl", "--gazetteer", "file"), "--gazetteer: only with --entities"),
        (("evaluate", "--gold", "missing"), "missing: cannot be read"),
        (("evaluate", "--gold", "good"), "good: cannot be read"),
        (("evaluate", "--gold", "file"), "file, line 1: not JSON"),
        (("evaluate", "--gold", "uncoded.jsonl"), "uncoded.jsonl, line 1: 'cyber_optimist' is missing"),
        (("evaluate", "--gold", "twice.jsonl"), "twice.jsonl, line 3: the id 'a' stands in line 1 too"),
        (("evaluate", "--gold", "yes.jsonl"), 'line 1: not a coded sentence (rights_norm is "yes", and must be 0 or 1)'),
        (("evaluate", "--gold", "nobody.jsonl"), "line 2: not a coded sentence (holder is null, and must be author or other)"),
        (("evaluate", "--gold", "never.jsonl"), "p_inclusion is 0, and must be above 0 and at most 1"),
        (("evaluate", "--gold", "soon.jsonl"), 'date is "soon", and must be like 2019-05-31'),
        (("evaluate", "--gold", "reference.jsonl"), "name the workspaces of their corpora with --texts"),
        (("evaluate", "--gold", "reference.jsonl", "--texts", "good"), "good: no workspace here"),
        (("evaluate", "--gold", "coded.jsonl", "--split", "measure"), "no sentence of split 'measure' to evaluate on"),
        (("evaluate", "--gold", "coded.jsonl", "--predictions", "./coded.jsonl"), "this is the file of hand codes itself"),
        (("evaluate", "--gold", "coded.jsonl", "--out", "file"), "could not be written"),
        (("evaluate", "--gold", "coded.jsonl", "--codebook", "missing.yaml"), "missing.yaml: cannot be read"),
        (("tag", "good", "--model", "missing"), "no workspace here"),
        (("train", "--codes", "missing", "--out", "w"), "missing: cannot be read"),
        (("train", "--codes", "postless.jsonl", "--out", "w"), "line 1: not a coded sentence (post is missing"),
        (("train", "--codes", "foreign.jsonl", "--out", "w"), "'soup' is no code of the codebook digital_rights"),
        (("train", "--codes", "typo.jsonl", "--out", "w"), "the column 'holdr' is not known. Did you mean 'holder'?"),
        (("train", "--codes", "light.jsonl", "--out", "w"), "weight is 0, and must be a number above 0"),
        (("train", "--codes", "kept.jsonl", "--out", "w"), "no sentence to fit on; all 1 are of split 'measure'"),
        (("train", "--codes", "few.jsonl", "--out", "w"), "9 posts are too few to fit on; at least 10"),
        (("train", "--codes", "few.jsonl", "--codes", "few.jsonl", "--out", "w"), "the same file twice"),
        (("train", "--codes", "few.jsonl", "--out", "file"), "file: could not be written"),
        (("train", "--codes", "few.jsonl", "--out", "good"), "good: holds other files (a.md)"),
        (("train", "--codes", "few.jsonl", "--out", "w", "--name", "a/b"), "'a/b' is no name for a model"),
        (("train", "--codes", "few.jsonl", "--out", "w", "--codebook", "missing.yaml"), "missing.yaml: cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_half_written(discourse, tmp_path, monkeypatch, arguments, message):
    bad_inputs(tmp_path)
    monkeypatch.chdir(tmp_path)
    status, _, err = discourse(*arguments)
    assert status == 1
    (line,) = err.strip().splitlines()[-1:]
    assert line.startswith("discourse: ")
    assert message in line
    assert "Traceback" not in err
    assert not (tmp_path / "w" / "manifest.json").exists()
    assert arguments[0] != "train" or not (tmp_path / "w").exists()


def test_sentences_that_nobody_has_coded_are_coded_and_not_scored(discourse, root, tmp_path):
    coded = [json.loads(line) for line in (root / "data/raw/sample/codes/framings.jsonl").read_text(encoding="utf-8").splitlines()[:6]]
    both = {"blind": [{"id": row["id"], "text": row["text"]} for row in coded], "coded": coded}
    found = {}
    for name, rows in both.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        status, printed, _ = discourse("evaluate", "--gold", tmp_path / f"{name}.jsonl", "--predictions", tmp_path / f"{name}.out")
        assert status == 0
        assert ("nothing to score; 6 sentences" in printed) == (name == "blind")
        found[name] = (tmp_path / f"{name}.out").read_text(encoding="utf-8")
    assert found["blind"] == found["coded"]


def test_the_scores_of_framings_are_printed_in_order_and_written(discourse, tmp_path):
    bad_inputs(tmp_path)
    out = tmp_path / "scores"
    arguments = ("--bootstrap", 20, "--predictions", tmp_path / "p.jsonl", "--out", out)
    status, printed, _ = discourse("evaluate", "--gold", tmp_path / "coded.jsonl", *arguments)
    assert status == 0
    heads = [block.split()[0] for block in printed.split("\n\n")[1:]]
    assert heads == ["framing", "holder", "modality", "calibration", "score,", "method", "source", "year"]
    assert [line.split()[0] for line in printed.split("\n\n")[6].splitlines()[1:]] == [
        method for method in ("tagger", "majority", "everything", "keyword", "n-gram") for _ in (0, 1)
    ]
    names = {f"framings_{name}.csv" for name in ("accuracy", "calibration", "confusion")}
    names |= {f"accuracy.{suffix}" for suffix in ("png", "svg", "pdf", "csv", "txt")}
    assert {path.name for path in out.iterdir()} == names
    assert json.loads((tmp_path / "p.jsonl").read_text(encoding="utf-8"))["id"] == "a"


def test_the_list_of_charts_needs_no_workspace(discourse):
    status, out, _ = discourse("chart", "--list")
    assert status == 0
    heads = [line.split()[0] for line in out.splitlines()]
    assert heads == ["chart", *CHARTS]
    assert "Who holds each framing" in out


def test_verify_and_trace_say_what_holds_and_what_is_behind(discourse, corpus, tmp_path):
    workspace, figure = tmp_path / "w", tmp_path / "figures" / "overview.png"
    person = "Oleksandra Vovchenko said that the ministry watches every phone."
    discourse("load", corpus([{"body": person}, {"title": "=1+1", "body": "It blocks websites."}]), "--out", workspace)
    discourse("tag", workspace)
    discourse("measure", workspace)
    discourse("chart", workspace, "overview", "--out", figure.parent)
    assert discourse("verify", figure, "--in", workspace)[:2] == (0, f"{figure} (figure {named(figure)}): same\n")
    stripped = tmp_path / "mailed.jpg"
    stripped.write_bytes(b"\xff\xd8\xff\xe0")
    status, out, _ = discourse("verify", stripped, named(figure), "--in", workspace)
    assert (status, "mailed.jpg: no passport" in out, f"{named(figure)}: same" in out) == (1, True, True)
    status, out, _ = discourse("trace", named(figure), "--in", workspace)
    assert (status, "posts loaded" in out) == (0, True)
    csv = tmp_path / "behind.csv"
    status, out, _ = discourse("trace", figure, "--mark", "posts loaded", "--in", workspace, "--out", csv)
    assert (status, "2 behind it" in out) == (0, True)
    assert "'=1+1" in csv.read_text(encoding="utf-8")
    status, _, err = discourse("trace", figure, "--mark", "posts loadde", "--in", workspace)
    assert (status, "Did you mean 'posts loaded'?" in err) == (1, True)
    status, _, err = discourse("chart", workspace, "overview", "--label", "ORG")
    assert (status, "overview takes no option 'label'" in err) == (1, True)


def named(figure):
    return json.loads(figure.with_suffix(".json").read_text(encoding="utf-8"))["identifier"]


def test_odd_file_names_are_problems_or_posts_and_never_a_traceback(discourse, corpus, tmp_path):
    folder = corpus([{}])
    post = (folder / "post-000.md").read_bytes()
    (folder / "with space ü.md").write_bytes(post)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_bytes(post)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "elsewhere.md").symlink_to(tmp_path.parent)
    (folder / "inner").symlink_to(folder)
    status, out, err = discourse("load", folder, "--out", tmp_path / "w")
    assert (status, "3 posts" in out) == (0, True), err
    assert "loop.md: cannot be read" in out
    assert "a link that leads elsewhere" in out


def test_a_folder_that_may_not_be_written(discourse, corpus, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    target = Path("/proc") if os.geteuid() == 0 else locked  # root may write anywhere but there
    status, _, err = discourse("load", corpus([{}]), "--out", target / "w")
    assert status == 1
    assert re.search(r"no permission to write here|could not be written", err)


def test_a_refusal_of_permission_is_one_line(discourse, corpus, tmp_path, monkeypatch):
    def refuse(self, **_):
        raise PermissionError(13, "Permission denied")

    folder = corpus([{}])
    monkeypatch.setattr(Path, "mkdir", refuse)
    status, _, err = discourse("load", folder, "--out", tmp_path / "w")
    assert (status, "no permission to write here; choose another folder" in err) == (1, True)


def test_an_interrupt_leaves_nothing_half_written(discourse, corpus, tmp_path, monkeypatch):
    from discourse import clean

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    folder = corpus([{}])
    monkeypatch.setattr(clean, "prepared", interrupted)
    status, _, err = discourse("load", folder, "--out", tmp_path / "w")
    assert (status, "Interrupted" in err) == (130, True)
    assert not (tmp_path / "w" / "manifest.json").exists()


def test_python_m_discourse_is_the_same():
    done = subprocess.run([sys.executable, "-m", "discourse", "--help"], capture_output=True, text=True, check=True)
    assert re.search(r"load .*\n(.*\n)*.*tag .*\n(.*\n)*.*measure .*\n(.*\n)*.*chart", done.stdout)
