"""The commands for coding by hand: what they print, and that every error is one line."""

import json
import re
import sys

import pytest
from coders import FRAMED, PLAIN, fill, rows_of, save

from discourse.cli import main


@pytest.fixture
def discourse(capsys, monkeypatch):
    """Return a function that runs a command in this process, and returns status, output and error text."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["discourse", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        return caught.value.code or 0, printed.out, printed.err

    return run


def test_the_way_of_a_study(discourse, study):
    folder = study(6)
    status, out, _ = discourse("sheets", folder, "--coder", "ben", "--coder", "ann")
    assert (status, out.splitlines()[0]) == (
        0, f"ann: 6 sentences, 6 of them coded by all: {folder / 'sheet_ann.xlsx'} (or .csv; fill one)",
    )  # fmt: skip
    assert f"Next, when the sheets are filled: discourse agree {folder}" in out
    fill(folder / "sheet_ann.csv", {1: FRAMED, 2: FRAMED}, default=PLAIN)
    fill(folder / "sheet_ben.csv", {1: FRAMED}, default=PLAIN)
    status, out, _ = discourse("agree", folder, "--bootstrap", 20)
    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("coder_a is ann; coder_b is ben")
    assert lines[2].split()[:5] == ["code", "sentences", "posts", "alpha", "agree"]
    assert re.search(r"^cyber_optimist +6 +\d  not defined: every code is 0 +1\.000 +0\.000 +0 +0$", out, flags=re.MULTILINE)
    assert re.search(r"^holder +1 +1  not defined: every holder is author +1\.000$", out, flags=re.MULTILINE)
    both = f"{folder / 'disagreements.xlsx'} or {folder / 'disagreements.csv'}"
    assert f"Sentences that are coded differently: 1, in {both} (fill one)." in lines
    path = folder / "disagreements.csv"
    save(path, [row | {"cyber_pessimist": "0"} for row in rows_of(path)])
    status, out, _ = discourse("agree", folder, "--bootstrap", 20)
    assert f"Sentences that are coded differently: 1, in {both} (fill one); 1 of them are begun or decided." in out
    status, out, _ = discourse("adjudicate", folder)
    gold = folder / "gold.jsonl"
    assert (status, out.splitlines()) == (
        0, [f"{gold}: 6 sentences, 1 decided.", f"Next: discourse measure DIR --gold {gold}"],
    )  # fmt: skip
    assert sum(json.loads(line)["cyber_pessimist"] for line in gold.read_text(encoding="utf-8").splitlines()) == 1


def test_problems_are_listed_up_to_what_can_be_read_and_all_are_in_a_file(discourse, study):
    folder = study(30)
    discourse("sheets", folder, "--coder", "ann", "--coder", "ben", "--shared", 20, "--seed", 3)
    status, out, err = discourse("agree", folder)
    assert status == 1
    assert len(out.splitlines()) == 41
    assert out.splitlines()[-1] == f"and 10 more, in {folder / 'problems.csv'}"
    (line,) = err.strip().splitlines()
    assert line == (
        f"discourse: {folder}: 50 problems in sheet_ann.xlsx, sheet_ben.xlsx; all are in {folder / 'problems.csv'}. Complete lines: ann 0 of "
        "25, ben 0 of 25. Set the others right, or go on without them: --partial."
    )
    rows = rows_of(folder / "problems.csv")
    assert len(rows) == 50
    assert rows[0] | {"id": ""} == {
        "file": "sheet_ann.xlsx", "line": "2", "id": "", "kind": "error", "what": "not yet coded", "what_to_do": "type 0 or 1 for each code",
    }  # fmt: skip
    fill(folder / "sheet_ann.csv", {}, default=PLAIN)
    fill(folder / "sheet_ben.csv", dict.fromkeys(range(1, 20), PLAIN))
    status, out, _ = discourse("agree", folder, "--partial", "--bootstrap", 5)
    assert (status, "ben: 19 of 25 lines are complete" in out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sheets", "missing", "--coder", "ann"), "plan.jsonl: no plan here; draw the sentences with: discourse plan DIR --out missing"),
        (("sheets", "empty", "--coder", "ann"), "plan.jsonl: the plan is empty"),
        (("sheets", "twice", "--coder", "ann"), "plan.jsonl, line 2: the id 'a' stands in line 1 too"),
        (("sheets", "postless", "--coder", "ann"), "plan.jsonl, line 1: 'post_id' is missing"),
        (("sheets", "study", "--coder", "../ann"), "'../ann' is no name for a coder; say one of letters, digits, hyphens and underscores"),
        (("sheets", "study", "--coder", "Ann", "--coder", "ann"), "the coder 'Ann' is named twice"),
        (("sheets", "study", "--coder", "ann", "--shared", "7"), "7 sentences for all coders; the plan has 6"),
        (("sheets", "study", "--coder", "ann", "--code", "shutdown"), "has no code 'shutdown'. Did you mean 'shutdowns'?"),
        (("sheets", "study", "--coder", "ann", "--codebook", "missing.yaml"), "missing.yaml: cannot be read"),
        (("sheets", "filled", "--coder", "ann"), "sheet_ann.csv: 6 lines are filled in, so it is not written over"),
        (("agree", "study"), "study: no sheets here; make them with: discourse sheets study"),
        (("agree", "damaged"), "sheets.json: cannot be read"),
        (("adjudicate", "study"), "study: no sheets here"),
        (("adjudicate", "filled"), "filled: 6 problems in sheet_ben.xlsx"),
    ],
)
def test_bad_input_is_one_line(discourse, study, tmp_path, monkeypatch, arguments, message):
    folder = study(6)
    monkeypatch.chdir(tmp_path)
    line = {"id": "a", "text": "They block phones.", "post_id": "p"}
    plans = {"empty": [], "twice": [line, line], "postless": [{"id": "a", "text": "Soup."}], "filled": None, "damaged": None}
    for name, rows in plans.items():
        (tmp_path / name).mkdir()
        text = (folder / "plan.jsonl").read_text(encoding="utf-8") if rows is None else "".join(f"{json.dumps(row)}\n" for row in rows)
        (tmp_path / name / "plan.jsonl").write_text(text, encoding="utf-8")
    discourse("sheets", "filled", "--coder", "ann", "--coder", "ben")
    fill(tmp_path / "filled" / "sheet_ann.csv", {}, default=PLAIN)
    (tmp_path / "damaged" / "sheets.json").write_text('{"codes": [', encoding="utf-8")
    status, _, err = discourse(*arguments)
    assert status == 1
    (line,) = err.strip().splitlines()
    assert line.startswith("discourse: ")
    assert message in line
