"""Makes a stage package callable: `tipmine.extract(path)` works as well as `import tipmine.extract.documents`.

The Python interface names its functions after the commands, and five commands share their name with the package that
does the work. As soon as such a package is imported, Python replaces the function of the same name by the package.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    """A package that can be called, and that `help` explains, like the function of `tipmine.api` with its name."""

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


# Of a module, `help` shows only its `__doc__`. A property takes precedence over the attribute of that name;
# it is made here because in a class body that name holds the docstring.
_CallablePackage.__doc__ = property(_described)  # type: ignore[assignment]


def _function(package: ModuleType) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module("tipmine.api"), package.__name__.rpartition(".")[2])
    return function


def make_callable(package: str) -> None:
    """Let the imported package of this name be called like the function of `tipmine.api` with the same name."""
    sys.modules[package].__class__ = _CallablePackage
