"""How long themes take: 20,000 utterances in under 300 seconds on two processors is the goal.

    python -m tests.bench.theme_bench --utterances 20000

Utterances are recombined from the sample's turns (see recombine): speed is measured, not sense.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

from tests.bench.recombine import turns
from tipmine.themes import find_themes


def main() -> int:
    """Prints seconds and the peak of memory; 1 where the limit is passed."""
    parser = argparse.ArgumentParser(description="Time of themes")
    parser.add_argument("--utterances", type=int, default=20_000)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds allowed")
    options = parser.parse_args()
    units = turns(options.utterances)
    start, worked = time.perf_counter(), time.process_time()
    found = find_themes(units)
    seconds = time.perf_counter() - start
    busy = time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    sys.stdout.write(
        f"{len(units):,} utterances: {len(found.themes)} themes in {seconds:.0f} s (limit {options.limit:.0f}), "
        f"{busy:.0f} s of processor, "
        f"peak {peak:.2f} GB\n"
    )
    return int(seconds > options.limit)


if __name__ == "__main__":
    sys.exit(main())
