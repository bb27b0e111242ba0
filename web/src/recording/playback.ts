/** Where a recording is, in terms of its transcript. */

import type { Segment } from "../api/types";

/** Index of the segment heard at a position; between two, the one just heard; -1 before the first. */
export function segmentAt(segments: readonly Segment[], seconds: number): number {
  let found = -1;
  for (const [index, segment] of segments.entries()) {
    if (segment.start_seconds <= seconds) {
      found = index;
    }
  }
  return found;
}
