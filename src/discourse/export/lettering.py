"""SVG that looks the same on every screen: with the letters that it uses inside it, as a font cut down to them."""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from xml.sax.saxutils import unescape

__all__ = ["BEGIN", "END", "with_letters"]

TEXT = re.compile(r'<text style="(?P<style>[^"]*)"[^>]*>(?P<text>[^<]*)</text>')
FAMILIES = re.compile(r"font-family: ([^;]+)")
BEGIN, END = "<style>/* letters */", "</style>\n"
FACE = '@font-face{{font-family:"{family}";font-weight:{weight};src:url(data:font/woff;base64,{data})}}'


def with_letters(svg: bytes) -> bytes:
    """Return an SVG whose text is text with the fonts that it names, each cut down to the signs that stand in it.

    What is put in lies between `BEGIN` and `END`, so that the picture as it was can be had again by taking it out.

    Parameters
    ----------
    svg : as `pictures.drawn_as` makes it.
    """
    text = svg.decode()
    used: dict[tuple[str, int], set[str]] = {}
    for found in TEXT.finditer(text):
        families = FAMILIES.search(found["style"])
        weight = 700 if "font-weight: 700" in found["style"] else 400
        for family in (families[1] if families else "").split(","):
            used.setdefault((family.strip(" '"), weight), set()).update(unescape(found["text"]))
    faces = "".join(_face(*font, frozenset(signs)) for font, signs in sorted(used.items()) if font[0])
    at = text.index(">", text.index("<svg")) + 2  # behind the line break
    return f"{text[:at]}{BEGIN}{faces}{END}{text[at:]}".encode()


@cache
def _face(family: str, weight: int, signs: frozenset[str]) -> str:
    """Return the rule for one font with some of its signs; nothing where it has none of them."""
    from fontTools import subset
    from matplotlib.font_manager import FontProperties, findfont

    try:
        file = findfont(FontProperties(family=family, weight=weight), fallback_to_default=False)
    except ValueError:  # not installed here, so not what the picture was measured with
        return ""
    options = subset.Options(flavor="woff", hinting=False, name_IDs=[])
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]  # letters stand by their widths
    with subset.load_font(file, options) as font:
        font.recalcTimestamp = False
        there = {ord(sign) for sign in signs} & set(font.getBestCmap())
        if there <= {ord(" ")}:
            return ""
        cut = subset.Subsetter(options)
        cut.populate(unicodes=there)
        cut.subset(font)
        out = io.BytesIO()
        subset.save_font(font, out, options)
    return FACE.format(family=family, weight=weight, data=base64.b64encode(out.getvalue()).decode())
