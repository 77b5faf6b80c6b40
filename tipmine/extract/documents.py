"""Reads a file into a Document: recognises its type by its content, checks its limits, and calls the reader."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from tipmine.errors import (
    DamagedFileError,
    EncryptedError,
    InputError,
    MissingFileError,
    TooLargeError,
    WrongTypeError,
)
from tipmine.records import Document, OcrMode

MAX_BYTES = 500_000_000
"""Largest file that is read, in bytes."""

MAX_SECONDS = 3_600.0
"""Longest time in seconds for a PDF, or for a piece of one, where the caller sets none. A page of a survey report takes
0.1 to 0.3 s, a page by OCR about 4 s."""

MAX_TEXT_BYTES = 100_000_000
"""Largest plain text file, and largest sum of the unpacked XML parts of a DOCX, in bytes."""

MAX_RATIO = 200
"""Ratio of unpacked to packed size from which a DOCX is refused as a decompression bomb."""
SMALL_UNPACKED = 10_000_000
"""Unpacked size in bytes up to which the ratio does not matter."""

HEAD = 65_536
"""Bytes at the beginning of a file by which its type is recognised."""
PDF_MARK_WITHIN = 1_100
"""Bytes at the beginning of a file within which `%PDF-` makes it a PDF. Acrobat looks in about as many. Higher: texts
that quote the mark are taken for PDFs."""

READABLE = "PDF, DOCX or plain text"

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""First bytes of a ZIP archive (a DOCX is one): with entries, without any, and split into parts."""

_DOCX_TEXT = re.compile(r"word/document\d*\.xml")
"""The part of a DOCX that holds its text; Word in a browser numbers it."""

_OTHER_ZIPS = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "META-INF/manifest.xml": "an OpenDocument file",
}
"""A part by which an archive of another program is known, and what to call it."""

_OTHERS = (
    (b"{\\rtf", "an RTF file"),
    (b"\x89png", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"gif8", "a picture"),
    (b"ii*\0", "a picture"),
    (b"mm\0*", "a picture"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"7z\xbc\xaf", "an archive"),
    (b"rar!", "an archive"),
    (b"\x1f\x8b", "a packed file"),
)
"""First bytes, in lower case, of files that are often given by mistake."""


def extract_document(
    path: str | Path,
    *,
    doc: str | None = None,
    password: str | None = None,
    ocr: OcrMode = "auto",
    seconds: float = MAX_SECONDS,
) -> Document:
    """Reads a PDF, DOCX or text file into lines in reading order, repaired.

    `doc` is the id of the document, its file name by default. `ocr`: `auto` reads pages without usable text by OCR if
    tesseract is installed with Thai data; `never` only marks them; `always` requires it. `seconds` is the time for a
    PDF: OCR stops when nine tenths of it have passed, and the pages that it has not reached are marked. The type of the
    file is recognised by its content, not by its name. Raises MissingFileError, WrongTypeError, EncryptedError,
    DamagedFileError, TooLargeError (also if the time is up before all pages are read) or MissingPartError.
    """
    from tipmine.extract.collecting import rare_collection
    from tipmine.extract.compose import compose

    path = Path(path)
    type_ = file_type(path)
    with rare_collection():
        if type_ == "pdf":
            from tipmine.extract.deadlines import deadlines
            from tipmine.extract.pdf import join_ranges, read_range

            until = deadlines(seconds)
            pages = join_ranges(path, [read_range(path, password, ocr, until)], password, ocr, until)
        elif type_ == "docx":
            from tipmine.extract.docx import read_docx

            pages = read_docx(path)
        else:
            from tipmine.extract.txt import read_txt

            pages = read_txt(path)
        return compose(doc or path.name, pages)


def file_type(path: Path) -> Literal["pdf", "docx", "txt"]:
    """The type of a file, by its first bytes.

    Raises MissingFileError, DamagedFileError, TooLargeError, EncryptedError, WrongTypeError.
    """
    if path.is_dir():
        raise MissingFileError(str(path), "is a folder", f"a file: {READABLE}", "tipmine run reads folders")
    if not path.is_file():
        raise MissingFileError(path.name, "no such file", READABLE, "check the path")
    size = path.stat().st_size
    if not size:
        raise DamagedFileError(path.name, "the file is empty", READABLE, "save or download it again")
    if size > MAX_BYTES:
        raise TooLargeError(path.name, f"{size:,} bytes", f"at most {MAX_BYTES:,}", "split it into parts")
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError as problem:
        raise InputError(
            path.name, f"cannot be opened ({problem.strerror})", READABLE, "check its permissions"
        ) from problem
    if b"%PDF-" in head[:PDF_MARK_WITHIN]:
        return "pdf"
    if head.startswith(_ZIP):
        return _type_of_zip(path)
    _refuse(path, head)
    if size > MAX_TEXT_BYTES:
        raise TooLargeError(path.name, f"{size:,} bytes of text", f"at most {MAX_TEXT_BYTES:,}", "split it into parts")
    return "txt"


def _refuse(path: Path, head: bytes) -> None:
    """Raises an error for files of other known types and damaged ones; returns for what may be text."""
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise EncryptedError(
                path.name,
                "the Word file is encrypted",
                "a DOCX without a password",
                "open it in Word and save it without one",
            )
        raise WrongTypeError(path.name, "an old Office file (.doc)", READABLE, "save it as DOCX in Word or LibreOffice")
    for magic, what in _OTHERS:
        if head.lstrip().lower().startswith(magic):
            raise WrongTypeError(path.name, what, READABLE, "convert it first")
    name = path.suffix.lower()
    if name in (".pdf", ".docx") and b"\0" in head:
        raise DamagedFileError(
            path.name,
            f"its content is not {name[1:].upper()}",
            f"a whole {name[1:].upper()} file",
            "save or download it again",
        )


def _type_of_zip(path: Path) -> Literal["docx"]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise DamagedFileError(
            path.name, "the DOCX is cut short or damaged", "a whole DOCX file", "save or download it again"
        ) from problem
    names = {entry.filename for entry in entries}
    if not any(map(_DOCX_TEXT.fullmatch, names)):
        for part, what in _OTHER_ZIPS.items():
            if part in names:
                raise WrongTypeError(path.name, what, READABLE, "save it as PDF or DOCX")
        raise WrongTypeError(path.name, "a ZIP archive that is not a DOCX", READABLE, "unpack or convert it")
    packed = sum(entry.compress_size for entry in entries) or 1
    unpacked = sum(entry.file_size for entry in entries)
    text = sum(entry.file_size for entry in entries if entry.filename.endswith(".xml"))
    if text > MAX_TEXT_BYTES:
        raise TooLargeError(
            path.name, f"unpacks to {text:,} bytes of text", f"at most {MAX_TEXT_BYTES:,}", "split it into parts"
        )
    if unpacked > SMALL_UNPACKED and unpacked > MAX_RATIO * packed:
        raise TooLargeError(
            path.name,
            f"{packed:,} bytes unpack to {unpacked:,}",
            f"at most {MAX_RATIO} times as many",
            "open it in Word and save it again",
        )
    return "docx"
