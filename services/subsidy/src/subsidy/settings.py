"""What subsidy is told by its environment beside what every service is."""

from pathlib import Path
from typing import Annotated, Literal

from eventcore.settings import Refused, Settings
from pydantic import Field


class SubsidySettings(Settings):
    """Without a folder of the bank nothing is paid; the file `registry_token` in LB_SECRETS_DIR is read each time."""

    registry_url: str = ""
    """Where payees' accounts are asked for."""
    bank_folder: Path | None = None
    """Holds `to-bank/` and `from-bank/`."""
    bank_format: Literal["txt", "json"] = "txt"
    bank_answer_seconds: Annotated[float, Field(gt=0)] = 4 * 3_600
    """An order without an answer for so long is asked for."""
    bank_ask_seconds: Annotated[float, Field(gt=0)] = 1_800
    """And asked for again after so long."""

    bank_keep_days: Annotated[int, Field(ge=30, le=3_650)] = 90
    """Files that were taken or refused are destroyed after so many days: they hold names and accounts. Longer than a
    backup of the log is ever restored from."""

    def check(self) -> None:
        """Also refused: a folder of the bank without a registry that knows the accounts."""
        super().check()
        if self.bank_folder and not self.registry_url:
            raise Refused("LB_BANK_FOLDER is set, and LB_REGISTRY_URL is not: nobody's account would be known")
