/** A table of the API as a file. */

import Button from "@cloudscape-design/components/button";
import { useContext, useState } from "react";
import { ApiContext } from "../api/context";
import { useMessages } from "../i18n/language";

interface CsvButtonProps {
  readonly path: string;
  readonly name: string;
}

export function CsvButton({ path, name }: CsvButtonProps) {
  const api = useContext(ApiContext);
  const { reports: text } = useMessages();
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState(false);
  const download = async (): Promise<void> => {
    setLoading(true);
    setFailed(false);
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await api.download(path));
      link.download = name;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch {
      setFailed(true);
    } finally {
      setLoading(false);
    }
  };
  return (
    <Button
      iconName={failed ? "status-warning" : "download"}
      loading={loading}
      ariaLabel={failed ? text.downloadFailed : text.download}
      onClick={() => void download()}
    >
      {failed ? text.downloadFailed : "CSV"}
    </Button>
  );
}
