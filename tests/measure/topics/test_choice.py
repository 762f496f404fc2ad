"""The rule that proposes how many topics."""

import pandas as pd
import pytest

from discourse.measure.topics.choice import proposed

#        k  stability coherence
TABLES = [
    ("the largest of those as coherent and as stable", [(5, 0.9, 0.20), (10, 0.8, 0.21), (15, 0.8, 0.20), (20, 0.5, 0.10)], 15),
    ("more topics that cohere less are not proposed", [(5, 0.9, 0.30), (10, 0.9, 0.20), (15, 0.9, 0.10)], 5),
    ("nor those that are less stable", [(5, 0.9, 0.20), (10, 0.9, 0.20), (15, 0.2, 0.20)], 10),
    ("where no coherent one is stable, the most stable of them", [(5, 0.9, 0.1), (10, 0.8, 0.1), (15, 0.5, 0.3), (20, 0.4, 0.3)], 15),
    ("one k is proposed by itself", [(7, 0.1, -0.5)], 7),
]


@pytest.mark.parametrize(("why", "rows", "expected"), TABLES)
def test_one_k_is_proposed(why, rows, expected):
    table = pd.DataFrame(rows, columns=["k", "stability", "coherence"]).assign(coherence_sd=0.02)
    assert table.loc[proposed(table), "k"].tolist() == [expected], why
