"""Personal data, shown to those who need it only."""


def mask_phone(number: str) -> str:
    """Hide all of a telephone number but its last four digits.

    Examples
    --------
    >>> mask_phone("+15555550101")
    '***0101'
    >>> mask_phone("101")
    '***'
    """
    return "***" + (number[-4:] if len(number) > 7 else "")
