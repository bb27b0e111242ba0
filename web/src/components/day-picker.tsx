/** A day of the centre: one back, one on, or any. */

import Button from "@cloudscape-design/components/button";
import DatePicker from "@cloudscape-design/components/date-picker";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { shiftDay } from "../format";
import { useLanguage } from "../i18n/language";

interface DayPickerProps {
  readonly day: string;
  readonly today: string;
  readonly onChange: (day: string) => void;
}

export function DayPicker({ day, today, onChange }: DayPickerProps) {
  const { locale, messages } = useLanguage();
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      <Button
        iconName="angle-left"
        variant="icon"
        ariaLabel={messages.common.previous}
        onClick={() => onChange(shiftDay(day, -1))}
      />
      <div className="tl-day">
        <DatePicker
          format="long-localized"
          value={day}
          locale={locale}
          ariaLabel={messages.common.day}
          isDateEnabled={(date) => date.toLocaleDateString("en-CA") <= today}
          onChange={({ detail }) => {
            if (/^\d{4}-\d{2}-\d{2}$/.test(detail.value)) {
              onChange(detail.value);
            }
          }}
        />
      </div>
      <Button
        iconName="angle-right"
        variant="icon"
        ariaLabel={messages.common.next}
        disabled={day >= today}
        onClick={() => onChange(shiftDay(day, 1))}
      />
    </SpaceBetween>
  );
}
