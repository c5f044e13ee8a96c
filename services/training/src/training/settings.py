"""What training is told by its environment beside what every service is."""

from eventcore.settings import Settings


class TrainingSettings(Settings):
    """The variables of `eventcore.settings.Settings`."""
