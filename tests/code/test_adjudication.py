"""From two sheets to one set of codes: what is in dispute, what was decided, and that no decision is lost."""

import json

import openpyxl
import pytest
from coders import CODES, FRAMED, PLAIN, fill, rows_of, save

from discourse.errors import CodingError, InputError
from discourse.pipeline import adjudicate, measure_agreement, write_sheets

OPTIMIST = PLAIN | {"cyber_optimist": 1, "holder": "other", "modality": "hedged"}
# line -> what ann and ben say; in all other lines both say PLAIN
ANN = {1: FRAMED, 2: FRAMED, 3: PLAIN, 5: OPTIMIST}
BEN = {1: FRAMED, 2: FRAMED | {"holder": "other"}, 3: FRAMED, 5: OPTIMIST | {"rights_norm": 1}}


@pytest.fixture
def coded(study):
    """Return the folder of a study of six sentences that ann and ben have coded; they differ on lines 2, 3 and 5."""
    folder = study(6)
    write_sheets(folder, ["ann", "ben"])
    fill(folder / "sheet_ann.csv", ANN, default=PLAIN)
    fill(folder / "sheet_ben.csv", BEN, default=PLAIN)
    return folder


def plan(folder):
    return [json.loads(line) for line in (folder / "plan.jsonl").read_text(encoding="utf-8").splitlines()]


def decide(folder, decisions):
    """Type decisions (line of the plan -> cells) into the table of disagreements."""
    ids = {row["id"]: k for k, row in enumerate(plan(folder), start=1)}
    path = folder / "disagreements.csv"
    rows = [row | {n: "" if c is None else c for n, c in decisions.get(ids[row["id"]], {}).items()} for row in rows_of(path)]
    save(path, rows)


DECIDED = {2: {"holder": "other"}, 3: PLAIN, 5: {"rights_norm": 0}}


def test_what_coders_differ_on_stands_side_by_side_and_the_rest_is_filled_in(coded):
    done = measure_agreement(coded, bootstrap=20)
    assert done.heads == {"ann": "coder_a", "ben": "coder_b"}
    assert done.disagreements[1:] == (3, 0, 0, ())
    rows = rows_of(coded / "disagreements.csv")
    assert [row["id"] for row in rows] == [plan(coded)[k - 1]["id"] for k in (2, 3, 5)]
    assert [[row[name] for name in (*CODES, "holder", "modality")] for row in rows] == [
        ["0", "1", "0", "", "asserted"], ["0", "", "0", "", ""], ["1", "0", "", "other", "hedged"],
    ]  # fmt: skip
    assert [(row["coder_a holder"], row["coder_b holder"]) for row in rows] == [("author", "other"), ("", "author"), ("other", "other")]
    assert not {"ann", "ben"} & set(" ".join(rows[0]).split())
    sheet = openpyxl.load_workbook(coded / "disagreements.xlsx").worksheets[0]
    head = [cell.value for cell in sheet[1]]
    yellow = {(cell.row, head[cell.column - 1]) for row in sheet.iter_rows(min_row=2) for cell in row if cell.fill.fill_type}
    assert yellow == {(2, "holder"), (3, "cyber_pessimist"), (3, "holder"), (3, "modality"), (4, "rights_norm")}
    assert [cell.protection.locked for cell in sheet[2]] == [
        name.split()[0] not in {*CODES, "holder", "modality", "remark"} for name in head
    ]
    assert len(sheet.data_validations.dataValidation) == 5


