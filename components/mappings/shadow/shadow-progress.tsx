import type { ShadowRun } from "@/lib/shadow/contract";
import { Button } from "../../ui/button";
import { count } from "../../ui/numbers";
import { ProgressBar } from "../../ui/progress-bar";

export function ShadowProgress({ run, onStop }: { run: ShadowRun; onStop: () => void }) {
  return (
    <div className="shadow-progress">
      <p role="status">
        Comparing: {count(run.done)} of {count(run.total)} records
      </p>
      <ProgressBar label="Comparing" done={run.done} total={run.total} />
      <Button onClick={onStop}>Stop</Button>
    </div>
  );
}
