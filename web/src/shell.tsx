/** The frame around every page: who and where one is, language, appearance, navigation. */

import Alert from "@cloudscape-design/components/alert";
import AppLayout from "@cloudscape-design/components/app-layout";
import ErrorBoundary from "@cloudscape-design/components/error-boundary";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useAppearance } from "./appearance";
import { WorkplaceContext } from "./api/context";
import type { Center, Me } from "./api/types";
import { useResource } from "./api/use-resource";
import type { Session } from "./auth/session";
import { Problem } from "./components/problem";
import { Startup } from "./components/startup";
import { CATALOGUES, type Language, useLanguage } from "./i18n/language";
import { Page } from "./pages/page";
import { followInPage, matchRoute, usePathname } from "./router";

/** Pages that stand under another one in the navigation. */
const ACTIVE: Readonly<Record<string, string>> = { contact: "/contacts", explain: "/figures" };

interface ShellProps {
  readonly session: Session;
  /** Roles are chosen (the twin), not signed in for. */
  readonly chosen: boolean;
}

export function Shell({ session, chosen }: ShellProps) {
  const me = useResource<Me>("/api/me");
  const center = useResource<Center>("/api/center");
  const workplace = useMemo(
    () => (me.data === null || center.data === null ? null : { me: me.data, center: center.data }),
    [me.data, center.data],
  );
  const failed = me.error === null ? center : me;

  if (workplace !== null) {
    return (
      <WorkplaceContext value={workplace}>
        <Frame session={session} chosen={chosen} me={workplace.me} center={workplace.center} />
      </WorkplaceContext>
    );
  }
  return failed.error === null ? (
    <Startup />
  ) : (
    <div className="tl-centered">
      <Problem error={failed.error} onRetry={failed.reload} />
    </div>
  );
}

function Frame({ session, chosen, me, center }: ShellProps & { readonly me: Me; readonly center: Center }) {
  const pathname = usePathname();
  const { messages } = useLanguage();
  const [navigationOpen, setNavigationOpen] = useState(true);
  const route = matchRoute(pathname);

  useEffect(() => {
    const titles = {
      live: messages.live.title,
      contacts: messages.contacts.title,
      contact: messages.contact.title,
      figures: messages.figures.title,
      explain: messages.explain.title,
      reports: messages.reports.title,
      scorecards: messages.scorecards.title,
      not_found: messages.problems.notFoundTitle,
    };
    document.title = `${titles[route.page]} · ${center.name}`;
  }, [route.page, messages, center.name]);

  return (
    <div data-role={me.role}>
      <TopBar session={session} chosen={chosen} me={me} center={center} />
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationWidth={200}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        ariaLabels={{
          navigation: messages.navigation.label,
          navigationClose: messages.navigation.close,
          navigationToggle: messages.navigation.open,
        }}
        navigation={
          <SideNavigation
            activeHref={ACTIVE[route.page] ?? (pathname === "/" ? "/live" : pathname)}
            header={{ href: "/live", text: center.name }}
            onFollow={followInPage}
            items={[
              { type: "link", href: "/live", text: messages.navigation.live },
              {
                type: "link",
                href: "/contacts",
                text: me.role === "agent" ? messages.navigation.myContacts : messages.navigation.contacts,
              },
              {
                type: "link",
                href: "/figures",
                text: me.role === "agent" ? messages.navigation.myFigures : messages.navigation.figures,
              },
              ...(me.role === "agent"
                ? []
                : [{ type: "link" as const, href: "/reports", text: messages.navigation.reports }]),
              {
                type: "link",
                href: "/scorecards",
                text: me.role === "agent" ? messages.navigation.myScorecard : messages.navigation.scorecards,
              },
            ]}
          />
        }
        content={
          <ErrorBoundary
            key={pathname}
            renderFallback={({ action }) => <Broken action={action} />}
            onError={() => undefined}
          >
            <Page route={route} />
          </ErrorBoundary>
        }
      />
    </div>
  );
}

function Broken({ action }: { readonly action: ReactNode }) {
  const { messages } = useLanguage();
  return (
    <Alert type="error" header={messages.problems.failedTitle} action={action}>
      {messages.problems.brokenPage}
    </Alert>
  );
}

function TopBar({ session, chosen, me, center }: ShellProps & { readonly me: Me; readonly center: Center }) {
  const { language, messages, setLanguage } = useLanguage();
  const [appearance, setAppearance] = useAppearance();
  const other = appearance === "dark" ? "light" : "dark";
  const who = me.name === me.role ? messages.roles[me.role] : `${me.name} · ${messages.roles[me.role]}`;
  return (
    <div id="top" className="tl-top">
      <TopNavigation
        identity={{
          href: "/live",
          title: messages.product,
          logo: { src: "/trunkline.svg", alt: messages.product },
          onFollow: (event) => {
            followInPage(new CustomEvent("follow", { detail: { href: "/live" } }));
            event.preventDefault();
          },
        }}
        utilities={[
          {
            type: "menu-dropdown",
            iconName: "globe",
            text: CATALOGUES[language].languageName,
            ariaLabel: `${messages.navigation.language}: ${CATALOGUES[language].languageName}`,
            disableTextCollapse: true,
            items: (Object.keys(CATALOGUES) as Language[]).map((code) => ({
              id: code,
              text: CATALOGUES[code].languageName,
              lang: code,
            })),
            onItemClick: ({ detail }) => setLanguage(detail.id as Language),
          },
          {
            type: "button",
            iconName: "light-dark",
            title: messages.navigation.appearance[other],
            ariaLabel: messages.navigation.appearance[other],
            disableUtilityCollapse: true,
            onClick: () => setAppearance(other),
          },
          {
            type: "menu-dropdown",
            iconName: "user-profile",
            text: who,
            description: center.name,
            ariaLabel: `${messages.navigation.account}: ${who}`,
            items: [
              chosen
                ? { id: "sign-out", text: messages.navigation.changeRole, iconName: "user-profile" }
                : { id: "sign-out", text: messages.navigation.signOut, iconName: "sign-out" },
            ],
            onItemClick: () => session.signOut(),
          },
        ]}
      />
    </div>
  );
}
