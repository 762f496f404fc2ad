"""The house: walls between stages, the size of rooms, doors, and documents that must agree with the code."""

import ast
import json
import re
import subprocess
import sys

import pytest

import discourse
from discourse import tables

STAGES = ["fetch", "load", "clean", "tag", "code", "measure", "chart", "export", "report"]
SHARED = {"tables", "errors", "paths", "workspaces", "kept", "workers"}
NOTEBOOKS = [
    "01_corpus", "02_entities", "03_themes", "04_framings", "05_vocabulary", "06_topics", "07_sources_cited", "08_coding_and_accuracy",
    "09_your_own_corpus",
]  # fmt: skip
HEAVY = ["spacy", "pandas", "numpy", "pyarrow", "matplotlib", "sklearn", "rich", "selectolax", "yaml"]


def modules(root):
    return sorted((root / "src" / "discourse").rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def broken_walls(stage, names):
    for name in names:
        parts = name.split(".")
        if parts[0] == "discourse" and len(parts) > 1 and parts[1] not in SHARED | {stage}:
            yield name


@pytest.mark.parametrize("stage", STAGES)
def test_stages_import_only_themselves_and_what_is_shared(root, stage):
    for path in sorted((root / "src" / "discourse" / stage).rglob("*.py")):
        assert list(broken_walls(stage, imported(path))) == [], path


def test_a_broken_wall_would_be_seen():
    assert list(broken_walls("chart", ["discourse.tag.codebook", "discourse.chart.theme", "discourse.tables"])) == [
        "discourse.tag.codebook"
    ]


def test_every_stage_is_a_package_with_a_door(root):
    folders = {path.parent.name for path in (root / "src" / "discourse").glob("*/__init__.py")}
    assert folders == {*STAGES, "pipeline", "cli"}


def test_modules_and_functions_stay_small(root):
    for path in modules(root):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 300, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                lines = node.end_lineno - node.lineno + 1 - (ast.get_docstring(node, clean=False) or "").count("\n")
                assert lines <= 60, f"{path}:{node.name}"
                assert len(node.args.args + node.args.kwonlyargs) <= 7, f"{path}:{node.name}"


def test_every_module_has_a_docstring_and_names_what_it_offers(root):
    for path in modules(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        names = {t.id for node in tree.body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)}
        assert "__all__" in names or path.name == "__main__.py", path


def test_the_public_door():
    assert discourse.__all__ == [
        "fetch_corpus", "load_corpus", "tag_corpus", "measure_corpus", "shares", "trends", "keyness", "collocations", "kwic", "topics",
        "entities_over_time", "co_mentions", "citations", "prepared", "draw", "chart_corpus", "report_corpus", "verify", "trace", "reproduce", "table",
        "evidence", "influence", "diff", "evaluate_entities", "evaluate_framings", "draw_accuracy", "train_model",
    ]  # fmt: skip
    assert all(callable(getattr(discourse, name)) for name in discourse.__all__)


@pytest.mark.parametrize("code", ["import discourse", "import discourse.cli"])
def test_starting_imports_nothing_heavy(code):
    program = f"import sys; {code}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_data_dictionary_is_the_one_the_code_makes(root):
    assert (root / "data" / "processed" / "README.md").read_text(encoding="utf-8").endswith(tables.dictionary())


def test_every_command_is_in_the_readme(root):
    from discourse.cli import app

    readme = (root / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"discourse {command.name or command.callback.__name__}" in readme


def test_every_make_target_is_declared_and_explained(root):
    text = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", text, flags=re.MULTILINE))
    phony = set(re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)[1].split())
    explained = set(re.findall(r"^([a-z][a-z-]*):.*## \w", text, flags=re.MULTILINE))
    assert targets == phony == explained


def test_ci_calls_make_targets_only(root):
    lines = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert 'make -C "$clone/discourse" check test test-browser figures' in lines


@pytest.mark.parametrize(
    ("file", "fewest"), [("requirements.lock", 100), ("tests/browser/requirements.txt", 2), ("benchmarks/requirements.txt", 4)]
)
def test_the_locks_have_hashes_and_name_no_host(root, file, fewest):
    text = (root / file).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.-]*==", text, flags=re.MULTILINE)
    assert len(pins) > fewest
    assert len(re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", text)) == len(pins)
    assert not re.search(r"--index|--find-links|://|@ ", text)


def test_every_dependency_is_locked(root):
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    for requirement in project["dependencies"] + project["optional-dependencies"]["dev"]:
        name = re.match(r"[\w.-]+", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==", lock, flags=re.MULTILINE), name


def test_the_notebooks_are_those_that_are_tested(root):
    assert sorted(file.stem for file in (root / "notebooks").glob("*.ipynb")) == NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebooks_are_thin_stripped_and_begin_with_parameters(root, name):
    cells = json.loads((root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    source = "\n".join("".join(cell["source"]) for cell in code)
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert len(source.splitlines()) <= 60
    assert not re.search(r"^\s*(def|class) |\.\./", source, flags=re.MULTILINE)
    assert "what not to conclude" in "".join(cells[-1]["source"])
    opening = "".join(cells[0]["source"])
    assert re.match(r"# \d · .+\n\n\*\*.+\?\*\*\n\n- \*\*In:\*\* .+\n- \*\*Out:\*\* ", opening)
