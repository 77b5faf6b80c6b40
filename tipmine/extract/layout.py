"""From a page's glyphs to draft lines in reading order: combines marks, lines, tables and order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from sys import intern

from tipmine.extract.angles import HALF_TURN, UPRIGHT
from tipmine.extract.blanks import blanks_in_a_space
from tipmine.extract.bullets import with_drawn_bullets
from tipmine.extract.charts import take_charts
from tipmine.extract.drafts import DraftLine, DraftPage, Piece, area_of, bounding_box
from tipmine.extract.glyphs import PageContent
from tipmine.extract.justified import Margins
from tipmine.extract.lines import Printed, Segment, Spacing, print_line, to_segments
from tipmine.extract.listener import Glyph
from tipmine.extract.marks import Cluster, to_clusters
from tipmine.extract.order import in_reading_order
from tipmine.extract.outlined import outlined_letters
from tipmine.extract.placed import ItemRow, Part, item_of, item_of_part
from tipmine.extract.quality import MOSTLY_INVISIBLE, UNREAD_SCORE
from tipmine.extract.reasons import UNREAD_GLYPH
from tipmine.extract.repair.decoder import decode
from tipmine.extract.repair.lexicon import first_word_length, load_lexicon
from tipmine.extract.tables import Table, take_boxes, take_tables
from tipmine.extract.turned import printed_back, take_turned, turned_back, turned_upright
from tipmine.extract.underlines import mark_underlined
from tipmine.extract.unknown import UnknownGlyphs, is_stand_in, substitute
from tipmine.extract.unruled import unruled_grids
from tipmine.thai import in_thai_block

TINY = 0.5
"""Size in points up to which a glyph is unreadable: it is hidden, or the file uses other units."""

SPREAD_RATIO = 1.2
"""Least ratio of width to height of a sheet that may hold two pages side by side."""

SPACE_SHARE = 0.004
"""Share of spaces among glyphs from which a page counts as printing its spaces."""

CUT_CONTEXT = 14
"""Letters on each side of a line end that decide whether it cuts a word."""

CUT_LEAD = 3.0
"""Least difference between the negative log probabilities of the separate and the joined words at which they are
joined."""

SHORT_LINE = 0.8
"""A printed line of a cell that fills less of the cell than this ends a phrase, so a space follows it."""


_ENDS_IN_DASH = re.compile(r"\w\.?[-\u2013/]$")
"""The end of a printed line that continues without a space: `2567-`, but not a dash by itself."""


def lay_out(content: PageContent) -> DraftPage:
    """The lines of one page, in reading order."""
    area = max(content.width * content.height, 1.0)
    page = DraftPage(
        content.number,
        content.width,
        content.height,
        images=min(1.0, max((max(0.0, area_of(box)) / area for box in content.images), default=0.0)),
        invisible=content.invisible / max(len(content.glyphs), 1),
        glyphs=len(content.glyphs),
        outlined=outlined_letters(content.drawings),
        broke_off=content.broke_off,
        no_tables=content.no_tables,
    )
    by_angle: dict[int, list[Glyph]] = defaultdict(list)
    right, bottom = 2 * (content.width + 1), content.height + 1
    for glyph in content.glyphs:
        if -2 <= glyph.x0 + glyph.x1 <= right and -1 <= glyph.y <= bottom:
            if glyph.size > TINY:
                by_angle[glyph.angle].append(glyph)
            else:
                page.tiny += 1
    upright = to_clusters(with_drawn_bullets(by_angle[UPRIGHT], content.dots, content.drawings))
    if page.invisible > MOSTLY_INVISIBLE:
        upright = _without_spaces_of_ocr(upright)
    tables, loose = take_tables(content.tables, upright)
    take_turned(tables, by_angle, content.width, content.height)
    block = 0
    for angle in sorted(by_angle, key=lambda a: -len(by_angle[a])):
        if angle == UPRIGHT:
            lines = _lines_of(upright, loose, tables, content)
            mark_underlined(lines, content.horizontal_rules, content.boxes)
        else:
            lines = _turned_lines(by_angle[angle], angle, content)
        for line in lines:
            line.block += block
        page.lines += lines
        block = max((line.block for line in page.lines), default=-1) + 1
    return page


def _without_spaces_of_ocr(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Clusters without the spaces between Thai letters, which OCR puts between words. The gaps decide instead."""
    inked = [at for at, cluster in enumerate(clusters) if not cluster.is_space]
    between = {
        at
        for before, after in pairwise(inked)
        if after - before > 1 and all(in_thai_block(clusters[place].text[0]) for place in (before, after))
        for at in range(before + 1, after)
    }
    return [cluster for at, cluster in enumerate(clusters) if at not in between]


