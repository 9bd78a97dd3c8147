import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";

/** The key that an org signs ID tokens with; made when it is first needed, for that takes a while. */
export class SigningKey {
  private privateKey: KeyObject | undefined;

  /** The public half, as `/id/keys` prints it. */
  publicJwk(): JsonWebKey & { kid: string } {
    const { kty, n, e } = createPublicKey(this.key()).export({ format: "jwk" });
    const kid = createHash("sha256").update(String(n)).digest("hex").slice(0, 16);
    return { kty, n, e, kid, alg: "RS256", use: "sig" };
  }

  /** A JWT of these claims, signed with RS256. */
  signJwt(claims: Record<string, unknown>): string {
    const header = { kid: this.publicJwk().kid, typ: "JWT", alg: "RS256" };
    const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    const signature = sign("RSA-SHA256", Buffer.from(text.join(".")), this.key());
    return [...text, signature.toString("base64url")].join(".");
  }

  private key(): KeyObject {
    this.privateKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    return this.privateKey;
  }
}
