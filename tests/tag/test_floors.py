"""What the tagging scores on sentences that nothing was fitted on never falls under what it has reached."""

import pytest
import scores


@pytest.fixture(scope="module")
def reached():
    return scores.measured()


@pytest.mark.parametrize(("group", "name"), [(group, name) for group, names in scores.floors().items() for name in names])
def test_no_score_falls_under_its_floor(reached, group, name):
    assert reached[group][name] >= scores.floors()[group][name]


@pytest.mark.parametrize("name", ["open", "sealed"])
def test_minimal_pairs_of_framings_differ_and_are_coded_whole(name):
    pairs = scores.lines(scores.HERE / "tag" / "pairs" / f"framings_{name}.jsonl")
    assert len(pairs) >= 160
    for pair in pairs:
        assert pair["a"]["text"] != pair["b"]["text"]
        for side in (pair["a"], pair["b"]):
            framed = any(side[code] for code in scores.FRAMINGS)
            assert framed == (side["holder"] is not None) == (side["modality"] is not None)
