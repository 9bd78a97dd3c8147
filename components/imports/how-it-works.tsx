import { Card } from "../ui/card";

/** What an import is, and how it tells old from live. */
export function HowItWorks({ scheduleMinutes }: { scheduleMinutes: number }) {
  return (
    <Card title="How an import works" className="imports-help">
      <ol className="imports-steps">
        <li>
          <b>Begin it here</b>, with the day that you agree on with SecuTix.
        </li>
        <li>
          <b>Ask SecuTix</b> to send everything again that was changed since that day. S-360 has no other way:
          it all comes through the webhooks you have, at their pace (every {scheduleMinutes}{" "}
          {scheduleMinutes === 1 ? "minute" : "minutes"}, at most what the schedule takes in one run).
        </li>
        <li>
          <b>Look at the first records.</b> Everything is stored as it comes; only the first few are written
          to Salesforce. The others wait until you approve.
        </li>
        <li>
          <b>Let it go on.</b> What changes today always goes first.
        </li>
      </ol>
      <h3 className="imports-help__title">What belongs to the import</h3>
      <p>
        S-360 does not say why it sends a record, nor when it was last changed. So what was made in S-360 a
        day or more before the import began, and was never sent here, belongs to it. So does what was here
        before and says nothing new: it is counted, and needs no turn.
      </p>
      <p>
        Everything else is live and written at once: what is new, what was here and has changed, and a contact
        that a sale of today needs. An old contact that was never here and happens to be edited today cannot
        be told apart: it is written with the import, or as soon as it changes again.
      </p>
    </Card>
  );
}
