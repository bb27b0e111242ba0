/** An audio element as state: position, duration, whether it plays, how fast. */

import { type RefObject, useEffect, useRef, useState } from "react";

export interface Player {
  readonly audio: RefObject<HTMLAudioElement | null>;
  readonly position: number;
  readonly playing: boolean;
  readonly failed: boolean;
  readonly rate: number;
  readonly toggle: () => void;
  readonly seek: (seconds: number, play?: boolean) => void;
  readonly setRate: (rate: number) => void;
}

export function usePlayer(): Player {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [position, setPosition] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [rate, setRate] = useState(1);

  useEffect(() => {
    const element = audio.current;
    if (element === null) {
      return undefined;
    }
    const listeners = {
      timeupdate: () => setPosition(element.currentTime),
      seeking: () => setPosition(element.currentTime),
      play: () => setPlaying(true),
      pause: () => setPlaying(false),
      ended: () => setPlaying(false),
      loadedmetadata: () => setFailed(false),
      error: () => setFailed(true),
    };
    for (const [event, listener] of Object.entries(listeners)) {
      element.addEventListener(event, listener);
    }
    return () => {
      for (const [event, listener] of Object.entries(listeners)) {
        element.removeEventListener(event, listener);
      }
    };
  }, []);

  const play = (): void => {
    audio.current?.play().catch(() => setPlaying(false));
  };
  return {
    audio,
    position,
    playing,
    failed,
    rate,
    toggle: () => (playing ? audio.current?.pause() : play()),
    seek: (seconds, start = false) => {
      if (audio.current !== null) {
        audio.current.currentTime = seconds;
        setPosition(seconds);
        if (start) {
          play();
        }
      }
    },
    setRate: (next) => {
      if (audio.current !== null) {
        audio.current.playbackRate = next;
      }
      setRate(next);
    },
  };
}
