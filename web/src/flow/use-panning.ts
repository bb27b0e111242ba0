/** Drag a scrolling region about with the mouse; touch, wheel and keys scroll it anyway. */

import { type PointerEvent, useRef } from "react";

interface Grip {
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
}

export interface Panning {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

export function usePanning(): Panning {
  const grip = useRef<Grip | null>(null);
  const release = (): void => {
    grip.current = null;
  };
  return {
    onPointerDown: (event) => {
      if (event.pointerType === "mouse" && event.button === 0) {
        const { scrollLeft, scrollTop } = event.currentTarget;
        grip.current = { x: event.clientX, y: event.clientY, left: scrollLeft, top: scrollTop };
        event.currentTarget.setPointerCapture(event.pointerId);
      }
    },
    onPointerMove: (event) => {
      if (grip.current !== null) {
        const { x, y, left, top } = grip.current;
        event.currentTarget.scrollTo(left + x - event.clientX, top + y - event.clientY);
      }
    },
    onPointerUp: release,
    onPointerCancel: release,
  };
}
