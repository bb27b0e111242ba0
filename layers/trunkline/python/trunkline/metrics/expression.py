"""One conditional update of a DynamoDB item, put together attribute by attribute."""

from __future__ import annotations

from typing import Any

from trunkline.runtime.items import to_item


class Update:
    """Collects what an update sets, takes away and expects to find.

    Examples
    --------
    >>> update = Update()
    >>> update.move("marks", "marks", None, "42")
    >>> update.move("tally", "tally", "31", None)
    >>> update.request()["UpdateExpression"], update.request()["ConditionExpression"]
    ('SET #marks = :marks REMOVE #tally', 'attribute_not_exists(#marks) AND #tally = :tally_before')

    Notes
    -----
    **Source**: Amazon DynamoDB developer guide, "Update expressions" and "Condition expressions".
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, Any] = {}
        self._clauses: dict[str, list[str]] = {"SET": [], "REMOVE": []}
        self._conditions: list[str] = []

    def set(self, label: str, name: str, value: Any) -> None:
        """Set an attribute; ``label`` stands for it in the expression."""
        self._names[f"#{label}"] = name
        self._values[f":{label}"] = value
        self._clauses["SET"].append(f"#{label} = :{label}")

    def move(self, label: str, name: str, before: Any, after: Any) -> None:
        """Set an attribute that must be as it was read; ``None`` is absent, before and after."""
        self._names[f"#{label}"] = name
        if before is None:
            self._conditions.append(f"attribute_not_exists(#{label})")
        else:
            self._values[f":{label}_before"] = before
            self._conditions.append(f"#{label} = :{label}_before")
        if after is None:
            self._clauses["REMOVE"].append(f"#{label}")
        else:
            self.set(label, name, after)

    def request(self) -> dict[str, Any]:
        """Return the parameters of ``UpdateItem`` that say all this."""
        clauses = [f"{verb} {', '.join(parts)}" for verb, parts in self._clauses.items() if parts]
        return {
            "UpdateExpression": " ".join(clauses),
            "ConditionExpression": " AND ".join(self._conditions),
            "ExpressionAttributeNames": self._names,
            "ExpressionAttributeValues": to_item(self._values),
        }
