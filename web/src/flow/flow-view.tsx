/** One flow's picture with a way marked on it: scrolled, dragged, zoomed, and walked step by step. */

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { FlowDrawing } from "../api/types";
import { useMessages } from "../i18n/language";
import { type Marked, markPath, readDrawing } from "./drawing";
import { useDarkMode } from "./use-dark-mode";
import { usePanning } from "./use-panning";

const ZOOMS = [0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.6, 2] as const;
const FIRST_ZOOM = 0.7;
const NOTHING: Marked = { cards: [], missing: 0 };

interface Props {
  readonly drawing: FlowDrawing;
  readonly actions: readonly string[];
}

export function FlowView({ drawing, actions }: Props) {
  const text = useMessages().flow;
  const dark = useDarkMode();
  const panning = usePanning();
  const region = useRef<HTMLElement>(null);
  const picture = useRef<SVGSVGElement | null>(null);
  const [marked, setMarked] = useState(NOTHING);
  const [zoom, setZoom] = useState(FIRST_ZOOM);
  const [step, setStep] = useState(0);
  const way = JSON.stringify(actions);

  useEffect(() => {
    const read = readDrawing(drawing.svg);
    picture.current = read;
    region.current?.replaceChildren(...(read === null ? [] : [read]));
    read?.setAttribute("role", "group");
    setMarked(read === null ? NOTHING : markPath(read, JSON.parse(way) as string[], text.step));
  }, [drawing.svg, way, text]);

  useEffect(() => {
    const shown = picture.current;
    if (shown !== null) {
      const { width, height } = shown.viewBox.baseVal;
      shown.setAttribute("width", (width * zoom).toString());
      shown.setAttribute("height", (height * zoom).toString());
      shown.setAttribute("data-theme", dark ? "dark" : "light");
    }
  }, [marked, zoom, dark]);

  const last = marked.cards.length - 1;
  useEffect(() => {
    for (const card of marked.cards) {
      card?.classList.remove("tl-flow-current");
    }
    const card = marked.cards[Math.min(step, last)] ?? null;
    card?.classList.add("tl-flow-current");
    if (card !== null && region.current !== null) {
      center(region.current, card);
    }
  }, [marked, step, last, zoom]);

  const go = (next: number): void => setStep(Math.max(0, Math.min(last, next)));
  const fit = (): void => {
    const width = picture.current?.viewBox.baseVal.width ?? 0;
    if (region.current !== null && width > 0) {
      setZoom(Math.min(1, (region.current.clientWidth - 2) / width));
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, () => void>> = {
      n: () => go(step + 1),
      p: () => go(step - 1),
      "+": () => setZoom(zoomed(zoom, 1)),
      "-": () => setZoom(zoomed(zoom, -1)),
      "0": fit,
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      move();
    }
  };
  const current = marked.cards[Math.min(step, last)];
  return (
    <SpaceBetween size="xs">
      <div className="tl-flow-controls">
        <Button iconName="angle-left" ariaLabel={text.previousStep} disabled={step <= 0} onClick={() => go(step - 1)} />
        <Button iconName="angle-right" ariaLabel={text.nextStep} disabled={step >= last} onClick={() => go(step + 1)} />
        <span data-testid="flow-step" aria-live="polite">
          {text.stepOf(Math.min(step, last) + 1, last + 1)}
          {current ? <span className="tl-quiet"> {current.dataset["action"]}</span> : null}
        </span>
        <span className="tl-flow-zoom">
          <Button iconName="zoom-out" ariaLabel={text.zoomOut} disabled={zoom <= ZOOMS[0]} onClick={() => setZoom(zoomed(zoom, -1))} />
          <Button iconName="zoom-in" ariaLabel={text.zoomIn} disabled={zoom >= 2} onClick={() => setZoom(zoomed(zoom, 1))} />
          <Button iconName="zoom-to-fit" ariaLabel={text.fit} onClick={fit} />
        </span>
      </div>
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a scrolling region is reached by keyboard, and its keys walk the way */}
      <section
        ref={region}
        className="tl-flow-region"
        data-testid="flow-region"
        tabIndex={0}
        aria-label={text.region(drawing.name)}
        onKeyDown={onKeyDown}
        {...panning}
      />
      {/* oxlint-enable */}
      <Box color="text-body-secondary" fontSize="body-s">
        {text.keys}
        {marked.missing === 0 ? null : ` ${text.missing(marked.missing)}`}
      </Box>
    </SpaceBetween>
  );
}

function zoomed(zoom: number, direction: 1 | -1): number {
  const candidates = direction === 1 ? ZOOMS.filter((each) => each > zoom) : ZOOMS.filter((each) => each < zoom);
  return candidates.at(direction === 1 ? 0 : -1) ?? zoom;
}

/** Scroll a region so that a card is in its middle; the page itself stays where it is. */
function center(region: HTMLElement, card: Element): void {
  const outer = region.getBoundingClientRect();
  const inner = card.getBoundingClientRect();
  region.scrollTo({
    left: region.scrollLeft + inner.left - outer.left - (outer.width - inner.width) / 2,
    top: region.scrollTop + inner.top - outer.top - (outer.height - inner.height) / 2,
  });
}
