"""Results as JUnit XML, which continuous integration reads.

**Source**: the schema that Jenkins' xUnit plugin publishes (``junit-10.xsd``): a ``testsuites`` of ``testsuite`` of
``testcase``, a failed one with a ``failure``, one that could not be run with an ``error``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class JUnitCase:
    """One line of a report.

    ``problem`` is None for a case that passed; ``ran`` is False for one that could not be run.
    """

    name: str
    file: str
    seconds: float
    problem: str | None = None
    details: str = ""
    ran: bool = True


def write_junit(cases: Sequence[JUnitCase], *, name: str) -> str:
    """Return the report as XML text; ``name`` is what the suite is called."""
    failures = sum(1 for case in cases if case.problem is not None and case.ran)
    counts = {
        "name": name,
        "tests": str(len(cases)),
        "failures": str(failures),
        "errors": str(sum(1 for case in cases if not case.ran)),
        "time": f"{sum(case.seconds for case in cases):.6f}",
    }
    root = Element("testsuites", counts)
    suite = SubElement(root, "testsuite", {**counts, "skipped": "0"})
    for case in cases:
        classname = re.sub(r"\.json$", "", case.file).replace("/", ".")
        attributes = {"name": _clean(case.name), "classname": _clean(classname), "time": f"{case.seconds:.6f}"}
        element = SubElement(suite, "testcase", attributes)
        if case.problem is not None:
            kind = "failure" if case.ran else "error"
            SubElement(element, kind, {"message": _clean(case.problem), "type": kind}).text = _clean(case.details)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
