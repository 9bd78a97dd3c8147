import { LinkButton } from "../../ui/button";
import { Card } from "../../ui/card";
import { fileAddress } from "../queries";

/** The connection as a file, to take away. */
export function ConnectionFileCard({ institution }: { institution: string }) {
  return (
    <Card
      title="The connection’s file"
      actions={
        <LinkButton href={fileAddress(institution)} prefetch={false} download icon="down">
          Download
        </LinkButton>
      }
    >
      <p className="mappings-quiet">
        All settings of the connection, and where published mappings and value maps differ from the default.
        Keep it under version control, or set up another connector with it (
        <code>npm run connector -- apply {institution}.yaml</code>). Secrets are not in it, only the names of
        the environment variables they come from. Drafts are not in it either.
      </p>
    </Card>
  );
}
