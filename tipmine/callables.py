"""Makes a stage package callable: `tipmine.extract(path)` beside `tipmine.extract.documents`.

The Python interface names functions as the commands are named, and five commands are named as the packages that do the
work. As soon as such a package is imported, Python puts it in the place of a function of the same name.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function of `tipmine.api` that has the name of this package."""
        return getattr(import_module("tipmine.api"), self.__name__.rpartition(".")[2])(*args, **kwargs)


def make_callable(package: str) -> None:
    """Let the imported package of this name be called like the function of `tipmine.api` with the same name."""
    sys.modules[package].__class__ = _CallablePackage
