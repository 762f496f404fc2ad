"""Where work is done, as options of the commands that read and tag posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from discourse.workers import Where

__all__ = ["Spread"]


class Spread(NamedTuple):
    """How many processes, or which cluster."""

    workers: Annotated[int, typer.Option(min=1, help="Number of processes; the result does not depend on it.")] = 1
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler, such as tcp://10.0.0.5:8786.")] = None

    def where(self) -> Where:
        """Return it as the pipeline takes it."""
        from discourse.workers import Where

        return Where(self.workers, self.cluster)
