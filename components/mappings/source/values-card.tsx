"use client";

import { useState } from "react";
import type { FieldRoom } from "@/lib/core/mapping/fit/fit";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { classes } from "../../ui/classes";
import { Problem } from "../../ui/problem";
import { Tabs } from "../../ui/tabs";
import type { EditorSource } from "./source";
import { SourcePane } from "./source-pane";
import { WritingHelp, type FunctionHelp } from "../expressions/writing-help";

interface ValuesCardProps {
  source: EditorSource;
  error: unknown;
  functions: readonly FunctionHelp[];
  /** What a click on a value does. */
  action: string;
  /** What the field of the open line can hold; null while none is open. */
  room: FieldRoom | null;
  onPick: (path: string) => void;
}

/** What there is to map, beside the lines; folded away on narrow screens. */
export function ValuesCard({ source, error, functions, action, room, onPick }: ValuesCardProps) {
  const [shown, setShown] = useState(false);
  return (
    <Card title="S-360 values" className={classes("values-card", shown && "values-card_shown")}>
      <Button className="values-card__toggle" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? "Hide" : "Show"}
      </Button>
      <div className="values-card__body">
        <Tabs
          label="What lines are written with"
          tabs={[
            {
              value: "values",
              label: "Values",
              content: error ? (
                <Problem error={error} title="The values could not be read" />
              ) : (
                <SourcePane source={source} action={action} room={room} onPick={onPick} />
              ),
            },
            {
              value: "help",
              label: "How to write",
              content: <WritingHelp source={source} functions={functions} />,
            },
          ]}
        />
      </div>
    </Card>
  );
}
