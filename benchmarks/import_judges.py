"""What any process pays that uses all four judges; a file, since `python -c` is a special case for some of them."""

import frictionless  # noqa: F401 (the imports are all there is to it)
import great_expectations  # noqa: F401
import pandas  # noqa: F401
import pandera.pandas  # noqa: F401
