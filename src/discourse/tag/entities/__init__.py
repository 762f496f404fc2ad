"""Entities: the names in a post, found by gazetteer, form and pipeline, each linked to one entity or clustered."""

from discourse.tag.entities.gazetteer import GAZETTEER, LABELS, Entity, Gazetteer, fingerprint, read_gazetteer
from discourse.tag.entities.linking import Mention, mentions
from discourse.tag.entities.naming import Passage

__all__ = ["GAZETTEER", "LABELS", "Entity", "Gazetteer", "Mention", "Passage", "fingerprint", "mentions", "read_gazetteer"]
