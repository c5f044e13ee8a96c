"""python -m registry api | worker | all | migrate | rebuild VIEW | replay | parked | verify | keys."""

import sys

from eventcore.main import run

from registry import keys_command
from registry.app import PROGRAM

if __name__ == "__main__":
    if sys.argv[1:2] == ["keys"]:
        keys_command.run(sys.argv[2:])
    else:
        run(PROGRAM)
