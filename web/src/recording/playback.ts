/** Where a recording is, in terms of its transcript. */

import type { Segment } from "../api/types";
import type { Messages } from "../i18n/en";

/** Who speaks, in the reader's words. */
export function voiceNames({ contact }: Messages): Readonly<Record<Segment["speaker"], string>> {
  return { customer: contact.customerVoice, agent: contact.agentVoice, unknown: contact.unknownVoice };
}

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
