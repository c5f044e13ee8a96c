"""What the services publish of themselves is what they do: schemathesis asks every route what its document allows and
what it forbids."""

from collections import Counter
from typing import Any, Final

import pytest
import requests
import schemathesis
from schemathesis.config import GenerationConfig, PhasesConfig, ProjectConfig, ProjectsConfig

EXAMPLES: Final = 50
SEED: Final = 20_261_124
