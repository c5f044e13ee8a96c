"""What placement is told by its environment: what every service is."""

from eventcore.settings import Settings


class PlacementSettings(Settings):
    """Nothing beside."""
