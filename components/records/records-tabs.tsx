"use client";

import { Tabs } from "../ui/tabs";
import { ItemsList } from "./items-list";
import { RecordsList } from "./records-list";
import { useAddress } from "./use-address";

/** Records, and what never became one. */
export function RecordsTabs({ connection }: { connection: string }) {
  const [{ tab, stream }, change] = useAddress();
  return (
    <Tabs
      label="Records and items"
      value={tab ?? "records"}
      onValueChange={(value) =>
        change({ ...(stream && { stream }), ...(value === "items" && { tab: "items" }) })
      }
      tabs={[
        { value: "records", label: "Records", content: <RecordsList connection={connection} /> },
        { value: "items", label: "Items without a record", content: <ItemsList connection={connection} /> },
      ]}
    />
  );
}
