"""What reporting is told by its environment: what every service is told, and nothing more."""

from eventcore.settings import KEY_BYTES, Refused, Settings

REPORT_KEYS = "report_keys"


class ReportingSettings(Settings):
    """The variables of `eventcore.settings.Settings`."""

    def report_keys(self) -> tuple[bytes, ...]:
        """The private keys that reports are signed with, from the file `report_keys` of LB_SECRETS_DIR: a line of hex
        each, the newest last. A line stays as long as what it signed shall be verified. Refused."""
        if self.secrets_dir is None:
            raise Refused(f"LB_SECRETS_DIR is not set: it holds the file {REPORT_KEYS}")
        try:
            keys = [bytes.fromhex(line) for line in (self.secrets_dir / REPORT_KEYS).read_text("ascii").split()]
        except (OSError, ValueError) as error:
            raise Refused(f"the secret {REPORT_KEYS} in LB_SECRETS_DIR cannot be read as lines of hex") from error
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise Refused(f"the secret {REPORT_KEYS} in LB_SECRETS_DIR must have lines of {KEY_BYTES} bytes")
        return tuple(keys)
