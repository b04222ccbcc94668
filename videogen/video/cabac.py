"""The CABAC bits of a slice in which every macroblock is skipped (ITU-T H.264, clause 9.3).

Only two syntax elements occur: `mb_skip_flag` (one context, whose neighbours are always skipped) and
`end_of_slice_flag` (coded without a context), so that this is all of the arithmetic coder that is needed.
"""

from __future__ import annotations

from functools import lru_cache

# rangeTabLPS, table 9-44: four widths for each probability state
_WIDTHS = """
    128 176 208 240, 128 167 197 227, 128 158 187 216, 123 150 178 205, 116 142 169 195, 111 135 160 185,
    105 128 152 175, 100 122 144 166, 95 116 137 158, 90 110 130 150, 85 104 123 142, 81 99 117 135,
    77 94 111 128, 73 89 105 122, 69 85 100 116, 66 80 95 110, 62 76 90 104, 59 72 86 99, 56 69 81 94,
    53 65 77 89, 51 62 73 85, 48 59 69 80, 46 56 66 76, 43 53 63 72, 41 50 59 69, 39 48 56 65, 37 45 54 62,
    35 43 51 59, 33 41 48 56, 32 39 46 53, 30 37 43 50, 29 35 41 48, 27 33 39 45, 26 31 37 43, 24 30 35 41,
    23 28 33 39, 22 27 32 37, 21 26 30 35, 20 24 29 33, 19 23 27 31, 18 22 26 30, 17 21 25 28, 16 20 23 27,
    15 19 22 25, 14 18 21 24, 14 17 20 23, 13 16 19 22, 12 15 18 21, 12 14 17 20, 11 14 16 19, 11 13 15 18,
    10 12 15 17, 10 12 14 16, 9 11 13 15, 9 11 12 14, 8 10 12 14, 8 9 11 13, 7 9 11 12, 7 9 10 12, 7 8 10 11,
    6 8 9 11, 6 7 9 10, 6 7 8 9, 2 2 2 2"""
_RANGE_LPS = tuple(tuple(int(width) for width in row.split()) for row in _WIDTHS.split(","))

# transIdxLPS, table 9-45: the state after a least probable symbol
_STATES = """
    0 0 1 2 2 4 4 5 6 7 8 9 9 11 11 12 13 13 15 15 16 16 18 18 19 19 21 21 22 22 23 24 24 25 26 26 27 27 28 29
    29 30 30 30 31 32 32 33 33 33 34 34 35 35 35 36 36 36 37 37 37 38 38 63"""
_NEXT_LPS = tuple(int(state) for state in _STATES.split())

# m and n of ctxIdx 11 (mb_skip_flag of P slices) with cabac_init_idc 0, table 9-13
_SKIP_M, _SKIP_N = 23, 33


@lru_cache(maxsize=16)
def skipped_slice(macroblocks: int, qp: int) -> tuple[int, int]:
    """Slice data of `macroblocks` skipped macroblocks at luma quantiser `qp`, cabac_init_idc 0: (bits, length).

    The last bit is the `rbsp_stop_one_bit`, as clause 9.3.4.5 writes it when it flushes the coder.
    """
    start = max(1, min(126, ((_SKIP_M * qp) >> 4) + _SKIP_N))
    likely, state = (1, start - 64) if start >= 64 else (0, 63 - start)
    # an unbounded `low` takes carries by itself: the standard's outstanding bits are not needed
    low, width, shifts = 0, 510, 0
    for index in range(macroblocks):
        unlikely = _RANGE_LPS[state][(width >> 6) & 3]
        width -= unlikely
        if likely:
            state = min(state + 1, 62)
        else:
            low += width
            width = unlikely
            if state == 0:
                likely = 1
            state = _NEXT_LPS[state]
        if width < 256:
            by = 9 - width.bit_length()
            low, width, shifts = low << by, width << by, shifts + by
        width -= 2
        if index == macroblocks - 1:
            low, shifts = (low + width) << 7, shifts + 7
        elif width < 256:
            low, width, shifts = low << 1, width << 1, shifts + 1
    # of the ten bits left in the register three are written; the very first bit of all is never written
    return low >> 7 | 1, shifts + 2
