"""The console's legacy export format, read and converted into the Flow language.

Until 2019-10-30 the console exported ``modules`` with ``branches`` and ``parameters``. Files in that format are
still passed around, and nothing but the console's own import reads them.
"""

from contactflow.model.legacy.convert import Conversion, NotConverted, convert_legacy

__all__ = ["Conversion", "NotConverted", "convert_legacy"]
