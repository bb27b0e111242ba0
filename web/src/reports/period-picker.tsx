/** A day, week or month: which kind, one back, one on, or the one in which a day lies. */

import Button from "@cloudscape-design/components/button";
import DatePicker from "@cloudscape-design/components/date-picker";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Period } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useQueryParameter } from "../router";
import { PERIODS, readPeriod, shiftPeriod } from "./period";

interface ChosenPeriod {
  readonly period: Period;
  /** A day of it, as the address has it. */
  readonly on: string | null;
}

export function usePeriod(): ChosenPeriod {
  const [period] = useQueryParameter("period");
  const [on] = useQueryParameter("on");
  return { period: readPeriod(period), on };
}

interface PeriodPickerProps {
  /** First day of the period that is shown; null while it is not known. */
  readonly from: string | null;
  /** Whether the period is over: then there is one after it. */
  readonly complete: boolean;
}

export function PeriodPicker({ from, complete }: PeriodPickerProps) {
  const { locale, messages } = useLanguage();
  const [period, setPeriod] = useQueryParameter("period");
  const [on, setOn] = useQueryParameter("on");
  const kind = readPeriod(period);
  const text = messages.reports;
  const shift = (steps: number): void => setOn(from === null ? null : shiftPeriod(kind, from, steps));
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <SegmentedControl
        label={text.period}
        selectedId={kind}
        options={PERIODS.map((id) => ({ id, text: text.periods[id] }))}
        onChange={({ detail }) => setPeriod(detail.selectedId)}
      />
      <SpaceBetween direction="horizontal" size="xxs">
        <Button iconName="angle-left" variant="icon" ariaLabel={text.previous} disabled={from === null} onClick={() => shift(-1)} />
        <div className="tl-day">
          <DatePicker
            format="long-localized"
            value={on ?? from ?? ""}
            locale={locale}
            ariaLabel={text.on}
            onChange={({ detail }) => {
              if (/^\d{4}-\d{2}-\d{2}$/.test(detail.value)) {
                setOn(detail.value);
              }
            }}
          />
        </div>
        <Button
          iconName="angle-right"
          variant="icon"
          ariaLabel={text.next}
          disabled={from === null || !complete}
          onClick={() => shift(1)}
        />
      </SpaceBetween>
    </SpaceBetween>
  );
}
