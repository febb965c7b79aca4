"""The natural logarithm as JavaScript engines compute it, to the last bit.

A port of `e_log.c` of fdlibm 5.3 (Copyright (C) 1993 by Sun Microsystems, Inc.; freely granted provided that
this notice is preserved), which V8 and SpiderMonkey use. Other libraries round a few values differently, and
a weight that is rounded to three decimals could then differ from that of lunr.js.
"""

from __future__ import annotations

import struct

_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_ODD = (
    6.666666666666735130e-01,
    2.857142874366239149e-01,
    1.818357216161805012e-01,
    1.479819860511658591e-01,
)
_EVEN = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)


def log(x: float) -> float:
    """The natural logarithm of a number from 1.

    >>> log(1.0), log(2.0)
    (0.0, 0.6931471805599453)
    """
    bits = struct.unpack("<Q", struct.pack("<d", x))[0]
    high, low = bits >> 32, bits & 0xFFFFFFFF
    exponent = (high >> 20) - 1023
    high &= 0xFFFFF
    step = (high + 0x95F64) & 0x100000
    exponent += step >> 20
    high_of_fraction = high | (step ^ 0x3FF00000)
    f: float = struct.unpack("<d", struct.pack("<Q", high_of_fraction << 32 | low))[0] - 1.0
    k = float(exponent)
    if (0xFFFFF & (2 + high)) < 3:
        return _near_power_of_two(f, k)
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (_EVEN[0] + w * (_EVEN[1] + w * _EVEN[2]))
    odd = z * (_ODD[0] + w * (_ODD[1] + w * (_ODD[2] + w * _ODD[3])))
    r = odd + even
    # In the source one test of a sign: whether the fraction lies between about 1.38 and 1.42.
    if (high - 0x6147A) | (0x6B851 - high) > 0:
        half = 0.5 * f * f
        if not exponent:
            return f - (half - s * (half + r))
        return k * _LN2_HIGH - ((half - (s * (half + r) + k * _LN2_LOW)) - f)
    if not exponent:
        return f - s * (f - r)
    return k * _LN2_HIGH - ((s * (f - r) - k * _LN2_LOW) - f)


def _near_power_of_two(f: float, k: float) -> float:
    if f == 0.0:
        return k * _LN2_HIGH + k * _LN2_LOW
    r = f * f * (0.5 - 0.33333333333333333 * f)
    if k == 0.0:
        return f - r
    return k * _LN2_HIGH - ((r - k * _LN2_LOW) - f)
