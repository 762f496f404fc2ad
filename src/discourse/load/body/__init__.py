"""What every loader shares: HTML to `blocks`, a body to an `article`, and the `bylines`, `dates` and `notes` in it."""

__all__ = ["article", "blocks", "bylines", "dates", "notes"]
