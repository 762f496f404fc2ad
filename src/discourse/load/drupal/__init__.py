"""Drupal: `pages` as a browser shows them; `parts` reads what a page is made of."""

__all__ = ["pages"]
