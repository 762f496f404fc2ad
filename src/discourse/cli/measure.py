"""The command that counts: measure."""

from __future__ import annotations

from discourse.cli.console import Workspace, app, progress_shown

__all__ = ["measure"]


@app.command()
def measure(workspace: Workspace) -> None:
    """Count codes and estimate shares by year and category, with 95% intervals clustered by post.

    Example: discourse measure data/processed/sample
    """
    from discourse import tables
    from discourse.pipeline import measure_corpus

    with progress_shown() as progress:
        progress("Measuring", 0, 0)
        record = measure_corpus(workspace)
    print(f"{len(tables.read(workspace, 'estimates')):,} estimates.")
    for reason, n in record["measure"]["left_out"].items():
        print(f"  out of the denominators, as {reason}: {n:,}")
    print(f"Next: discourse chart {workspace}")
