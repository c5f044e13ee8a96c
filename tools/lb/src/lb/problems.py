"""What stops `lb`: one sentence and what to do, shown without a traceback."""

_LOUD = ("ERROR", "FATAL", "error:", "Exception")


class Problem(Exception):
    """Something the person at the keyboard can mend."""

    def __init__(self, what: str, *, do: str) -> None:
        super().__init__(f"{what} {do}")
        self.what = what
        self.do = do


def telling(output: str) -> str:
    """The lines of a program's output that say what went wrong, as one line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    loud = [line for line in lines if any(word in line for word in _LOUD)]
    return " | ".join(loud[:2] or lines[-3:])[:500]


def remedy(output: str, *, otherwise: str) -> str:
    """What to do about it: a full disk is named as such."""
    return "The disk is full: free some room, then try again." if "No space left" in output else otherwise
