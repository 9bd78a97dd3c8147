import { NothingHere } from "@/components/shell/nothing-here";
import "@/components/shell/shell.css";

export default function NotFound() {
  return (
    <main className="shell-main">
      <NothingHere />
    </main>
  );
}
