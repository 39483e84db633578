"""A map of the provinces on which each is a tile of one size, laid by hand in the order of geography.

A province of twelve million people and one of three hundred thousand are read, and touched, equally well, and
nothing is drawn that we have no data for, such as coasts.
"""

from __future__ import annotations

import math
from typing import NamedTuple

LEVELS = 5  # of shade; none where there is nothing
_FEW = 10

_TODAY = """
Lai Châu   | Lào Cai   | Tuyên Quang | Cao Bằng        | Lạng Sơn   |
Điện Biên  | Sơn La    | Phú Thọ     | Thái Nguyên     | Bắc Ninh   | Quảng Ninh
           |           | Hà Nội      | Hưng Yên        | Hải Phòng  |
           | Thanh Hóa | Ninh Bình   |                 |            |
           | Nghệ An   |             |                 |            |
           |           | Hà Tĩnh     |                 |            |
           |           | Quảng Trị   |                 |            |
           |           |             | Huế             |            |
           |           |             |                 | Đà Nẵng    |
           |           |             |                 | Quảng Ngãi |
           |           |             |                 | Gia Lai    |
           |           |             |                 | Đắk Lắk    |
           |           |             | Lâm Đồng        | Khánh Hòa  |
           | Tây Ninh  | Đồng Nai    |                 |            |
An Giang   | Đồng Tháp | TP. Hồ Chí Minh |             |            |
           | Cần Thơ   | Vĩnh Long   |                 |            |
Cà Mau     |           |             |                 |            |
"""
_BEFORE = """
           |           | Hà Giang    | Cao Bằng          |            |
Lai Châu   | Lào Cai   | Tuyên Quang | Bắc Kạn           | Lạng Sơn   |
Điện Biên  | Yên Bái   | Phú Thọ     | Thái Nguyên       | Bắc Giang  | Quảng Ninh
Sơn La     |           | Vĩnh Phúc   | Bắc Ninh          | Hải Dương  | Hải Phòng
           | Hòa Bình  | Hà Nội      | Hưng Yên          | Thái Bình  |
           |           | Hà Nam      | Nam Định          |            |
           | Thanh Hóa | Ninh Bình   |                   |            |
           | Nghệ An   |             |                   |            |
           |           | Hà Tĩnh     |                   |            |
           |           | Quảng Bình  |                   |            |
           |           | Quảng Trị   |                   |            |
           |           |             | Thừa Thiên Huế    | Đà Nẵng    |
           |           |             | Quảng Nam         | Quảng Ngãi |
           |           |             | Kon Tum           | Bình Định  |
           |           |             | Gia Lai           | Phú Yên    |
           |           | Đắk Nông    | Đắk Lắk           | Khánh Hòa  |
Tây Ninh   | Bình Phước| Lâm Đồng    | Ninh Thuận        |            |
Long An    | TP. Hồ Chí Minh | Bình Dương | Đồng Nai     | Bình Thuận |
An Giang   | Đồng Tháp | Tiền Giang  | Bà Rịa - Vũng Tàu |            |
Kiên Giang | Cần Thơ   | Vĩnh Long   | Bến Tre           |            |
           | Hậu Giang | Sóc Trăng   | Trà Vinh          |            |
Cà Mau     | Bạc Liêu  |             |                   |            |
"""


class Spot(NamedTuple):
    """Where a tile lies: rows from the north and columns from the west, from 1."""

    name: str
    row: int
    column: int


def spots(*, former: bool) -> list[Spot]:
    """Return the 34 provinces of today or the 63 of before, from north to south and west to east."""
    rows = enumerate((_BEFORE if former else _TODAY).strip("\n").split("\n"), start=1)
    return [
        Spot(name.strip(), row, column)
        for row, line in rows
        for column, name in enumerate(line.split("|"), start=1)
        if name.strip()
    ]


def level(articles: int, most: int) -> int:
    """Return how dark a number is shown beside the greatest: 0 for none, to `LEVELS`, by its square root."""
    if not articles:
        return 0
    # Where all are few, none is dark.
    return 1 + math.floor((LEVELS - 1) * math.sqrt(articles / max(most, _FEW)))
