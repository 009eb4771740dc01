// attestation.mjs - the DSSE envelope of a sign-off, as others would verify it: by sigstore's own
// verifier, which knows nothing of Xiling.
//
// covers: server/attestation
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { Verifier, toSignedEntity, VerificationError } = require("@sigstore/verify");
const { bundleFromJSON } = require("@sigstore/bundle");

/** The Ed25519 key of 32 bytes in base64, as /api/pin gives it. */
const keyOf = (base64) => createPublicKey({ format: "jwk",
  key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(base64, "base64").toString("base64url") } });

/** Throws unless the envelope is signed with this key. */
function verify(envelope, key) {
  const bundle = bundleFromJSON({ mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
    verificationMaterial: { publicKey: { hint: "service" }, tlogEntries: [] }, dsseEnvelope: envelope });
  const trust = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [],
    publicKey: () => ({ publicKey: keyOf(key), validFor: () => true }) };
  new Verifier(trust, { ctlogThreshold: 0, tlogThreshold: 0, tsaThreshold: 0 }).verify(toSignedEntity(bundle));
}

const refused = (envelope, key) => assert.throws(() => verify(envelope, key), VerificationError);
const payloadOf = (envelope) => JSON.parse(Buffer.from(envelope.payload, "base64").toString("utf8"));
const pack = (payload) => Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)).toString("base64");

/** What sigstore verifies, and must not. `key` is the service key, `foreign` another one. */
export function verifiesWithAPublicTool(envelope, key, foreign) {
  assert.equal(envelope.payloadType, "application/vnd.in-toto+json");
  verify(envelope, key);
  refused(envelope, foreign);
  const payload = payloadOf(envelope);
  refused({ ...envelope, payload: pack({ ...payload, predicate: { ...payload.predicate, state: "void" } }) }, key);
  refused({ ...envelope, payload: pack(`${Buffer.from(envelope.payload, "base64")} `) }, key);
  refused({ ...envelope, payloadType: "application/json" }, key);
  const [{ keyid, sig }] = envelope.signatures;
  const bytes = Buffer.from(sig, "base64");
  bytes[5] ^= 1;
  refused({ ...envelope, signatures: [{ keyid, sig: bytes.toString("base64") }] }, key);
  return payload;
}
