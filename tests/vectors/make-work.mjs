// make-work.mjs - makes tests/vectors/work.json again: node tests/vectors/make-work.mjs
//
// The proof of work of docs/protocol.md §8, framed here by hand and hashed by node's own SHA-512: for
// each number of bits the first nonce that gives exactly so many, and the least one that gives enough.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";

const be64 = (number) => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(number));
  return out;
};
const framed = (...parts) => Buffer.concat(parts.flatMap((part) => [be64(part.length), part]));
const sha = (name, bytes) => createHash(name).update(bytes).digest();
const zeros = (hash) => hash.reduce(({ count, going }, byte) => (going ? { count: count + Math.clz32(byte) - 24, going: byte === 0 } : { count, going }),
  { count: 0, going: true }).count;

const notes = ["xiling/v1 objection.file\n日志：award.example/log/2026\n", "xiling/v1 status.ask\n", "x"];
const MOST = 17;

function caseOf(note, i) {
  const token = Buffer.concat([be64(1000 * i + 7), Buffer.from([MOST]), sha("sha256", `token ${i}`).subarray(0, 16)]);
  const bitsOf = (nonce) => zeros(sha("sha512", framed(Buffer.from("xiling/v1 work"), token, sha("sha256", note), be64(nonce))).subarray(0, 32));
  const [exact, enough] = [[], []];
  for (let nonce = 0; enough[MOST] === undefined; nonce++) {
    const bits = bitsOf(nonce);
    exact[bits] ??= nonce;
    for (let least = 0; least <= bits; least++) enough[least] ??= nonce;
  }
  const nonces = [...exact.entries()].filter(([, nonce]) => nonce !== undefined).map(([bits, nonce]) => ({ nonce, bits }));
  const far = 2 ** 53 - 1;
  return { note, token: token.toString("hex"), nonces: [...nonces, { nonce: far, bits: bitsOf(far) }], first: enough.slice(0, MOST + 1) };
}

writeFileSync(new URL("work.json", import.meta.url), `${JSON.stringify({ cases: notes.map(caseOf) }, null, 1)}\n`);
