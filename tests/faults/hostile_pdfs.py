"""PDFs made to hurt whoever opens them. Made from fixed seeds when a test needs one, never stored.

Each function returns the bytes of one file; the name says what is wrong with it. The catalogue of
attacks follows the reader's safety bar: bombs, cycles, depth, lies about size, noise.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

from tests.samples import assemble_pdf, stream

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources 5 0 R>>"
FONTS = b"<</Font<</F 6 0 R>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 50 700 Td (Still readable) Tj ET"


def single_page(contents: bytes, resources: bytes = FONTS, *more: bytes) -> bytes:
    """One page with this stream object as contents; `more` are the objects from 7 on."""
    return assemble_pdf([CATALOG, PAGES, PAGE, contents, resources, FONT, *more])


def deflated(block: bytes, times: int) -> bytes:
    """`block`, `times` over, compressed; made as quickly as if it were one.

    A full flush (RFC 1951, zlib's Z_FULL_FLUSH) ends a block that refers to nothing before it, so
    its compressed bytes can be repeated. The checksum at the end is left out: nobody gets there.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + packed * times + b"\x03\x00"


def flate_bomb(gigabytes: int = 4) -> bytes:
    """A page whose contents unpack to gigabytes of harmless spaces."""
    packed = deflated(b" " * (1 << 20), gigabytes * 1024)
    return single_page(stream(packed, b"/Filter/FlateDecode"))


def nested_flate_bomb() -> bytes:
    """Contents compressed three times over: kilobytes in the file."""
    packed = zlib.compress(deflated(b" " * (1 << 20), 4096), 9)
    packed = zlib.compress(packed, 9)
    return single_page(stream(packed, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def operator_bomb(megabytes: int = 512) -> bytes:
    """Contents that unpack to millions of drawn paths."""
    line = b"0 0 m 600 800 l 0 800 l 600 0 l S "
    packed = deflated(line * ((1 << 20) // len(line)), megabytes)
    return single_page(stream(packed, b"/Filter/FlateDecode"))


def text_bomb(megabytes: int = 200) -> bytes:
    """A page with tens of millions of letters."""
    line = b"(" + b"lorem ipsum " * 20 + b") Tj T* "
    packed = deflated(line * ((1 << 20) // len(line)), megabytes)
    start = deflated(b"BT /F 1 Tf 1 TL 0 800 Td ", 1)
    page = PAGE.replace(b"4 0 R", b"[4 0 R 7 0 R]")
    filtered = b"/Filter/FlateDecode"
    return assemble_pdf(
        [CATALOG, PAGES, page, stream(start, filtered), FONTS, FONT, stream(packed, filtered)]
    )


def form_bomb(levels: int = 12, each: int = 12) -> bytes:
    """A drawing that draws a drawing a dozen times, a dozen levels deep: billion laughs."""
    more = []
    for level in range(levels):
        number = 7 + level
        last = level == levels - 1
        inner = b"0 0 m 9 9 l S " if last else b"/X Do " * each
        resources = b"" if last else b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 1)
        more.append(stream(inner, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + resources))
    return single_page(stream(b"/X Do " + WORDS), FONTS[:-2] + b"/XObject<</X 7 0 R>>>>", *more)


def form_that_draws_itself() -> bytes:
    form = stream(
        b"/X Do " + WORDS,
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
        b"/Resources<</XObject<</X 7 0 R>>/Font<</F 6 0 R>>>>",
    )
    return single_page(stream(b"/X Do"), FONTS[:-2] + b"/XObject<</X 7 0 R>>>>", form)


def image_bomb(side: int = 50_000) -> bytes:
    """An image of 50,000 x 50,000 pixels in a few megabytes."""
    packed = deflated(bytes(1 << 20), side * side * 3 >> 20)
    image = stream(
        packed,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode" % (side, side),
    )
    contents = stream(b"q 600 0 0 800 0 0 cm /X Do Q " + WORDS)
    return single_page(contents, FONTS[:-2] + b"/XObject<</X 7 0 R>>>>", image)


def pattern_bomb() -> bytes:
    """A page filled with a pattern whose tiles are a thousandth of a point wide."""
    pattern = stream(
        b"1 0 0 rg 0 0 0.0005 0.0005 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 0.001 0.001]"
        b"/XStep 0.001/YStep 0.001/Resources<<>>",
    )
    contents = stream(b"/Pattern cs /P scn 0 0 600 800 re f " + WORDS)
    return single_page(contents, FONTS[:-2] + b"/Pattern<</P 7 0 R>>>>", pattern)


def cyclic_page_tree() -> bytes:
    return assemble_pdf(
        [
            CATALOG,
            b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 2>>",
        ]
    )


def deep_page_tree(depth: int = 20_000) -> bytes:
    """One page under 20,000 nodes of page tree."""
    nodes = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (max(2, number - 1), number + 1)
        for number in range(2, depth + 2)
    ]
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 600 800]>>" % (depth + 1)
    return assemble_pdf([CATALOG, *nodes, leaf])


def deep_arrays(depth: int = 1_000_000) -> bytes:
    return assemble_pdf([CATALOG, PAGES, b"[" * depth + b"]" * depth])


def deep_operands(depth: int = 1_000_000) -> bytes:
    return single_page(stream(b"[" * depth + b"<<" * depth + WORDS))


def page_count_lie(count: int) -> bytes:
    """One page that says it is `count` pages."""
    pages = PAGES.replace(b"/Count 1", b"/Count %d" % count)
    return assemble_pdf([CATALOG, pages, PAGE, stream(WORDS), FONTS, FONT])


def no_pages() -> bytes:
    return assemble_pdf([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"])


def endless_outline(entries: int = 3) -> bytes:
    """Bookmarks that follow one another in a circle and are their own children."""
    items = [
        b"<</Title(Again)/Parent 7 0 R/Next %d 0 R/First %d 0 R/Dest[3 0 R/Fit]>>"
        % (8 + (number + 1) % entries, 8 + (number + 2) % entries)
        for number in range(entries)
    ]
    catalog = b"<</Type/Catalog/Pages 2 0 R/Outlines 7 0 R>>"
    outline = b"<</Type/Outlines/First 8 0 R/Count 999999999>>"
    return assemble_pdf([catalog, PAGES, PAGE, stream(WORDS), FONTS, FONT, outline, *items])


def xref_cycle() -> bytes:
    """A cross-reference table whose predecessor is itself."""
    whole = single_page(stream(WORDS))
    at = whole.rindex(b"xref\n0")
    return whole.replace(b"/Root 1 0 R", b"/Prev %d/Root 1 0 R" % at)


def object_stream_bomb() -> bytes:
    """An object stream that unpacks to gigabytes, for a catalog that does not exist."""
    packed = deflated(b"1 0 " + b" " * ((1 << 20) - 4), 4096)
    objects = stream(packed, b"/Type/ObjStm/N 500000/First 10/Filter/FlateDecode")
    body = b"%PDF-1.7\n1 0 obj\n" + objects + b"\nendobj\n"
    return body + b"trailer<</Size 9/Root 5 0 R>>\nstartxref\n9\n%%EOF\n"


def huge_media_box() -> bytes:
    """The largest page there may be, 14,400 points a side, with a huge font on it."""
    page = PAGE.replace(b"600 800", b"14400 14400")
    contents = stream(b"BT /F 9000 Tf 0 0 Td (Wide) Tj ET")
    return assemble_pdf([CATALOG, PAGES, page, contents, FONTS, FONT])


def absurd_media_box() -> bytes:
    page = PAGE.replace(b"0 0 600 800", b"-1e38 nan 1e38 99999999999999999999")
    return assemble_pdf([CATALOG, PAGES, page, stream(WORDS), FONTS, FONT])


def mutations(seed: int, how_many: int) -> Sequence[bytes]:
    """Variants of a decent file with bytes flipped, cut out, doubled and swapped."""
    chance = random.Random(seed)
    original = single_page(stream(zlib.compress(WORDS * 50), b"/Filter/FlateDecode"))
    variants = []
    for _ in range(how_many):
        content = bytearray(original)
        for _ in range(chance.choice((1, 3, 30))):
            at = chance.randrange(9, len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randrange(1, 40)]
                case 2:
                    content[at:at] = content[at : at + chance.randrange(1, 40)]
                case _:
                    content[at : at + 1] = str(chance.choice((-1, 0, 2**31, 2**63))).encode()
            if len(content) < 20:
                break
        variants.append(bytes(content))
    return variants