def test_the_codes_that_hold_are_written_in_the_order_of_the_plan(coded):
    measure_agreement(coded, bootstrap=20)
    decide(coded, DECIDED)
    done = adjudicate(coded)
    assert (done.n, done.n_decided, done.n_outside) == (6, 3, 0)
    gold = [json.loads(line) for line in (coded / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = [FRAMED, FRAMED | {"holder": "other"}, PLAIN, PLAIN, OPTIMIST, PLAIN]
    assert [{name: row[name] for name in PLAIN} for row in gold] == expected
    for number, (row, planned) in enumerate(zip(gold, plan(coded), strict=True), start=1):
        assert {name: row[name] for name in planned} == planned
        assert (row["coder_a"], row["coder_b"]) == (ANN.get(number, PLAIN), BEN.get(number, PLAIN))
        assert list(row) == [*planned, *PLAIN, "coder_a", "coder_b"]


def test_a_decision_may_be_one_that_no_coder_gave(coded):
    measure_agreement(coded, bootstrap=20)
    decide(coded, DECIDED | {2: OPTIMIST | {"cyber_pessimist": 0, "modality": "rejected"}})
    assert adjudicate(coded).n_outside == 1


WRONG = [
    ({2: {"holder": ""}}, "disagreements.csv, line 2 ({2}): a framing is coded, and holder is missing; type author or other."),
    ({3: {"cyber_pessimist": ""}}, "disagreements.csv, line 3 ({3}): not yet decided: cyber_pessimist; type 0 or 1 for each code."),
    ({3: PLAIN | {"holder": "author"}}, "disagreements.csv, line 3 ({3}): holder is author, and no framing is coded; clear it"),
    ({5: {"rights_norm": "perhaps"}}, "disagreements.csv, line 4 ({5}): rights_norm: 'perhaps' is not understood; type 0 or 1."),
    ({5: {"coder_a rights_norm": "1"}}, "line 4 ({5}): what stands beside the decision is not what the coders' sheets say now; run discourse agree"),
    ({5: {"text": "Soup."}}, "line 4 ({5}): the text was changed"),
    ({5: {"id": "zzz"}}, "line 4 (zzz): the id 'zzz' is not on this sheet"),
]  # fmt: skip


@pytest.mark.parametrize(("decisions", "message"), WRONG)
def test_what_is_undecided_or_contradictory_is_named_and_nothing_is_written(coded, decisions, message):
    measure_agreement(coded, bootstrap=20)
    decide(coded, {number: cells | decisions.get(number, {}) for number, cells in DECIDED.items()})
    with pytest.raises(CodingError, match=r"1 problem in disagreements.csv|2 problems in disagreements.csv") as caught:
        adjudicate(coded)
    ids = {str(k): row["id"] for k, row in enumerate(plan(coded), start=1)}
    wanted = message.replace("{2}", ids["2"]).replace("{3}", ids["3"]).replace("{5}", ids["5"])
    assert any(wanted in line for line in caught.value.problems), caught.value.problems
    assert not (coded / "gold.jsonl").exists()
    assert len(rows_of(coded / "problems.csv")) == len(caught.value.problems)


def test_decisions_are_needed_and_sheets_must_be_whole(coded):
    with pytest.raises(CodingError) as caught:
        adjudicate(coded)
    assert caught.value.problems == ("disagreements.xlsx: there is no such sheet, and no disagreements.csv; make it with discourse agree.",)
    fill(coded / "sheet_ann.csv", {4: dict.fromkeys(PLAIN)})
    with pytest.raises(CodingError, match=r"1 problem in sheet_ann.csv.*Set them right first") as caught:
        adjudicate(coded)
    assert "not yet coded" in caught.value.problems[0]


def test_agree_leaves_a_sheet_of_decisions_as_it_is(coded):
    measure_agreement(coded, bootstrap=20)
    decide(coded, {2: {"holder": "other"}, 3: {"remark": "=ask"}})
    before = {path.name: path.read_bytes() for path in coded.iterdir()}
    done = measure_agreement(coded, bootstrap=20)
    assert done.disagreements[1:] == (3, 2, 0, ())
    assert {path.name: path.read_bytes() for path in coded.iterdir()} == before


def test_decisions_are_carried_over_when_sheets_have_changed(coded):
    """Ben comes round on line 3, and on line 5 to another holder; line 1 is in dispute now; what was decided of line 2 stays."""
    measure_agreement(coded, bootstrap=20)
    decide(coded, {2: {"holder": "maybe", "remark": "=ask"}, 3: PLAIN | {"remark": "no"}, 5: {"rights_norm": 1, "modality": "rejected"}})
    old = (coded / "disagreements.csv").read_bytes()
    fill(coded / "sheet_ben.csv", {1: PLAIN, 3: PLAIN, 5: BEN[5] | {"holder": "author"}})
    done = measure_agreement(coded, bootstrap=20).disagreements
    assert [path.name for path in done.files] == ["disagreements.csv"]  # the form that was filled; the other would contradict it soon
    assert not (coded / "disagreements.xlsx").exists()
    assert [path.name for path in done.kept] == ["disagreements.before.xlsx", "disagreements.before.csv"]
    assert (coded / "disagreements.before.csv").read_bytes() == old
    assert (done.n, done.n_decided, done.n_dropped) == (3, 2, 2)
    first, second, fifth = rows_of(coded / "disagreements.csv")
    assert (first["cyber_pessimist"], first["remark"]) == ("", "")
    assert (second["holder"], second["remark"]) == ("maybe", "'=ask")
    assert (fifth["rights_norm"], fifth["holder"], fifth["modality"]) == ("1", "", "hedged")
    fill(coded / "sheet_ben.csv", {1: FRAMED})
    assert [path.name for path in measure_agreement(coded, bootstrap=20).disagreements.kept] == ["disagreements.before-2.csv"]
    assert (coded / "disagreements.before.csv").read_bytes() == old
    assert rows_of(coded / "disagreements.csv")[0]["remark"] == "'=ask"


def test_two_forms_of_the_decisions_that_differ_are_not_carried_over(coded):
    measure_agreement(coded, bootstrap=20)
    decide(coded, {2: {"holder": "other"}})
    book = openpyxl.load_workbook(coded / "disagreements.xlsx")
    sheet = book.worksheets[0]
    place = [cell.value for cell in sheet[1]].index("holder") + 1
    sheet.cell(2, place, "author")
    book.save(coded / "disagreements.xlsx")
    fill(coded / "sheet_ben.csv", {1: PLAIN})
    before = {path.name: path.read_bytes() for path in coded.iterdir()}
    with pytest.raises(CodingError, match=r"1 problem in disagreements\.csv") as caught:
        measure_agreement(coded, bootstrap=20)
    assert "holder 'other' here, 'author' in disagreements.xlsx" in caught.value.problems[0]
    assert {path.name: path.read_bytes() for path in coded.iterdir() if path.name != "problems.csv"} == before


def test_untouched_disagreements_are_written_anew(coded):
    measure_agreement(coded, bootstrap=20)
    fill(coded / "sheet_ben.csv", ANN)
    done = measure_agreement(coded, bootstrap=20)
    assert done.disagreements[1:] == (0, 0, 0, ())
    assert rows_of(coded / "disagreements.csv") == []
    assert adjudicate(coded).n_decided == 0


def test_partial_goes_on_with_what_is_complete(coded):
    fill(coded / "sheet_ben.csv", {4: dict.fromkeys(PLAIN), 5: {"rights_norm": "?"}})
    with pytest.raises(CodingError, match=r"2 problems in sheet_ben.csv.*Complete lines: ann 6 of 6, ben 4 of 6"):
        measure_agreement(coded)
    assert not (coded / "agreement.csv").exists()
    done = measure_agreement(coded, partial=True, bootstrap=20)
    assert done.complete == {"ann": (6, 6), "ben": (4, 6)}
    assert done.table.set_index("code")["n"].to_dict() == {**dict.fromkeys(CODES, 4), "holder": 2, "modality": 2}
    assert done.disagreements.n == 2
    assert len(done.problems) == 2


def test_sentences_that_one_coder_has_are_null_for_the_other(study):
    folder = study(6)
    write_sheets(folder, ["ann", "ben", "cid"], shared=2)
    for coder in ("ann", "ben", "cid"):
        fill(folder / f"sheet_{coder}.csv", {}, default=FRAMED if coder == "cid" else PLAIN)
    done = measure_agreement(folder, bootstrap=20)
    assert done.table["n"].tolist()[:3] == [2, 2, 2]
    assert done.disagreements.n == 2
    path = folder / "disagreements.csv"
    save(path, [row | {"cyber_pessimist": "0"} for row in rows_of(path)])
    adjudicate(folder)
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    have = [[coder for coder in ("coder_a", "coder_b", "coder_c") if row[coder] is not None] for row in gold]
    assert sorted(map(len, have)) == [1, 1, 1, 1, 3, 3]
    assert all(row["cyber_pessimist"] == (coders == ["coder_c"]) for row, coders in zip(gold, have, strict=True))


def test_themes_alone_are_coded_and_adjudicated(study):
    folder = study(4)
    write_sheets(folder, ["ann", "ben"], codes=["shutdowns"])
    fill(folder / "sheet_ann.csv", {}, default={"shutdowns": 0})
    fill(folder / "sheet_ben.csv", {2: {"shutdowns": 1}}, default={"shutdowns": 0})
    assert measure_agreement(folder, bootstrap=20).table["code"].tolist() == ["shutdowns"]
    save(folder / "disagreements.csv", [row | {"shutdowns": "yes"} for row in rows_of(folder / "disagreements.csv")])
    adjudicate(folder)
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["shutdowns"] for row in gold] == [0, 1, 0, 0]
    assert {row["holder"] for row in gold} == {None}


def test_one_coder_makes_codes_and_no_agreement(study):
    folder = study(3)
    write_sheets(folder, ["ann"])
    fill(folder / "sheet_ann.csv", {}, default=PLAIN)
    with pytest.raises(InputError, match="no sentence is coded by two coders yet"):
        measure_agreement(folder)
    assert adjudicate(folder).n == 3


def test_the_codes_are_read_by_evaluate(coded):
    from discourse.pipeline.coded import coded_sentences, framings_coded

    measure_agreement(coded, bootstrap=20)
    decide(coded, DECIDED)
    adjudicate(coded)
    rows = coded_sentences(coded / "gold.jsonl", framings_coded(CODES))
    assert [row["p_inclusion"] for row in rows] == [0.5] * 6


def test_a_plan_that_has_changed_is_said(coded, study):
    study(5)
    with pytest.raises(InputError, match=r"not the plan that the sheets were made for \(0 sentences are new, 1 are gone\)"):
        measure_agreement(coded)


def test_files_of_no_coder_are_said(coded):
    (coded / "sheet_ann (final).csv").write_bytes((coded / "sheet_ann.csv").read_bytes())
    (note,) = measure_agreement(coded, bootstrap=20).problems
    assert str(note).startswith("note: sheet_ann (final).csv: this file is not read")
