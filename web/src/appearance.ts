/** Light or dark, remembered; the system's preference until somebody chooses. */

import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import { useEffect, useState } from "react";

export type Appearance = "light" | "dark";

const KEY = "trunkline.appearance";

function initialAppearance(): Appearance {
  const stored = localStorage.getItem(KEY);
  if (stored === "light" || stored === "dark") {
    return stored;
  }
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const [appearance, setAppearance] = useState(initialAppearance);
  useEffect(() => {
    applyDensity(Density.Compact);
    applyMode(appearance === "dark" ? Mode.Dark : Mode.Light);
    document.documentElement.style.colorScheme = appearance;
  }, [appearance]);
  const choose = (next: Appearance): void => {
    localStorage.setItem(KEY, next);
    setAppearance(next);
  };
  return [appearance, choose];
}
