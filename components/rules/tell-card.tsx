"use client";

import { Alert } from "../ui/alert";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Textarea } from "../ui/textarea";

interface TellCardProps {
  value: string;
  onChange: (value: string) => void;
  problem?: string;
  /** The connector knows a mail server. */
  mailSetUp: boolean;
}

/** Who gets mail about reviews and notices. */
export function TellCard({ value, onChange, problem, mailSetUp }: TellCardProps) {
  return (
    <Card title="Mail" icon="contact">
      {!mailSetUp && (
        <Alert tone="info" title="Mail is not set up" className="slds-m-bottom_small">
          Reviews and notices are shown under Reviews only. To have them mailed too, set SMTP_URL and
          MAIL_FROM for the connector (see .env.example) and start it again.
        </Alert>
      )}
      <Field
        className="rules-sentence"
        label="Mail about reviews and notices goes to:"
        help="One address a line; empty: nobody. One mail at most every minute says how many things wait, with record numbers and links, never names or values."
        error={problem}
      >
        <Textarea
          rows={3}
          value={value}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          inputMode="email"
          placeholder="crm@venue.example"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    </Card>
  );
}
