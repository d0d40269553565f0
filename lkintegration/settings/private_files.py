"""Files that nobody else on the machine may read."""

import os
import secrets
from pathlib import Path


def keep_private(path: Path, content: str = "") -> None:
    """Let only the owner read ``path``; where it is not there, make it with ``content``.

    Two processes that start at once agree on one content: it is there whole, or not yet.
    Whoever may not change a file's rights, because it belongs to somebody else, goes on.
    """
    if not path.exists():
        new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        new.touch(mode=0o600)
        new.write_text(content, encoding="utf-8")
        try:
            os.link(new, path)
        except FileExistsError:
            pass  # the other one was first
        finally:
            new.unlink()
    elif path.stat().st_mode & 0o077 and path.stat().st_uid == os.geteuid():
        path.chmod(0o600)
