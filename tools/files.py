"""Which files belong to the repository."""

import subprocess
from pathlib import Path


def tracked(root: Path) -> list[Path]:
    """List the files that git knows or would add, relative to `root`; ignored ones never."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return sorted(Path(name) for name in listed.split("\0") if name and (root / name).is_file())
