/** The picture of a flow as a part of the page: only drawing, no programs, and a contact's way marked on it. */

import { pairsOf, stepsByAction } from "./visits";

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "title", "desc", "style", "defs", "pattern", "g", "path", "rect", "text"]);
const BADGE_MOST = 9;
const BADGE_HEIGHT = 14;

/** Read a picture; null where it is not one. Elements that do not draw, references and handlers are left out. */
export function readDrawing(text: string): SVGSVGElement | null {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.namespaceURI !== SVG || root.localName !== "svg") {
    return null;
  }
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (element.namespaceURI !== SVG || !DRAWN.has(element.localName)) {
      element.remove();
      continue;
    }
    for (const name of element.getAttributeNames()) {
      if (name.startsWith("on") || name === "href" || name.endsWith(":href")) {
        element.removeAttribute(name);
      }
    }
  }
  return document.importNode(root, true) as unknown as SVGSVGElement;
}

export interface Marked {
  /** The card of each step; null for a step that the picture does not have. */
  readonly cards: readonly (SVGGElement | null)[];
  readonly missing: number;
}

/** Mark the actions that ran, number them, and mark the lines between them. */
export function markPath(drawing: SVGSVGElement, actions: readonly string[], label: (step: string) => string): Marked {
  const cards = new Map<string, SVGGElement>();
  for (const card of drawing.querySelectorAll<SVGGElement>("[data-action]")) {
    cards.set(card.dataset["action"] ?? "", card);
  }
  for (const [action, steps] of stepsByAction(actions)) {
    const card = cards.get(action);
    if (card !== undefined) {
      card.classList.add("cf-visited");
      card.append(badge(card, steps));
      card.setAttribute("role", "img");
      card.setAttribute("aria-label", `${label(steps.join(", "))}: ${wordsOf(card)}`);
      card.setAttribute("tabindex", "-1");
    }
  }
  const lines = new Map<string, Element>();
  for (const edge of drawing.querySelectorAll<SVGGElement>("[data-from]")) {
    const line = edge.closest(".cf-line");
    if (line !== null) {
      lines.set(JSON.stringify([edge.dataset["from"], edge.dataset["to"]]), line);
    }
  }
  for (const pair of pairsOf(actions)) {
    lines.get(JSON.stringify(pair))?.classList.add("cf-taken");
  }
  const found = actions.map((action) => cards.get(action) ?? null);
  return { cards: found, missing: found.filter((card) => card === null).length };
}

function wordsOf(card: Element): string {
  return [...card.querySelectorAll(":scope > text")].map((text) => text.textContent).join(" ");
}

function badge(card: SVGGElement, steps: readonly number[]): SVGGElement {
  const all = steps.join(",");
  const text = all.length > BADGE_MOST ? `${all.slice(0, BADGE_MOST - 1)}…` : all;
  const width = Math.max(16, text.length * 5.6 + 9);
  const left = Number(card.dataset["right"]) - width - 6;
  const top = Number(card.dataset["top"]);
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", "cf-step");
  const rect = document.createElementNS(SVG, "rect");
  const place = { x: left, y: top + 6, width, height: BADGE_HEIGHT, rx: BADGE_HEIGHT / 2 };
  for (const [name, value] of Object.entries(place)) {
    rect.setAttribute(name, value.toString());
  }
  const words = document.createElementNS(SVG, "text");
  const style = { x: left + width / 2, y: top + 16.6, "font-size": 10, "font-weight": "bold", "text-anchor": "middle" };
  for (const [name, value] of Object.entries(style)) {
    words.setAttribute(name, value.toString());
  }
  words.textContent = text;
  group.append(rect, words);
  return group;
}
