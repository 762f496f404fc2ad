"""A study with a small plan."""

import json

import pytest


@pytest.fixture
def study(tmp_path, root):
    """Return a function that writes a plan of n sentences of the sample, other texts before them, and returns the folder of the study."""

    def make(n=6, texts=()):
        folder = tmp_path / "study"
        folder.mkdir(exist_ok=True)
        lines = (root / "data" / "raw" / "sample" / "codes" / "framings.jsonl").read_text(encoding="utf-8").splitlines()
        keys = ("id", "source", "post_id", "start", "end", "date", "text", "stratum")
        rows = [
            {"id": f"{k:06x}", "text": text, "post_id": "sample/odd", "start": 0, "end": 9, "date": None} for k, text in enumerate(texts, 1)
        ]
        rows += [{key: row[key] for key in keys} | {"sentence": 0, "p_inclusion": 0.5} for row in map(json.loads, lines[: 40 * n : 40])]
        (folder / "plan.jsonl").write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
        return folder

    return make
