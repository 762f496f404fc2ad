"""Trends: how often a share is said to rise or fall where it stands still, and where it does rise by ten points.

    PYTHONPATH=tests python benchmarks/trends.py

The corpora are those of `tests/drifting.py`: 200 posts in six years, a tagger whose own share rises where the true one does not, and hand-coded
sentences. Still: dates dealt out anew to posts, or a true share that does not move. A claim is "rose" or "fell" by `claims`: the corrected trend
and the placebo test, both at .05. A smaller version of this is in `tests/measure/test_trends.py`.
"""

import numpy as np
import pandas as pd
from drifting import N_YEARS, THEME, Setting, corpus_of, shuffled
from results import keep

from discourse.measure.claims import claims
from discourse.measure.trends import ALPHA, trend_tests

TRIES = {"still": 200, "rising": 100}
RISING = (
    Setting(points=0.1),
    Setting(points=0.1, accuracy=0.95),
    Setting(points=0.1, accuracy=0.98),
    Setting(points=0.1, n_gold=1200),
    Setting(0.15, 0.1, 0.95, 30.0),
    Setting(0.15, 0.1, 0.95, 30.0, n_gold=1200),
    Setting(0.12, 0.1, 0.99, 30.0),
)


def tried(setting, tries, *, deal=False):
    """Return the claim, and the rows of `trend`, of each try."""
    made = []
    for k in range(tries):
        generator = np.random.default_rng(k)
        posts, counts, gold = corpus_of(setting, generator)
        tests = trend_tests(shuffled(posts, generator) if deal else posts, counts, [THEME], gold=gold)
        naive, corrected = tests.to_dict("records")
        said = claims(tests, {"theme": "the theme"})["claim"].iloc[0]
        made.append({"claim": said, "naive": naive["p_holm"] < ALPHA} | {name: corrected[name] for name in ("per_year", "low", "high")})
    return pd.DataFrame(made)


def line(name, setting, made, truth):
    """Return a row of the table."""
    said, slopes = (made["claim"] != "").mean(), 100 * made["per_year"]
    covered = ((made["low"] <= truth) & (truth <= made["high"])).mean()
    error = f"{slopes.mean() - 100 * truth:+.2f} | {slopes.std():.2f} | {covered:.1%}"
    setting_ = f"{setting.share:.0%} | {setting.accuracy:.2f} | {setting.alike:.0f} | {setting.n_gold:,}"
    return f"| {name} | {setting_} | {len(made)} | {said:.1%} | {made['naive'].mean():.0%} | {error} |"


def main():
    """Measure, and keep the table."""
    still = Setting()
    lines = [line("dates dealt out anew", still, tried(still, TRIES["still"], deal=True), 0.0)]
    lines.append(line("still, the tagger's share rises", still, tried(still, TRIES["still"]), 0.0))
    lines += [line("ten points in six years", one, tried(one, TRIES["rising"]), one.points / N_YEARS) for one in RISING]
    head = (
        "| the true share | middle | accuracy | alike | coded | tries | claimed | naive p < .05 | bias | deviation | intervals that hold it |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|"
    )
    keep(
        "trends",
        "## Trends\n\n200 posts of 8 to 40 sentences in six years (`tests/drifting.py`). `alike`: of the beta distribution of a post's own share; "
        "the smaller, the more posts differ. Bias and deviation of the corrected slope are in points a year.\n\n"
        + "\n".join([head, *lines]),
    )


if __name__ == "__main__":
    main()
