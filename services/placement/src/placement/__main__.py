"""python -m placement api | worker | all | migrate | rebuild VIEW | parked | verify."""

from eventcore.main import run

from placement.app import PROGRAM

if __name__ == "__main__":
    run(PROGRAM)
