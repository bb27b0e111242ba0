/** The address bar as state: paths and query parameters, by the History API. */

import { useSyncExternalStore } from "react";

const CHANGED = "trunkline:navigated";

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(CHANGED, listener);
  };
}

export function navigate(href: string, { replace = false } = {}): void {
  const pathChanged = new URL(href, window.location.href).pathname !== window.location.pathname;
  window.history[replace ? "replaceState" : "pushState"](null, "", href);
  window.dispatchEvent(new Event(CHANGED));
  if (pathChanged) {
    window.scrollTo(0, 0);
  }
}

/** Event handler of Cloudscape links: stay in the page unless the reader wants a new tab. */
export function followInPage(event: CustomEvent<{ href?: string; external?: boolean }>): void {
  const { href, external } = event.detail;
  if (href === undefined || external === true) {
    return;
  }
  event.preventDefault();
  navigate(href);
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** The query as it stands in the address, without its question mark. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => window.location.search.slice(1));
}

export function useQueryParameter(name: string): [string | null, (value: string | null) => void] {
  const value = useSyncExternalStore(subscribe, () => new URLSearchParams(window.location.search).get(name));
  const change = (next: string | null): void => {
    const parameters = new URLSearchParams(window.location.search);
    if (next === null || next === "") {
      parameters.delete(name);
    } else {
      parameters.set(name, next);
    }
    const query = parameters.toString();
    navigate(window.location.pathname + (query === "" ? "" : `?${query}`), { replace: true });
  };
  return [value, change];
}

export type Route =
  | { readonly page: "live" }
  | { readonly page: "contacts" }
  | { readonly page: "contact"; readonly contactId: string }
  | { readonly page: "figures" | "explain" | "reports" | "scorecards" }
  | { readonly page: "not_found" };

export function matchRoute(pathname: string): Route {
  const [first = "live", second, ...rest] = pathname.split("/").filter((part) => part !== "");
  if (rest.length > 0 || (second !== undefined && first !== "contacts")) {
    return { page: "not_found" };
  }
  switch (first) {
    case "live":
      return { page: "live" };
    case "contacts":
      return second === undefined
        ? { page: "contacts" }
        : { page: "contact", contactId: decodeURIComponent(second) };
    case "figures":
    case "explain":
    case "reports":
    case "scorecards":
      return { page: first };
    default:
      return { page: "not_found" };
  }
}

export function contactHref(contactId: string): string {
  return `/contacts/${encodeURIComponent(contactId)}`;
}
