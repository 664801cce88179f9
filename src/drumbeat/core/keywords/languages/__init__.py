"""The languages in which STOP, START and HELP are understood: one file each, nothing but words."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from drumbeat.core.keywords.words import Words

LANGUAGES: tuple[Words, ...] = tuple(
    import_module(f"{__name__}.{module.name}").WORDS
    for module in sorted(iter_modules(__path__), key=lambda one: one.name)
)
