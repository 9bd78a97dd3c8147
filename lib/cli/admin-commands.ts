import { z } from "zod";
import { addAdmin, listAdmins, removeAdmin, resetPassword } from "@/lib/auth/admins";
import { CommandError, type Context } from "./context";

export async function adminsCommand({ terminal, db }: Context): Promise<number> {
  const admins = await listAdmins(db);
  for (const { email, since } of admins)
    terminal.out(`${email}, since ${since.toISOString().slice(0, "2026-11-30".length)}\n`);
  if (admins.length === 0) terminal.out("Nobody yet. The first account is made when the connector starts.\n");
  return 0;
}

export async function addAdminCommand({ terminal, db }: Context, email: string): Promise<number> {
  if (!z.email().max(254).safeParse(email).success)
    throw new CommandError(`${email} is no e-mail address, such as anna@venue.example.`);
  const password = await addAdmin(db, email);
  if (password === null)
    throw new CommandError(`${email} may sign in already. A new password: reset-password ${email}.`);
  terminal.out(`${email.toLowerCase()} may sign in. Password, shown only now: ${password}\n`);
  return 0;
}

export async function resetPasswordCommand({ terminal, db }: Context, email: string): Promise<number> {
  const password = await resetPassword(db, email);
  if (password === null) throw await nobody(db, email);
  terminal.out(`New password of ${email.toLowerCase()}, shown only now: ${password}\n`);
  return 0;
}

export async function removeAdminCommand({ terminal, db }: Context, email: string): Promise<number> {
  const ended = await removeAdmin(db, email);
  if (ended === "unknown") throw await nobody(db, email);
  if (ended === "last")
    throw new CommandError(`${email} is the only one who may sign in: add somebody else first.`);
  terminal.out(`${email.toLowerCase()} may sign in no more. What they did stays under their name.\n`);
  return 0;
}

async function nobody(db: Context["db"], email: string): Promise<CommandError> {
  const there = (await listAdmins(db)).map((admin) => admin.email).join(", ");
  return new CommandError(`Nobody signs in as ${email}. There are: ${there || "none yet"}.`);
}