def _turned_lines(glyphs: Sequence[Glyph], angle: int, content: PageContent) -> list[DraftLine]:
    width, height = content.width, content.height
    clusters = to_clusters(turned_upright(glyphs, angle, width, height))
    sheet = PageContent(content.number, *((width, height) if angle == HALF_TURN else (height, width)), [])
    lines = _lines_of(clusters, clusters, (), sheet)
    for line in lines:
        if line.box:
            line.box = turned_back(line.box, angle, width, height)
    return lines


def _lines_of(
    clusters: Sequence[Cluster], loose: Sequence[Cluster], tables: Sequence[Table], content: PageContent
) -> list[DraftLine]:
    """The lines of one writing direction: of its tables, and of the clusters outside them."""
    width, height, page = content.width, content.height, content.number
    spaces = sum([cluster.is_space for cluster in clusters])
    spacing = Spacing(spaces > SPACE_SHARE * len(clusters), Margins(clusters), blanks_in_a_space(clusters))
    boxes, loose = take_boxes(content.boxes, loose, width, height)
    charts, segments = take_charts(content.drawings, to_segments(loose), width, height)
    if grids := unruled_grids(segments, content.horizontal_rules):
        unruled, loose = take_tables(grids, [cluster for segment in segments for cluster in segment.clusters])
        tables, segments = [*tables, *unruled], to_segments(loose)
    parts = [
        *(Part("table", table.box, table) for table in tables),
        *(Part("box", box, to_segments(inside)) for box, inside in boxes),
        *(Part("chart", box, inside) for box, inside in charts),
    ]
    items = [*map(item_of, segments), *map(item_of_part, parts)]
    drafts: list[DraftLine] = []
    for row in in_reading_order(items, spread=width > SPREAD_RATIO * height) if items else ():
        match row.items[0].part:
            case None:
                drafts += _line_of(row, spacing, page, row.block)
            case Part(kind="table", content=Table() as table):
                drafts += _table_rows(table, spacing, content, row.block)
            case Part(kind="box", content=list() as inside):
                drafts += _loose_lines(inside, spacing, page, row.block)
            case Part(kind="chart", content=list() as inside):
                lines = _loose_lines(inside, spacing, page, row.block)
                for line in lines:
                    line.role = "figure"
                drafts += lines
    return drafts


def _line_of(row: ItemRow, spacing: Spacing, page: int, block: int) -> list[DraftLine]:
    printed = print_line([item.segment for item in row.items if item.segment], spacing)
    if not printed.text.strip():
        return []
    piece = _piece(printed)
    if printed.spaced:
        piece.joint = " "
    return [_draft([[piece]], [printed], page, block)]


def _loose_lines(segments: list[Segment], spacing: Spacing, page: int, block: int) -> list[DraftLine]:
    """The lines of a box, of a chart, or of a cell as wide as its table."""
    items = [item_of(segment) for segment in segments]
    rows = in_reading_order(items) if items else []
    return [draft for row in rows for draft in _line_of(row, spacing, page, block)]


def _piece(printed: Printed) -> Piece:
    text = printed.text.strip()
    # Where both readings agree, they are one string, in memory and between processes.
    plain = text if printed.plain == text else printed.plain
    return Piece(text, plain, printed.rules, intern(printed.font), drawn=printed.drawn)


def _draft(cells: list[list[Piece]], printed: Sequence[Printed], number: int, block: int) -> DraftLine:
    box = bounding_box(line.box for line in printed)
    return DraftLine(number, cells, box, block=block, size=printed[0].size, bold=all(p.bold for p in printed))


