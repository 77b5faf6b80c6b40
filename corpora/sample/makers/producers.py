"""The programs that make the documents, each called in one place."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = {
    "soffice": "LibreOffice (Debian: libreoffice-writer)",
    "chromium": "Chromium (Debian: chromium)",
    "xelatex": "XeLaTeX (Debian: texlive-xetex)",
    "fc-list": "fontconfig (Debian: fontconfig)",
}
FONTS = {
    "Laksaman": "fonts-tlwg-laksaman-ttf",
    "Norasi": "fonts-tlwg-norasi-ttf",
    "Loma": "fonts-tlwg-loma-ttf",
    "Waree": "fonts-tlwg-waree-ttf",
    "Garuda": "fonts-tlwg-garuda-ttf",
    "Noto Serif Thai": "fonts-noto-core",
}
EPOCH = "1719792000"  # 1 July 2024: the date that XeLaTeX writes into the report


class BuildError(Exception):
    """A program failed or left no file."""


def missing() -> list[str]:
    """What the build needs and this machine lacks, each by name."""
    lacking = [text for name, text in PROGRAMS.items() if shutil.which(name) is None]
    if shutil.which("fc-list") is None:
        return lacking
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True)
    families = {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}
    return lacking + [f"font {f} (Debian: {p})" for f, p in FONTS.items() if f not in families]


def call(command: list[str], folder: Path, made: Path) -> None:
    """Run a program in a folder and see that it made the file."""
    env = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=180, check=False)
    if not made.exists():
        tail = (done.stdout + done.stderr)[-600:]
        raise BuildError(f"{command[0]} made no {made.name}: {tail}")


def libreoffice(text: str, target: Path) -> None:
    """Flat OpenDocument text to PDF."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.fodt").write_text(text, encoding="utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "in.fodt"]
        call(command, folder, folder / "in.pdf")
        shutil.copyfile(folder / "in.pdf", target)


def chromium(text: str, target: Path) -> None:
    """A web page to PDF."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.html").write_text(text, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={folder / 'in.pdf'}",
            (folder / "in.html").as_uri(),
        ]
        call(command, folder, folder / "in.pdf")
        shutil.copyfile(folder / "in.pdf", target)


def xelatex(text: str, target: Path) -> None:
    """A LaTeX document to PDF, in two runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.tex").write_text(text, encoding="utf-8")
        for _ in range(2):
            command = ["xelatex", "-interaction=nonstopmode", "in.tex"]
            call(command, folder, folder / "in.pdf")
        shutil.copyfile(folder / "in.pdf", target)
