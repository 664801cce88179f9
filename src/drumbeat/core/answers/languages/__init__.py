"""The languages in which answers are understood: one file each, nothing but words. A new file is a new language."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from drumbeat.core.answers.language import Language

LANGUAGES: tuple[Language, ...] = tuple(
    import_module(f"{__name__}.{module.name}").LANGUAGE
    for module in sorted(iter_modules(__path__), key=lambda one: one.name)
)
