/** The page of a route. */

import { Problem } from "../components/problem";
import type { Route } from "../router";
import { ContactPage } from "./contact";
import { ContactsPage } from "./contacts";
import { ExplainPage } from "./explain";
import { FiguresPage } from "./figures";
import { LivePage } from "./live";
import { ReportsPage } from "./reports";
import { ScorecardsPage } from "./scorecards";

export function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case "live":
      return <LivePage />;
    case "contacts":
      return <ContactsPage />;
    case "contact":
      return <ContactPage key={route.contactId} contactId={route.contactId} />;
    case "figures":
      return <FiguresPage />;
    case "explain":
      return <ExplainPage />;
    case "reports":
      return <ReportsPage />;
    case "scorecards":
      return <ScorecardsPage />;
    case "not_found":
      return <Problem error={null} />;
  }
}
