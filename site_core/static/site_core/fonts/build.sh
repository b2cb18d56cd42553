#!/bin/sh
# Rebuild the two font files from Debian's fonts-noto-core: sh site_core/static/site_core/fonts/build.sh
# Latin letters of Europe, the 35 Sámi letters and marks, and the punctuation the portal writes.
set -eu
cd "$(dirname "$0")"
subset="${PYFTSUBSET:-../../../../.venv/bin/pyftsubset}"
from="${NOTO:-/usr/share/fonts/truetype/noto}"
letters="U+0020-007E,U+00A0-00FF,U+0100-0101,U+0104-0107,U+010C-010D,U+0110-0113,U+0116-0119,U+0141-0144,U+014A-014B,U+0150-0153,U+015A-015B,U+0160-0161,U+0166-0167,U+016A-016B,U+0179-017E,U+01B7,U+01E4-01E9,U+01EE-01EF,U+0292"
marks="U+02B9,U+02BC"
punctuation="U+2009,U+2010-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+2032,U+2039,U+203A,U+20AC,U+2212,U+2260,U+2264,U+2265"
for weight in Regular:400 Bold:700; do
    "$subset" "$from/NotoSans-${weight%:*}.ttf" \
        --unicodes="$letters,$marks,$punctuation" \
        --layout-features=ccmp,kern,locl \
        --flavor=woff2 --no-hinting \
        --output-file="noto-sans-${weight#*:}.woff2"
done
