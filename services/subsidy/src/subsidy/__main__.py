"""python -m subsidy api | worker | all | migrate | rebuild VIEW | parked | verify."""

from eventcore.main import run

from subsidy.app import PROGRAM

if __name__ == "__main__":
    run(PROGRAM)
