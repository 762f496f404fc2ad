"""What is kept: it comes back, it is whole, and what is stale goes."""

import sqlite3

import pytest

from discourse.errors import WorkspaceError
from discourse.kept import Shelf, kept_in, key, packed, unpacked


@pytest.mark.parametrize("value", [{}, {"sentences": [{"n": 1, "text": "관리소 \ud800"}]}, [None, 0.1, "é"]])
def test_what_is_packed_is_unpacked(value):
    assert unpacked(packed(value)) == value


def test_a_key_tells_its_parts_apart():
    assert len({key("ab", "c"), key("a", "bc"), key("abc"), key("a", "b", "c")}) == 4


def test_what_is_kept_comes_back_and_what_no_run_uses_goes(tmp_path):
    with kept_in(tmp_path / "c.sqlite") as kept:
        assert kept.missing(["a", "b", "a"]) == ["a", "b"]
        kept.put({"a": b"1", "b": b"2"})
    with kept_in(tmp_path / "c.sqlite") as kept:
        assert kept.missing(["a", "c"]) == ["c"]
        assert kept.get(["a", "c"]) == {"a": b"1"}
        kept.forget_unused()
    with kept_in(tmp_path / "c.sqlite") as kept:
        assert kept.missing(["a", "b"]) == ["b"]


def test_what_one_run_asked_for_it_does_not_ask_for_again(tmp_path):
    with kept_in(tmp_path / "c.sqlite") as kept:
        assert (kept.missing(["a", "b"]), kept.missing(["b", "c"])) == (["a", "b"], ["c"])


def test_many_are_found(tmp_path):
    names = [f"name {n}" for n in range(2_345)]
    with kept_in(tmp_path / "c.sqlite") as kept:
        kept.put({name: name.encode() for name in names[::2]})
        assert kept.get(names) == {name: name.encode() for name in names[::2]}
        assert kept.missing(names) == names[1::2]


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path):
    with pytest.raises(WorkspaceError, match="cannot be read or written"), kept_in(tmp_path / "c.sqlite") as kept:
        kept.put({"a": b"1", "b": None})
    with kept_in(tmp_path / "c.sqlite") as kept:
        assert kept.get(["a"]) == {}


def test_a_damaged_file_is_one_line(tmp_path):
    (tmp_path / "c.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(WorkspaceError, match="delete it"), kept_in(tmp_path / "c.sqlite"):
        pass


def test_a_file_that_is_damaged_further_on_is_one_line_too(tmp_path):
    file = tmp_path / "c.sqlite"
    with kept_in(file) as kept:
        kept.put({f"name {n}": b"x" * 500 for n in range(500)})
    data = file.read_bytes()
    file.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    with pytest.raises(WorkspaceError, match="delete it") as caught, kept_in(file) as kept:
        kept.get([f"name {n}" for n in range(500)])
    assert "\n" not in str(caught.value)


def test_a_shelf_is_a_mapping_in_the_order_of_first_coming():
    shelf = Shelf(lambda value: [value], lambda kept: kept[0])
    for name, value in (("b", "one"), ("a", "two"), ("b", "관리소 \ud800")):
        shelf[name] = value
    assert (list(shelf.items()), len(shelf)) == ([("b", "관리소 \ud800"), ("a", "two")], 2)
    assert (shelf.get("c"), "a" in shelf) == (None, True)
    del shelf["b"]
    assert list(shelf) == ["a"]
    with pytest.raises(KeyError):
        del shelf["b"]
    with pytest.raises(KeyError):
        shelf["b"]


def test_what_was_put_before_a_kill_is_there(tmp_path):
    with kept_in(tmp_path / "c.sqlite") as kept:
        kept.put({"a": b"1"})
        with sqlite3.connect(tmp_path / "c.sqlite") as other:  # sees what is on the disk
            assert other.execute("SELECT value FROM kept").fetchall() == [(b"1",)]
        other.close()
