"""Boxes of characters become lines that can be lit."""

import math

from desktop.workers.reader.geometry import MAX_RECTANGLES, Box, box_of_corners, lines_of


def row(top: float, *lefts: float) -> list[Box]:
    return [Box(left, top, left + 8, top + 12) for left in lefts]


def test_characters_of_a_line_are_joined_and_lines_are_not() -> None:
    lines = lines_of([*row(10, 10, 18, 26), *row(26, 10, 18)], 200, 200)
    assert lines == [Box(10, 10, 34, 22), Box(10, 26, 26, 38)]


def test_a_superscript_belongs_to_its_line() -> None:
    assert lines_of([*row(10, 10), Box(18, 6, 22, 16)], 200, 200) == [Box(10, 6, 22, 22)]


def test_the_gap_between_two_columns_stays_unlit() -> None:
    assert len(lines_of(row(10, 10, 100), 200, 200)) == 2


def test_writing_from_right_to_left_is_one_line() -> None:
    assert lines_of(row(10, 26, 18, 10), 200, 200) == [Box(10, 10, 34, 22)]


def test_what_lies_off_the_image_is_cut_or_left_out() -> None:
    lines = lines_of([Box(-5, 5, 5, 15), Box(300, 5, 310, 15)], 200, 200)
    assert lines == [Box(0, 5, 5, 15)]


def test_corners_without_area_or_sense_make_no_box() -> None:
    assert box_of_corners(4, 9, 1, 2) == Box(1, 2, 4, 9)
    assert box_of_corners(1, 2, 1, 9) is None
    assert box_of_corners(1, 2, math.nan, 9) is None
    assert box_of_corners(1, 2, math.inf, 9) is None


def test_never_more_rectangles_than_may_be_sent() -> None:
    scattered = (
        Box(x % 200 * 20, x // 200 * 20, x % 200 * 20 + 2, x // 200 * 20 + 2) for x in range(10_500)
    )
    assert len(lines_of(scattered, 5000, 5000)) == MAX_RECTANGLES
