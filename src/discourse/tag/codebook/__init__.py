"""Codebooks: the codes of a study as data, each with its definition, rules and examples.

A codebook is a YAML file: `codebook`, `version`, `language`, `terms`, `groups` and `codes`. A code has `code`, `kind` (`framing` or
`theme`), `name`, `definition`, `includes`, `excludes`, `rules`, `match` and `no_match` (sentences), `deniable: true` where plain negation
rejects it, and may have a `parent`: one of the `groups` (name -> name to print) or another code. A rule has `id`, one of four sorts, and
may have `with` (patterns that must also occur in the sentence) and `unless` (patterns that must not).

`terms: [phone*, social media, Signal, 인터넷]`
    Words and phrases. Case does not matter, save in a term with a capital; `*` at the end of a word is any ending; a space is any white
    space or hyphen; behind Hangul a particle may stand.
`cue: 'phones? (?:free|help)'`
    A regular expression; it ignores case and matches at word boundaries, and a space in it is any white space or hyphen.
`lemmas: [[phone, radio], ..., [help, let], '{people}']`
    Words in a row in any of their forms (helps, helped), each place a word, a list or a term; `...` is up to three words between.
`acts: {who: [phone, radio], does: [free, open up, speak to], whom: '{people}'}`
    Who does what to whom, by the parse: subject, verb, and object or noun behind the verb's preposition. `who` and `whom` may be left out.

The evidence is what `cue`, `terms` or `lemmas` match, and of `acts` what lies from the verb to the object. The last two read English
only. The `terms` at the top are lists of words and phrases, or regular expressions, each with a name, to be used as `{name}` in every rule.
"""

from __future__ import annotations

from discourse.tag.codebook.compared import compared_rules, rule_hashes
from discourse.tag.codebook.printing import printed
from discourse.tag.codebook.proof import ENOUGH, FEWEST, Overlap, Proof, problems, proof
from discourse.tag.codebook.reading import read_codebook
from discourse.tag.codebook.rules import Code, Codebook, Hit, Rule

__all__ = [
    "ENOUGH", "FEWEST", "Code", "Codebook", "Hit", "Overlap", "Proof", "Rule", "compared_rules", "printed", "problems", "proof",
    "read_codebook", "rule_hashes",
]  # fmt: skip
