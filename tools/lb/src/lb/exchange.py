"""The exchange of the provinces on one machine: a Kafka with TLS on both sides, and the directory of their keys, in a
run folder that belongs to none of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from lb.local.exchange import ExchangeServer
from lb.paths import Project
from lb.topology import KAFKA_CONTROLLER_PORT, KAFKA_PORT, SERVICES, Ports

FOLDER = "exchange"
"""Name of its folder, beside those of the provinces."""
_PROVINCES = "provinces"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Where it lies, where it listens, and who exchanges."""

    region: ClassVar[str] = FOLDER
    """Whose its run folder is."""
    viewer: ClassVar[bool] = False
    project: Project
    run: Path
    ports: Ports
    provinces: tuple[str, ...]

    @property
    def logs(self) -> Path:
        return self.run / "log"

    @property
    def shared(self) -> Path:
        """What every province may see: nothing in it is secret."""
        return self.run / "shared"

    @property
    def directory(self) -> Path:
        """The public keys of all provinces."""
        return self.shared / "directory.json"

    def exists(self) -> bool:
        """Whether `lb up` ever used this run folder."""
        return self.run.exists()

    def listening(self) -> dict[str, int]:
        """What it is → its port."""
        return {
            "the exchange": self.ports[KAFKA_PORT],
            "the exchange's controller": self.ports[KAFKA_CONTROLLER_PORT],
        }

    def server(self) -> ExchangeServer:
        return ExchangeServer(
            self.project, self.run / "kafka", port=self.ports[KAFKA_PORT],
            controller_port=self.ports[KAFKA_CONTROLLER_PORT], log=self.logs / "exchange.log", provinces=self.provinces,
            services=[service.name for service in SERVICES if service.exchange],
        )  # fmt: skip

    def others(self, region: str) -> tuple[str, ...]:
        """With whom a province exchanges."""
        return tuple(each for each in self.provinces if each != region)

    def note(self) -> None:
        """So that the provinces find each other again."""
        self.run.mkdir(parents=True, exist_ok=True)
        (self.run / _PROVINCES).write_text(" ".join(self.provinces) + "\n")


def noted_provinces(runs: Path) -> tuple[str, ...]:
    """Those that exchange in this folder of run folders; none where there is no exchange."""
    file = runs / FOLDER / _PROVINCES
    return tuple(file.read_text().split()) if file.exists() else ()
