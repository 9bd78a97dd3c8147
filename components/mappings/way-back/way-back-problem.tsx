import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";

interface WayBackProblemProps {
  /** Why the line cannot go both ways. */
  problem: string;
  onLetStay: () => void;
}

/** A line that should go both ways and cannot: what is wrong, and the way out. */
export function WayBackProblem({ problem, onLetStay }: WayBackProblemProps) {
  return (
    <div className="mappings-way-back">
      <p className="mappings-result__problem">
        <Icon name="error" size="xx-small" label="Problem" /> {problem}
      </p>
      <Button onClick={onLetStay}>Let edits stay in Salesforce</Button>
    </div>
  );
}
