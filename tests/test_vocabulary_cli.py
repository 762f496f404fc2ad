"""The commands keyness, collocations and kwic: what they print, aligned also in Hangul, and what they refuse."""

import sys

import pandas as pd
import pytest

from discourse.cli import main
from discourse.cli.cells import cells


@pytest.fixture
def run(capsys, monkeypatch):
    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["discourse", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        return caught.value.code or 0, printed.out, printed.err

    return call


PRINTED = [
    (
        ("keyness", "code=cyber_optimist", "code=cyber_pessimist", "--top", 3),
        ["Words that mark it", "Sentences in both groups", "--without-cues"],
    ),
    (("keyness", "code=cyber_optimist & holder=other", "code=cyber_optimist", "--without-cues"), ["code=cyber_optimist & holder=other: "]),
    (("keyness", "year=2015..2018", "--lemmas", "--stop-words", "--prior", 500, "--fewest", 5), ["all other sentences: "]),
    (("collocations", "phone", "--top", 3), ["logDice", "more; --out FILE writes all"]),
    (("collocations", "phone", "--sort", "log_dice", "--in", "code=cyber_pessimist", "--window", 3, "--fewest", 1), ["near  expected"]),
    (("kwic", "phone", "--most", 3, "--sort", "right"), ["shown are 3, --most N shows more"]),
    (("kwic", "\\w+ance", "--as", "regex", "--from", 2016, "--to", "2018-06"), ["uses in"]),
    (("kwic", "cyber_optimist", "--as", "code", "--holder", "other", "--most", 2), ["  other  "]),
    (("kwic", "zzzz"), ["Nothing found for 'zzzz' (text)."]),
]


@pytest.mark.parametrize(("arguments", "expected"), PRINTED)
def test_what_is_printed(run, sample, arguments, expected):
    command, *rest = arguments
    status, out, _ = run(command, sample, *rest)
    assert status == 0
    assert [text for text in expected if text not in out] == []
    assert "\x1b" not in out


REFUSED = [
    (("keyness",), "Name one group or two"),
    (("keyness", "a=b", "c=d", "e=f"), "3 groups; name one or two"),
    (("keyness", "code=cyber_optimst"), "Did you mean 'cyber_optimist'"),
    (("collocations", "zzzz"), "does not stand in the posts that count"),
    (("collocations", "phone", "--sort", "pmj"), "Did you mean 'pmi'"),
    (("kwic", "(a", "--as", "regex"), "is no regular expression (missing )"),
    (("kwic", "a(?!b)", "--as", "regex"), "no look-around"),
    (("kwic", "phone", "--from", "soon"), "'soon' is no date"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_errors_are_one_line(run, sample, arguments, message):
    command, *rest = arguments
    status, out, err = run(command, sample, *rest)
    assert (status, out) == (1, "")
    assert message in err.splitlines()[-1]


@pytest.mark.parametrize("sought", ["phone", "휴대전화", "감시"])
def test_uses_begin_in_one_column_also_beside_hangul(run, sample, sought):
    _, out, _ = run("kwic", sample, sought, "--width", 30, "--most", 500)
    lines = out.splitlines()[:-1]
    assert len(lines) > 1
    for line in lines:
        assert any(cells(line[:k]) == 64 and line[k:].lower().startswith(sought) for k in range(len(line)))
        assert cells(line) <= 64 + 30 + 8


def test_colour_on_a_terminal_and_none_where_it_is_not_wanted(run, sample, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;33mphone\x1b[0m" in run("kwic", sample, "phone", "--most", 1)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[1;33m" not in run("kwic", sample, "phone", "--most", 1)[1]


def test_files(run, sample, tmp_path):
    for command, *rest in (("keyness", "year=2015..2018"), ("collocations", "phone"), ("kwic", "phone")):
        file = tmp_path / f"{command}.csv"
        status, out, _ = run(command, sample, *rest, "--out", file)
        assert (status, out.splitlines()[-1]) == (0, str(file))
        assert len(pd.read_csv(file)) > 5
    assert pd.read_csv(tmp_path / "kwic.csv")["published"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    status, out, _ = run("keyness", sample, "year=2015..2018", "--figure", tmp_path / "clouds", "--size", "n")
    assert (tmp_path / "clouds" / "keyness.svg").is_file()
