"""python -m registry api | worker | all | migrate | rebuild VIEW | replay | parked | verify."""

from eventcore.main import run

from registry.app import PROGRAM

if __name__ == "__main__":
    run(PROGRAM)
