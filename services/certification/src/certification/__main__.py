"""python -m certification api | worker | all | migrate | rebuild VIEW | parked | verify."""

from eventcore.main import run

from certification.app import PROGRAM

if __name__ == "__main__":
    run(PROGRAM)
