"""How long traces take: 500 recommendations by 100,000 passages in under 120 seconds and 4 GB is the goal.

    python -m tests.bench.trace_bench --recommendations 500 --passages 100000

Texts are recombined from the sample (see recombine): speed is measured, not sense.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

from tests.bench.recombine import passages, recommendations
from tipmine.trace import trace


def main() -> int:
    """Prints seconds and the peak of memory; 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description="Time of traces")
    parser.add_argument("--recommendations", type=int, default=500)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--limit", type=float, default=120.0, help="seconds allowed")
    parser.add_argument("--memory", type=float, default=4.0, help="GB allowed")
    options = parser.parse_args()
    recs, evidence = recommendations(options.recommendations), passages(options.passages)
    start, worked = time.perf_counter(), time.process_time()
    found = trace(recs, evidence)
    seconds = time.perf_counter() - start
    busy = time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    sys.stdout.write(
        f"{len(recs):,} recommendations x {len(evidence):,} passages: {len(found):,} traces in {seconds:.0f} s "
        f"(limit {options.limit:.0f}), {busy:.0f} s of processor, peak {peak:.2f} GB (limit {options.memory:.0f})\n"
    )
    return int(seconds > options.limit or peak > options.memory)


if __name__ == "__main__":
    sys.exit(main())
