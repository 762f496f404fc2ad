"""Tables: what may not pass the door, and what comes back as it went in."""

import pandas as pd
import pytest

from discourse import tables, workspaces
from discourse.errors import TableError, WorkspaceError

ROW = {"post_id": "a", "n": 1, "parent": None, "author": "reader", "published": pd.Timestamp("2020-01-01"), "text": "Fine."}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{**ROW, "author": None}], "column 'author' holds a null"),
        ([ROW, ROW], "stands twice"),
        ([{**ROW, "n": "one"}], "comments:"),
    ],
)
def test_the_door(rows, message):
    with pytest.raises(TableError, match=message):
        tables.build("comments", rows)


def test_an_unknown_column_is_refused():
    with pytest.raises(TableError, match="not known: email"):
        tables.check("comments", pd.DataFrame([ROW | {"email": "x"}]))


def test_tables_come_back_as_they_went_in(tmp_path):
    frame = tables.build("comments", [ROW, {**ROW, "n": 2, "parent": 1, "published": None, "text": "관리소"}])
    part = workspaces.keep(tmp_path, "comments", "blog/2020/0000", frame)
    workspaces.commit(tmp_path, {"corpus": {}, "parts": {"comments": [part]}})
    pd.testing.assert_frame_equal(workspaces.read(tmp_path, "comments"), frame)
    assert frame["parent"].tolist() == [pd.NA, 1] or frame["parent"].isna().tolist() == [True, False]


def test_an_empty_table_has_its_columns():
    assert list(tables.build("notes", []).columns) == list(tables.tables()["notes"].columns)


def test_the_same_table_gives_the_same_bytes():
    assert tables.to_bytes("comments", tables.build("comments", [ROW])) == tables.to_bytes("comments", tables.build("comments", [ROW]))


def test_a_damaged_table_is_one_line(tmp_path):
    (tmp_path / "posts").write_bytes(b"PAR1 nothing")
    workspaces.commit(tmp_path, {"corpus": {}, "parts": {"posts": [{"file": "posts"}]}})
    with pytest.raises(WorkspaceError, match=r"damaged.*load the corpus"):
        workspaces.read(tmp_path, "posts")


def test_an_unknown_table_suggests_the_nearest(tmp_path):
    with pytest.raises(WorkspaceError, match="Did you mean 'posts'"):
        workspaces.read(tmp_path, "post")
