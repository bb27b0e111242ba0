/** Whether the page is dark now: the shell says so on the body. */

import { useSyncExternalStore } from "react";

const DARK = "awsui-dark-mode";

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}

export function useDarkMode(): boolean {
  return useSyncExternalStore(subscribe, () => document.body.classList.contains(DARK));
}
