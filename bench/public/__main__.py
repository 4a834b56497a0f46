"""Public facility-location sets: turn a file into tables, or solve the sets and compare.

``python bench/public convert FILE FOLDER`` writes an instance that ``siting solve FOLDER`` reads;
``python bench/public compare`` prints a table of what is published and what is found.
"""

import sys

from public_command import main

sys.exit(main())
