/** A link within the console. */

import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { followInPage } from "../router";

interface PageLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

export function PageLink({ href, children }: PageLinkProps) {
  return (
    <Link href={href} onFollow={followInPage}>
      {children}
    </Link>
  );
}
