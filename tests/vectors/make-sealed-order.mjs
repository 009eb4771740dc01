// make-sealed-order.mjs - makes tests/vectors/sealed-order.json again: node tests/vectors/make-sealed-order.mjs
//
// Sealed documents whose chunks were moved, dropped, repeated or tagged otherwise by somebody who, at
// worst, knows the key. `pieces` puts a document together: [from, to] are bytes of documents[base] of
// sealed.json, a text is bytes in hex.
import { readFileSync, writeFileSync } from "node:fs";
import { hex, hexDecode } from "../../web/lib/bytes.js";
import { sha256 } from "../../web/lib/hash.js";
import sodium from "../../web/lib/sodium.js";

const BASE = 3; // "exactly a chunk": two whole chunks and an empty final one
const CHUNK = 65536;
const TAG = 17;
const { documents } = JSON.parse(readFileSync(new URL("sealed.json", import.meta.url), "utf8"));
const held = documents[BASE];
const whole = new Uint8Array(Buffer.from(held.sealed_b64, "base64"));
const head = whole.length - 2 * (CHUNK + TAG) - TAG;
const [first, second] = [head, head + CHUNK + TAG];
const last = second + CHUNK + TAG;
const [HEAD, FIRST, SECOND, FINAL] = [[0, head], [first, second], [second, last], [last, whole.length]];

const plain = new Uint8Array(2 * CHUNK);
for (let i = 0; i < held.size; i += 1) plain[i] = (31 * i + 7) & 255;
plain[held.size] = 0x80;

/** The chunks with these tags, under the document's own key; only bytes that differ are written down. */
function tagged(...tags) {
  const words = [plain.subarray(0, CHUNK), plain.subarray(CHUNK), new Uint8Array(0)];
  const state = streamOf();
  const extra = sha256(whole.subarray(0, head));
  const chunks = tags.map((tag, i) => sodium.crypto_secretstream_xchacha20poly1305_push(state, words[i], extra, tag));
  let at = head;
  return [HEAD, ...chunks.flatMap((chunk) => {
    const pieces = differing(chunk, at);
    at += chunk.length;
    return pieces;
  })];
}

function differing(chunk, at) {
  const old = whole.subarray(at, at + chunk.length);
  if (Buffer.from(chunk).equals(Buffer.from(old))) return [[at, at + chunk.length]];
  if (chunk.length === TAG) return [hex(chunk)];
  return [hex(chunk.subarray(0, 1)), [at + 1, at + 1 + CHUNK], hex(chunk.subarray(1 + CHUNK))];
}

/** The document's own stream: init_push would draw another header, and the state is the same. */
function streamOf() {
  return sodium.crypto_secretstream_xchacha20poly1305_init_pull(hexDecode(held.header), hexDecode(held.key));
}

const { crypto_secretstream_xchacha20poly1305_TAG_MESSAGE: MESSAGE, crypto_secretstream_xchacha20poly1305_TAG_FINAL: END } = sodium;
const right = tagged(MESSAGE, MESSAGE, END);
if (right.some((piece) => typeof piece === "string")) throw new Error("the document itself does not come out");

const must_fail = [
  ["two chunks in each other's place", HEAD, SECOND, FIRST, FINAL],
  ["the first chunk missing", HEAD, SECOND, FINAL],
  ["the second chunk missing", HEAD, FIRST, FINAL],
  ["a chunk twice", HEAD, FIRST, FIRST, SECOND, FINAL],
  ["the final chunk first", HEAD, FINAL, FIRST, SECOND],
  ["the final chunk twice", HEAD, FIRST, SECOND, FINAL, FINAL],
  ["cut after a whole chunk", HEAD, FIRST],
  ["cut before the final chunk", HEAD, FIRST, SECOND],
  ["a final chunk, and a second final chunk", ...tagged(MESSAGE, END, END)],
  ["final from the first chunk on", ...tagged(END, END, END)],
  ["no chunk is final", ...tagged(MESSAGE, MESSAGE, MESSAGE)],
  ["the end of another document", HEAD, FIRST, SECOND, hex(new Uint8Array(Buffer.from(documents[0].sealed_b64, "base64")).slice(-TAG))],
].map(([name, ...pieces]) => ({ name, reason: "chunk", base: BASE, reader: held.readers[0], pieces }));

writeFileSync(new URL("sealed-order.json", import.meta.url), `${JSON.stringify({ must_fail }, null, 1)}\n`);
console.log(`sealed-order.json: ${must_fail.length} documents`);