def _table_rows(table: Table, spacing: Spacing, content: PageContent, block: int) -> list[DraftLine]:
    drafts: list[DraftLine] = []
    turned = _turned_in_cells(table, spacing, content)
    for number, (row, spanning) in enumerate(zip(table.rows, table.spanning, strict=True)):
        if spanning:
            lines = _loose_lines(
                to_segments(next(cell for cell in row if cell is not None)), spacing, content.number, block
            )
            if len(lines) > 1:
                drafts += lines
                continue
        cells: list[list[Piece]] = []
        everything: list[Printed] = []
        for column, clusters in enumerate(row):
            printed = [*_cell_lines(clusters or [], spacing), *turned[number, column]]
            cells.append(_pieces(printed))
            everything += printed
        if everything:
            draft = _draft(cells, everything, content.number, block)
            draft.role = "table"
            drafts.append(draft)
    return drafts


def _turned_in_cells(
    table: Table, spacing: Spacing, content: PageContent
) -> defaultdict[tuple[int, int], list[Printed]]:
    """The lines of turned writing in a table's cells."""
    lines_in: defaultdict[tuple[int, int], list[Printed]] = defaultdict(list)
    for (row, column, angle), glyphs in table.turned.items():
        clusters = to_clusters(turned_upright(glyphs, angle, content.width, content.height))
        lines_in[row, column] += [
            printed_back(line, angle, content.width, content.height) for line in _cell_lines(clusters, spacing)
        ]
    return lines_in


def _cell_lines(clusters: list[Cluster], spacing: Spacing) -> list[Printed]:
    items = [item_of(segment) for segment in to_segments(clusters)]
    if not items:
        return []
    rows = in_reading_order(items)
    printed = [print_line([item.segment for item in row.items if item.segment], spacing) for row in rows]
    return [line for line in printed if line.text.strip()]


def _pieces(printed: Sequence[Printed]) -> list[Piece]:
    """The lines of a cell; between Thai letters a line end is not a space, unless the line stops short.

    A line stops short when the next line's first word would have had room on it.
    """
    pieces = [_piece(line) for line in printed]
    right = max((line.box[2] for line in printed), default=0.0)
    left = min((line.box[0] for line in printed), default=0.0)
    for at, (here, after) in enumerate(pairwise(pieces)):
        line, below = printed[at], printed[at + 1]
        full = line.box[2] - left > SHORT_LINE * (right - left)
        no_room = right - line.box[2] < _first_word_width(below)
        thai = _is_letter(here.text[-1]) and _is_letter(after.text[0])
        joined = thai and (full or no_room or _is_cut_word(here.text, after.text))
        here.joint = "" if joined or _ENDS_IN_DASH.search(here.text) else " "
    return pieces


def _is_letter(letter: str) -> bool:
    """Whether a character is a Thai letter. Digits are not: numbers are set off by spaces, and begin items of lists.

    A glyph without a reading counts as one: it will be read later, from the words around it.
    """
    return (in_thai_block(letter) and not letter.isdigit()) or is_stand_in(letter)


def _first_word_width(line: Printed) -> float:
    """About how wide the first word of a line is, in points: its share of the line's letters."""
    text = line.text.strip()
    return (line.box[2] - line.box[0]) * first_word_length(text) / max(len(text), 1)


def _is_cut_word(before: str, after: str) -> bool:
    """Whether a line end cuts a word: more letters are in known words if the lines are joined than if they are not."""
    before, after = before[-CUT_CONTEXT:], after[:CUT_CONTEXT]
    return reading_cost(before + after) < reading_cost(f"{before} {after}") - CUT_LEAD


def reading_cost(text: str) -> float:
    """The negative logarithm of the probability of a text's most likely words."""
    return decode(text, (), load_lexicon()).cost


def name_unknown(pages: Sequence[DraftPage], unknown: UnknownGlyphs) -> None:
    """Reads glyphs for which no font gives a text, by the words around them; changes `pages` in place.

    Lines that become empty, because their glyphs draw nothing, are removed.
    """
    if not len(unknown):
        return
    texts = (piece.text for page in pages for line in page.lines for piece in line.pieces)
    readings = unknown.solve(texts, reading_cost)
    for page in pages:
        for line in page.lines:
            for piece in line.pieces:
                if unread := sum(letter in unknown.unread for letter in piece.text) if unknown.unread else 0:
                    page.unread += unread
                    line.reason = line.reason or UNREAD_GLYPH
                    line.score = min(line.score, UNREAD_SCORE)
                piece.text = substitute(piece.text, readings)
        page.lines = [line for line in page.lines if line.text.strip()]
