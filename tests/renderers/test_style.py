"""The colours of pages: readable on their grounds, told apart by readers who see few of them, in order of charts."""

from itertools import combinations

import pytest

from tracker.record.vocabulary import BINDING_STATUSES
from tracker.renderers._style import MARKS, TOKENS, Token, channels, contrast, marked, own_sheet, sheet

SCREENS = Token._fields

SEEN = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What is left of linear red, green and blue for readers without one kind of cones (Machado and others, 2009)."""


def linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def lab(colour, eyes):
    """The colour in CIE L*a*b* (white of D65), as these eyes see it."""
    light = [linear(part) for part in channels(colour)]
    red, green, blue = (min(max(sum(w * part for w, part in zip(row, light, strict=True)), 0), 1) for row in eyes)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one, other, eyes):
    return sum((a - b) ** 2 for a, b in zip(lab(one, eyes), lab(other, eyes), strict=True)) ** 0.5


@pytest.mark.parametrize("screen", SCREENS)
def test_texts_can_be_read_on_their_grounds(screen):
    shown = {name: getattr(token, screen) for name, token in TOKENS.items()}
    for text in ("ink", "dim", "link"):
        for ground in ("paper", "soft"):
            assert contrast(shown[text], shown[ground]) >= 4.5, (text, ground)
    assert contrast(shown["dim"], shown["paper"]) >= 3  # the frame of each mark


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("eyes", SEEN.values(), ids=SEEN)
def test_binding_and_not_binding_are_told_apart_by_every_reader(screen, eyes):
    shown = {status: getattr(TOKENS[mark.part], screen) for status, mark in MARKS.items()}
    assert apart(shown["binding"], shown["non_binding"], eyes) > 40
    for one, other in combinations(("binding", "non_binding", "not_assessed"), 2):
        assert apart(shown[one], shown[other], eyes) > 20, (one, other)


def test_each_status_has_a_mark_of_its_own_shape_in_the_order_of_charts():
    assert tuple(MARKS) == tuple(BINDING_STATUSES)
    assert [mark.part for mark in MARKS.values()] == [f"p{at}" for at in range(len(MARKS))]
    assert len({mark.shape for mark in MARKS.values()}) == len(MARKS)
    for mark in MARKS.values():
        assert f".mark.{mark.shape}::before" in sheet()
    assert marked("binding") == "mark full s-binding"
    assert marked("in_force") is None


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_colours_of_ones_own_take_the_place_of_ours():
    css = own_sheet({"accent": "#7a0019", "binding_dark": "#99ccff"})
    assert "--link:#7a0019" in css
    assert "--p0:#99ccff" in css
    assert css.count("--link:#000") == 1  # on paper
