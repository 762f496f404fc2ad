"""Parameters of notebooks: what a cell says may be set, what is taken, and what is refused in one line."""

import nbformat
import pytest

from discourse.errors import InputError
from discourse.report.parameters import chosen, filled_in, parameters_of


def notebook(source, tags=("parameters",)):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})])


@pytest.mark.parametrize(
    ("source", "kinds", "optional"),
    [
        ("a: int | None = None", (int,), True),
        ("a: str = 'x'  # said", (str,), False),
        ("a = 5", (int,), False),
        ("a = None", (), True),
        ("a: bool = True", (bool,), False),
        ("a: int | float = 0.5", (int, float), False),
    ],
)
def test_a_cell_says_what_may_be_set(source, kinds, optional):
    found = parameters_of(notebook(source))["a"]
    assert (found.kinds, found.optional) == (kinds, optional)


def test_only_the_tagged_cell_counts():
    assert parameters_of(notebook("a = 1", tags=["other"])) == {}


TAKES = {"03_x": parameters_of(notebook("year: int | None = None\nshare: float = 0.5\nwide: bool = True\nname: str | None = None"))}


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("year", "2018", 2018),
        ("year", 2018, 2018),
        ("year", None, None),
        ("year", "None", None),
        ("share", "0.25", 0.25),
        ("share", 1, 1.0),
        ("wide", "no", False),
        ("wide", True, True),
        ("name", "Privacy", "Privacy"),
        ("name", "정치범 수용소", "정치범 수용소"),
    ],
)
def test_text_is_read_as_what_a_parameter_takes(name, given, taken):
    assert chosen({name: given}, TAKES) == {"03_x": {name: taken}}


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("year", "soon", r"03_x: year is 'soon', and must be a whole number or none\."),
        ("year", "2018.5", "must be a whole number or none"),
        ("year", True, "must be a whole number or none"),
        ("share", "much", r"must be a number\."),
        ("share", None, r"must be a number\."),
        ("wide", "perhaps", "must be yes or no"),
        ("name", ["a"], "must be a text or none"),
        ("yaer", "2018", r"The notebook 03_x has no parameter 'yaer'\. Did you mean 'year'\?"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(name, given, said):
    with pytest.raises(InputError, match=said) as error:
        chosen({name: given}, TAKES)
    assert "\n" not in str(error.value)


def test_each_notebook_gets_what_it_has():
    known = {"a": parameters_of(notebook("year = 1\nk = 2")), "b": parameters_of(notebook("year: str = ''"))}
    assert chosen({"year": "5", "k": "3"}, known) == {"a": {"year": 5, "k": 3}, "b": {"year": "5"}}
    with pytest.raises(InputError, match="These notebooks have no parameter 'z'"):
        chosen({"z": "1"}, known)


@pytest.mark.parametrize(
    ("source", "values", "made"),
    [
        ("a = 5  # how many", {"a": 7}, "a = 7  # how many"),
        ("a: str | None = None  # 정치", {"a": "정치"}, "a: str | None = '정치'  # 정치"),
        ("b = 1\na = 2", {"a": 3}, "b = 1\na = 3"),
        ("a = 1", {"c": 3}, "a = 1"),
        ("a = None  # a folder", {"a": "/home/ann/secret/posts"}, "a = 'posts'  # a folder"),
        ("a = None", {"a": r"C:\Users\ann\posts"}, "a = 'posts'"),
    ],
)
def test_the_page_shows_the_values_that_ran_and_no_path_of_a_machine(source, values, made):
    assert filled_in(source, values) == made
