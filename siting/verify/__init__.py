"""Check what a run claims, with code that shares nothing with the one that found it.

The instance is read anew and its whole model built as sparse arrays, for every arc, from what
``models/README.md`` says (``law.py``). The plan's tables are held against every law (``plan.py``),
its cost is summed anew, the multipliers of the certificate are priced over every arc, each site
planning for itself in whole lines (``bound.py``, ``whole/``), and all of it is compared with what
``plan.json`` says (``claim.py``).
"""

from siting.verify.claim import Verdict, verify
from siting.verify.plan import Broken

__all__ = ["Broken", "Verdict", "verify"]
