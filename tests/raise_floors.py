"""Raise each floor to the score reached now, rounded down to .001; none is lowered: run by `make floors`."""

import json
import math

from scores import FLOORS, floors, measured

if __name__ == "__main__":
    pinned = floors() if FLOORS.exists() else {}
    for group, scores in measured().items():
        for name, score in scores.items():
            before = pinned.setdefault(group, {}).get(name, 0)
            now = math.floor(score * 1000) / 1000
            pinned[group][name] = max(before, now)
            print(f"{group} {name}: {before:.3f} -> {pinned[group][name]:.3f}" + (f" (reached only {score:.3f})" if score < before else ""))
    FLOORS.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")
