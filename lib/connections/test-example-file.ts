/** The example of a connection's file, with values for the secrets that it names. */
import { readFileSync } from "node:fs";

export const exampleFile = readFileSync("myvenue.example.yaml", "utf8");

export const exampleSecrets = {
  S360_SECRET: "s360-secret",
  CONTACTS_PASSWORD: "pass:word\n",
  ORDERS_KEY: "orders-key",
  SALESFORCE_CLIENT_ID: "3MVG9",
  SALESFORCE_CLIENT_SECRET: "client-secret",
};
