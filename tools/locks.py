"""Guards the lock files: they pin what `pyproject.toml` asks for, by hash, and name no registry."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.files import tracked
from tools.report import ROOT, finish

FORBIDDEN = ("uv.lock", "pylock.toml", "yarn.lock", "pnpm-lock.yaml")
LOCKS = {"requirements.txt": ("build",), "requirements-dev.txt": ("build", "dev")}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def faults(root: Path) -> Iterator[str]:
    for path in tracked(root):
        if path.name in FORBIDDEN or path.match("pylock.*.toml"):
            yield f"{path}: names a registry; it may not be committed"
    yield from npm_faults(root / "web")
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    for name, groups in LOCKS.items():
        wanted = [*project["project"]["dependencies"]]
        for group in groups:
            wanted += project["dependency-groups"][group]
        for fault in pin_faults((root / name).read_text(encoding="utf-8"), wanted):
            yield f"{name}: {fault}"


def npm_faults(web: Path) -> Iterator[str]:
    if '"resolved"' in (web / "package-lock.json").read_text(encoding="utf-8"):
        yield "web/package-lock.json: holds registry addresses; delete it and write it anew"
    if "registry=" in (web / ".npmrc").read_text(encoding="utf-8"):
        yield "web/.npmrc: names a registry"
    packages = json.loads((web / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    if any(path and "integrity" not in entry for path, entry in packages.items()):
        yield "web/package-lock.json: has entries without a hash; run make lock ARGS=--web"
    lock = packages[""]
    package = json.loads((web / "package.json").read_text(encoding="utf-8"))
    for kind in ("dependencies", "devDependencies"):
        if package.get(kind, {}) != lock.get(kind, {}):
            yield f"web/package-lock.json: {kind} differ from package.json; run npm install"


def pin_faults(lock: str, wanted: list[str]) -> Iterator[str]:
    """Say which wanted package is not pinned, or pinned outside its range."""
    if "://" in lock:
        yield "names a registry; run make lock"
    pins = {canonicalize_name(name): version for name, version in PIN.findall(lock)}
    if lock.count("--hash=sha256:") < len(pins):
        yield "has entries without a hash; run make lock"
    for line in wanted:
        need = Requirement(line)
        pinned = pins.get(canonicalize_name(need.name))
        if pinned is None or not need.specifier.contains(pinned, prereleases=True):
            yield f"wants {need.name}{need.specifier}, has {pinned or 'nothing'}; run make lock"


if __name__ == "__main__":
    finish("lock files", list(faults(ROOT)))
