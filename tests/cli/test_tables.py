"""Tables on the terminal."""

from __future__ import annotations

from io import StringIO

from tipmine.cli.tables import print_table


def test_a_missing_value_is_an_empty_cell_of_a_column_of_numbers() -> None:
    stream = StringIO()
    print_table([{"doc": "a.docx", "pages": None}, {"doc": "b.pdf", "pages": 12}], stream=stream)
    lines = stream.getvalue().splitlines()
    assert "None" not in stream.getvalue()
    assert lines[2].rstrip().endswith("   12"), lines
