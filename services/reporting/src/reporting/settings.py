"""What reporting is told by its environment: what every service is told, and nothing more."""

from eventcore.settings import Settings


class ReportingSettings(Settings):
    """The variables of `eventcore.settings.Settings`."""
