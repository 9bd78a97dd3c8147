import type { ComparisonRun } from "@/lib/comparison/contract";
import { Button } from "../../ui/button";
import { count } from "../../ui/numbers";
import { ProgressBar } from "../../ui/progress-bar";

export function ComparisonProgress({ run, onStop }: { run: ComparisonRun; onStop: () => void }) {
  return (
    <div className="comparison-progress">
      <p role="status">
        Comparing: {count(run.done)} of {count(run.total)} records
      </p>
      <ProgressBar label="Comparing" done={run.done} total={run.total} />
      <Button onClick={onStop}>Stop</Button>
    </div>
  );
}
