"""Read models of disclosures and of whom they are about, one file each."""
