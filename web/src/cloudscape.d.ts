/** Cloudscape's declarations name the global JSX namespace, which React 19's types no longer provide. */

import type { JSX as ReactJsx } from "react";

declare global {
  namespace JSX {
    type Element = ReactJsx.Element;
    type IntrinsicElements = ReactJsx.IntrinsicElements;
  }
}
