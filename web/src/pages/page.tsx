/** The page of a route. */

import { Problem } from "../components/problem";
import type { Route } from "../router";
import { ContactPage } from "./contact";
import { ContactsPage } from "./contacts";
import { FiguresPage } from "./figures";
import { LivePage } from "./live";

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
    case "not_found":
      return <Problem error={null} />;
  }
}
