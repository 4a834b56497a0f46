"""Limits planted into the four-node example; helpers of the tests of the model beside."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "models"))
