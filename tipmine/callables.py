"""What packages do when they are used: load their names late, and be called.

`tipmine.extract(path)` works as well as `import tipmine.extract.documents`. The Python interface names its functions
after the commands, and five commands share their name with the package that does the work. As soon as such a package is
imported, Python replaces the function of the same name by the package.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
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
_CallablePackage.__doc__ = property(_described)  # type: ignore[assignment]  # see above


def _function(package: ModuleType) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module("tipmine.api"), package.__name__.rpartition(".")[2])
    return function


def make_callable(package: str) -> None:
    """Let the imported package of this name be called like the function of `tipmine.api` with the same name."""
    sys.modules[package].__class__ = _CallablePackage


def load_late(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package that imports its modules when their names are first used.

    `homes` are the names by module, both as written below `package`; a module without names is a name itself.
    """
    home_of = {name: module for module, names in homes.items() for name in names or (module,)}

    def load(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{home_of[name]}")
        return getattr(module, name) if homes[home_of[name]] else module

    return load
