"""Whole numbers in few bytes, where neighbours are about as large: a counter item must stay under 1 KB.

Each number is written as an exponential Golomb code, whose order follows the lengths of the numbers before it:
one that is about as long as its neighbours takes two bits more than its digits, and a zero among zeros one bit.

**Source**: ITU-T recommendation H.264, section 9.1 (Exp-Golomb codes); M. J. Weinberger, G. Seroussi, G. Sapiro,
"The LOCO-I lossless image compression algorithm", IEEE Transactions on Image Processing 9 (2000), section III
(adaptation to what came before).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Write numbers, negative ones too.

    Examples
    --------
    >>> packed = pack_numbers([31125, 27162, 3963, 0, 0, 0, -1])
    >>> len(packed), list(unpack_numbers(packed))
    (12, [31125, 27162, 3963, 0, 0, 0, -1])
    """
    bits, order = [], 0
    for number in numbers:
        folded = _fold_sign(number)
        written = folded + (1 << order)
        bits.append("0" * (written.bit_length() - 1 - order) + f"{written:b}")
        order = _next_order(order, folded)
    text = "".join(bits)
    length = -(-len(text) // 8)
    return int(text.ljust(8 * length, "0") or "0", 2).to_bytes(length, "big")


def unpack_numbers(data: bytes) -> Iterator[int]:
    """Yield what ``pack_numbers`` wrote.

    Raises
    ------
    ValueError
        If it ends within a number.
    """
    bits = f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}" if data else ""
    place, order = 0, 0
    while (first := bits.find("1", place)) >= 0:  # what fills the last byte has none
        end = first + 1 + first - place + order
        if end > len(bits):
            raise ValueError("packed numbers end within a number")
        folded = int(bits[first:end], 2) - (1 << order)
        yield _unfold_sign(folded)
        place, order = end, _next_order(order, folded)


def _next_order(order: int, folded: int) -> int:
    return (order + folded.bit_length()) // 2


def _fold_sign(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _unfold_sign(folded: int) -> int:
    return -(folded + 1) // 2 if folded % 2 else folded // 2
