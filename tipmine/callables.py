"""Makes a stage package callable: `tipmine.extract(path)` works as well as `import tipmine.extract.documents`.

The Python interface names functions as the commands are named, and five commands are named as the packages that do the
work. As soon as such a package is imported, Python puts it in the place of a function of the same name.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    """A package that is called, and explained by `help`, as the function of `tipmine.api` with its name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        return _function(self)(*args, **kwargs)

    @property
    def __signature__(self) -> inspect.Signature:
        """What `inspect.signature` gives: the signature of the function."""
        return inspect.signature(_function(self))


def _described(package: ModuleType) -> str:
    """The function with its signature and docstring, then the docstring of the package itself."""
    function = _function(package)
    heading = f"{function.__name__}{inspect.signature(function)}"
    return f"{heading}\n\n{inspect.getdoc(function)}\n\nThe package of the same name:\n\n{vars(package)['__doc__']}"


# `help` shows of a module only its `__doc__`. A property comes before the attribute of that name that each module has;
# it is made here because a class body has its docstring under that name.
_CallablePackage.__doc__ = property(_described)  # type: ignore[assignment]


def _function(package: ModuleType) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module("tipmine.api"), package.__name__.rpartition(".")[2])
    return function


def make_callable(package: str) -> None:
    """Let the imported package of this name be called like the function of `tipmine.api` with the same name."""
    sys.modules[package].__class__ = _CallablePackage
