import { CopyButton } from "../ui/copy-button";

/** What to write to SecuTix, to be copied. */
export function RequestText({ title, text }: { title: string; text: string }) {
  return (
    <div className="imports-request">
      <p className="imports-request__title">{title}</p>
      <p className="imports-request__text">{text}</p>
      <CopyButton text={text} label="Copy the request to SecuTix" />
    </div>
  );
}
