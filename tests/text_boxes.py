"""What tests of charts measure on a drawn figure: where texts stand, which overlap, and where ink falls on ink."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

from discourse.chart.theme import style

NESTED = "cloud-word"  # words of a cloud stand in the gaps of larger ones: their ink is compared, not their boxes
TOUCHING = 1.0  # pixels at 100 dots an inch


def boxes(figure):
    """Return the text and box of every text that a reader sees, in pixels, words of clouds left out."""
    with style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        shown = [text for text in figure.texts if text.get_text().strip()]
        for axes in figure.axes:
            shown += list(seen(axes))
        return [(text.get_text(), text.get_window_extent(renderer)) for text in shown if text.get_gid() != NESTED]


def seen(axes):
    """Yield the texts of axes: notes, titles, and labels of ticks within the limits."""
    yield from (text for text in [*axes.texts, axes.title, axes._left_title] if text.get_text().strip())
    for axis, ends in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim()))):
        if axes.axison and axis.get_visible():
            for tick in axis.get_major_ticks():
                if ends[0] <= tick.get_loc() <= ends[1]:
                    yield from (label for label in (tick.label1, tick.label2) if label.get_visible() and label.get_text().strip())
            if axis.label.get_text().strip():
                yield axis.label


def overlapping(figure):
    """Return the pairs of texts whose boxes overlap."""
    found = boxes(figure)
    return [
        (one, other)
        for k, (one, a) in enumerate(found)
        for other, b in found[:k]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > TOUCHING and min(a.y1, b.y1) - max(a.y0, b.y0) > TOUCHING
    ]


def leaving(figure):
    """Return the texts that leave the figure."""
    edge = figure.bbox
    return [text for text, box in boxes(figure) if box.x0 < edge.x0 or box.x1 > edge.x1 or box.y0 < edge.y0 or box.y1 > edge.y1]


def ink_on_ink(figure):
    """Return the part of the inked pixels of a cloud's words on which two words lie."""
    words = [text for axes in figure.axes for text in axes.texts if text.get_gid() == NESTED]
    if not words:
        return 0.0
    before = [(text.get_color(), text.get_alpha()) for text in words]
    for text in words:
        text.set(color="black", alpha=0.5)
    with style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        grey = np.asarray(canvas.buffer_rgba())[:, :, 0].astype(int)
    for text, (colour, alpha) in zip(words, before, strict=True):
        text.set(color=colour, alpha=alpha)
    inside = np.zeros(grey.shape, dtype=bool)
    for axes in figure.axes:
        box = axes.get_window_extent()
        inside[int(grey.shape[0] - box.y1) : int(grey.shape[0] - box.y0), int(box.x0) : int(box.x1)] = True
    return float((grey[inside] < 110).sum() / max((grey[inside] < 150).sum(), 1))
