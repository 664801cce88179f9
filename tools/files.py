"""Which files belong to the repository."""

import os
import subprocess
from pathlib import Path

NOT_OURS = {".git", ".venv", "node_modules", "spa", "site", "dist", "data", "__pycache__"}


def tracked(root: Path) -> list[Path]:
    """List the files that git knows or would add, relative to `root`; ignored ones never.

    Without git or its history (an unpacked archive), list all but what a build or a run leaves behind.
    """
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return sorted(_walk(root))
    return sorted(Path(name) for name in listed.split("\0") if name and (root / name).is_file())


def _walk(root: Path) -> list[Path]:
    found: list[Path] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith("_cache")]
        found += [(Path(folder) / name).relative_to(root) for name in names]
    return found
