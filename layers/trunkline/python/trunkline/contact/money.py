"""Money in decimal arithmetic: a bill of many small lines must add up."""

from decimal import ROUND_HALF_UP, Decimal

_SMALLEST = Decimal("0.00000001")


def price_of(quantity: Decimal | int, unit_price: Decimal) -> Decimal:
    """Return what a quantity costs, to the hundred-millionth of the currency unit.

    Parameters
    ----------
    quantity
        In the unit that the price is for.
    unit_price
        Price of one unit.

    Examples
    --------
    >>> price_of(12, Decimal("0.000000625"))
    Decimal('0.00000750')
    """
    return (quantity * unit_price).quantize(_SMALLEST, ROUND_HALF_UP)
