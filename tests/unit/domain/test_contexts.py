"""What a chunk stands in: headings, and heads of tables that stand far above their rows."""

from __future__ import annotations

import pytest

from desktop.domain.contexts import Surroundings, cover, spoken_name

TABLE = (
    "Harbour Trust | Report 4 Mains and bursts\n"
    "The pipes were inspected district by district.\n"
    "Table 1: The network\n"
    "District Mains (km) Bursts\n"
    "Old Town 12.4 7\n"
    "Mill Lane 8.1 12\n"
    "Northfield 20.0 3\n"
    "Hillside 9.9 0\n"
    "All figures are rounded.\n"
)


def heads_above(text: str, start: int, before: str = "") -> str:
    return Surroundings("", text, before).heads_above(start)


def heading_above(text: str, start: int, before: str = "") -> str:
    return Surroundings("", text, before).heading_above(start)


def context_of(path: str, text: str, start: int, end: int, before: str = "") -> str:
    return Surroundings(path, text, before).at(start, end)


HEADS = "Table 1: The network | District Mains (km) Bursts"


def test_a_row_stands_under_the_heads_of_its_table() -> None:
    assert heads_above(TABLE, TABLE.index("Northfield")) == HEADS
    assert heads_above(TABLE, TABLE.index("District Mains")) == ""
    assert heads_above(TABLE, TABLE.index("All figures")) == ""


def test_a_table_that_goes_on_has_the_heads_of_the_page_before() -> None:
    before = TABLE.removesuffix("All figures are rounded.\n") + "12\n"
    text = "Harbour Trust | Report\nOrchard 3.1 2\nWeavers 5.5 1\nMeadows 7.0 0\n"
    assert heads_above(text, text.index("Weavers"), before) == HEADS
    assert heads_above(text, text.index("Weavers"), "Nothing but prose stood there.") != HEADS


def test_the_last_heading_counts_also_below_a_running_header_and_from_the_page_before() -> None:
    before = "Harbour Trust | Report 3 Water\nWater is good.\n"
    assert heading_above(TABLE, TABLE.index("Mill"), before) == "4 Mains and bursts"
    assert heading_above("The rest of it.", 4, before.replace("3 Water", "\n3 Water")) == "3 Water"
    assert heading_above("12 people were ill.\nMore.", 20) == ""
    assert heading_above("A survey found this\nMore.", 20) == ""


def test_a_context_is_a_line_a_thing_and_says_nothing_that_the_chunk_says() -> None:
    start = TABLE.index("Hillside")
    before = "Harbour Trust | Report 3 Water\n"
    expected = f"4 Mains and bursts\n{HEADS}"
    assert context_of("", TABLE, start, len(TABLE), before) == expected
    assert context_of("Pipes › Bursts", TABLE, start, len(TABLE)) == f"Pipes › Bursts\n{HEADS}"
    assert context_of("", TABLE, 0, len(TABLE), before) == ""
    assert context_of("", "Plain words.", 0, 12) == ""


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("AR19_Castleford.pdf", "AR 19 Castleford"),
        ("14_Harbour_Street-lease.pdf", "14 Harbour Street lease"),
        ("reportFinal2020.docx", "report Final 2020"),
        ("lease", "lease"),
    ],
)
def test_a_file_name_is_read_as_words(name: str, spoken: str) -> None:
    assert spoken_name(name) == spoken


def test_a_cover_is_short_lines_and_running_text_has_none() -> None:
    assert cover("Lease\nbetween A\nand B\n" + "so " * 40) == ["Lease", "between A", "and B"]
    assert (
        cover("The parties to this lease, who are named below, agree on what follows here.") == []
    )
