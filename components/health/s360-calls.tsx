import type { S360CallStatus } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { count, counted } from "../ui/numbers";
import { LocalTime } from "../ui/relative-time";
import { CallsMeter } from "./calls-meter";
import { clockSentence, forecastSentence } from "./words";

/** Calls to S-360: today, how the month will end, the pace in force, and a clock that differs. */
export function S360Calls({ calls }: { calls: S360CallStatus }) {
  const { today, month, perMonth, forecast, perMinute, boost } = calls;
  const clock = clockSentence(calls.clockSkewMs);
  const tooMany = perMonth !== null && Math.max(month, forecast) >= perMonth;
  return (
    <div className="health-calls">
      <p>
        <strong className="health-calls__number">{count(today)}</strong> to S-360 today (UTC) by this
        connector
      </p>
      {perMonth !== null && (
        <>
          <CallsMeter label="Calls to S-360 this month" used={month} limit={perMonth} />
          <p className="slds-text-color_weak">
            {count(month)} of {count(perMonth)} calls this month
          </p>
        </>
      )}
      {tooMany ? (
        <Alert tone={month >= perMonth ? "error" : "warning"} className="health-calls__alert">
          {forecastSentence(calls)} Raise s360.callsPerMonth in the connection’s file if the contract allows
          more.
        </Alert>
      ) : (
        <p className="slds-text-color_weak">{forecastSentence(calls)}</p>
      )}
      <p className="slds-text-color_weak">
        At most {counted(perMinute, "call")} a minute
        {boost && (
          <>
            : a temporary rate, until <LocalTime at={boost.until} />
          </>
        )}
      </p>
      {clock && (
        <Alert tone="warning" className="health-calls__alert" title={clock}>
          Tokens are corrected for it. Let both machines follow a time server, for S-360 refuses tokens of
          another time.
        </Alert>
      )}
    </div>
  );
}
