"""One conditional update of a DynamoDB item, put together attribute by attribute."""

from __future__ import annotations

from typing import Any

from trunkline.runtime.items import to_item


class Update:
    """Collects what an update sets, adds and expects to find.

    Examples
    --------
    >>> update = Update()
    >>> update.move("mark", "seen.1", None, "42")
    >>> update.add("offered", "offered", 3)
    >>> update.request()["UpdateExpression"], update.request()["ConditionExpression"]
    ('SET #mark = :mark ADD #offered :offered', 'attribute_not_exists(#mark)')

    Notes
    -----
    **Source**: Amazon DynamoDB developer guide, "Update expressions" and "Condition expressions".
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, Any] = {}
        self._clauses: dict[str, list[str]] = {"SET": [], "REMOVE": [], "ADD": []}
        self._conditions: list[str] = []

    def set(self, label: str, name: str, value: Any) -> None:
        """Set an attribute; ``label`` stands for it in the expression."""
        self._value(label, name, value)
        self._clauses["SET"].append(f"#{label} = :{label}")

    def add(self, label: str, name: str, amount: int) -> None:
        """Add to a number, which is 0 where it is absent."""
        self._value(label, name, amount)
        self._clauses["ADD"].append(f"#{label} :{label}")

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

    def change(self, label: str, name: str, before: Any, after: Any) -> None:
        """Set an attribute that must be as it was read, where nothing (0, empty) is the same as absent."""
        self._names[f"#{label}"] = name
        self._values[f":{label}_before"] = before
        known = f"#{label} = :{label}_before"
        self._conditions.append(known if before else f"(attribute_not_exists(#{label}) OR {known})")
        if after:
            self.set(label, name, after)
        else:
            self._clauses["REMOVE"].append(f"#{label}")

    def request(self) -> dict[str, Any]:
        """Return the parameters of ``UpdateItem`` that say all this."""
        clauses = [f"{verb} {', '.join(parts)}" for verb, parts in self._clauses.items() if parts]
        return {
            "UpdateExpression": " ".join(clauses),
            "ConditionExpression": " AND ".join(self._conditions),
            "ExpressionAttributeNames": self._names,
            "ExpressionAttributeValues": to_item(self._values),
        }

    def _value(self, label: str, name: str, value: Any) -> None:
        self._names[f"#{label}"] = name
        self._values[f":{label}"] = value
