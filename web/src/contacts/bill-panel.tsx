/** What the contact cost, service by service. */

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { Bill } from "../api/types";
import { DataTable } from "../components/data-table";
import { formatMoney, formatQuantity } from "../format";
import { useLanguage } from "../i18n/language";

export function BillPanel({ bill }: { readonly bill: Bill | null }) {
  const { locale, messages } = useLanguage();
  const text = messages.contact;
  if (bill === null) {
    return (
      <Container header={<Header variant="h2">{text.bill}</Header>}>
        <Box color="text-body-secondary">{text.noBill}</Box>
      </Container>
    );
  }
  const units: Readonly<Record<string, string>> = text.units;
  const money = (amount: number): string => formatMoney(amount, bill.currency, locale);
  return (
    <DataTable
      title={text.bill}
      description={text.pricesOf(bill.prices_date)}
      actions={<span className="tl-total">{money(bill.total)}</span>}
      items={bill.lines}
      trackBy={(line) => line.code ?? `${line.service} ${line.unit}`}
      empty={text.noBill}
      columns={[
        { id: "service", header: text.service, cell: ({ code, service }) => (code === "agent_hour" ? text.agentTime : service), rowHeader: true },
        {
          id: "quantity",
          header: text.quantity,
          numeric: true,
          cell: ({ quantity, unit }) => `${formatQuantity(quantity, locale)} ${units[unit] ?? unit}`,
        },
        { id: "price", header: text.unitPrice, numeric: true, cell: (line) => money(line.unit_price) },
        { id: "amount", header: text.amount, numeric: true, cell: (line) => money(line.amount) },
      ]}
      footer={
        <div className="tl-sum">
          <strong>{messages.common.total}</strong>
          <strong data-testid="bill-total">{money(bill.total)}</strong>
        </div>
      }
    />
  );
}
