"""python -m training api | worker | all | migrate | rebuild VIEW | parked | verify."""

from eventcore.main import run

from training.app import PROGRAM

if __name__ == "__main__":
    run(PROGRAM)
