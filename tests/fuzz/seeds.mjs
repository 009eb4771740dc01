// seeds.mjs NAME FOLDER - writes the starting inputs of one fuzzer, taken from tests/vectors.
import { readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";

const [name, folder] = process.argv.slice(2);
const vectors = (file) =>
  JSON.parse(readFileSync(new URL(`../vectors/${file}.json`, import.meta.url), "utf8"));
const fromHex = (text) => Buffer.from(text, "hex");
const fromBase64 = (text) => Buffer.from(text, "base64");
const hash = (size) => createHash("sha256").update(String(size)).digest("base64");

const checkpoint = (size) => `award.example/log/2026\n${size}\n${hash(size)}\n`;
const signed = (size) =>
  `${checkpoint(size)}\n— award.example/log/2026 ${Buffer.alloc(68, size % 251).toString("base64")}\n`;
const entry = (note) => `xiling/entry/v1 2026-11-22T16:00:00+08:00\n${note}`;
const framed = (text) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};
const vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

const makers = {
  statement: () => vectors("statement").notes.map((one) =>
    one.note ?? fromBase64(one.note_b64)),
  manifest: () => [
    ...vectors("ballot").elections.map((one) => one.manifest.text),
    ...vectors("ballot").manifests_must_fail.map((one) => one.text),
  ],
  ballot: () =>
    vectors("ballot").elections.flatMap((one) =>
      [...one.ballots, ...one.must_fail].map((each) => each.note ?? each.text ?? "")),
  key_code: () => [
    ...vectors("key-code").codes.map((one) => one.shown),
    ...vectors("key-code").typed.map((one) => one.typed),
    ...vectors("key-code").bad.map((one) => one.typed),
  ],
  sealed: () => vectors("sealed").documents
    .filter((one) => one.sealed_b64).map((one) => fromBase64(one.sealed_b64).subarray(0, 66000)),
  base64: () => [
    ...vectors("hash-framing").base64.good.map((one) => one.text),
    ...vectors("hash-framing").base64.bad,
  ],
  proof: () => [
    ...vectors("proof").accept.map((one) => fromHex(one.proof)),
    ...vectors("proof").reject.map((one) => fromHex(one.proof)),
  ],
  checkpoint: () => [0, 1, 7, 4096, 70000, 2 ** 53 - 1].flatMap((n) => [checkpoint(n), signed(n)]),
  receipt: () => [0, 1, 6].map((index) =>
    `c2sp.org/tlog-proof@v1\nextra ${hash(99)}\nindex ${index}\n${hash(1)}\n${hash(2)}\n${hash(3)}\n\n${signed(7)}`),
  evidence: () => vectors("evidence").evidence.map((one) => one.text),
  form: () => vectors("filing").cases.map(({ values, files, seals }) => {
    const names = ["subject", "ground", "request", "facts", "kind", "name", "unit", "uscc", "legal", "agent", "type", "number", "phone", "promise", "disclosure", "file", "seal"];
    const piece = (name, flags, bytes) => Buffer.concat([Buffer.from([names.indexOf(name), flags, bytes.length >> 8, bytes.length & 255]), bytes]);
    const file = (name) => (one) => piece(name, 3, Buffer.concat([Buffer.from(`${one.name}\n`), fromHex(one.bytes)]));
    return Buffer.concat([...Object.entries({ ...values, promise: "1" }).map(([name, text]) => piece(name, 2, Buffer.from(text ?? ""))),
      ...files.map(file("file")), ...seals.map(file("seal"))]);
  }),
  parts: () => vectors("evidence").parts.map((one) => one.parts.map((part) => `${part}\n`).join("")),
  sign_off: () => vectors("sign-off").cases.map(({ entries }) =>
    Buffer.concat(entries.map((one) => framed(one.entry)))),
  text: () => [
    "2026-11-22T16:00:00+08:00", "2024-02-29T23:59:59+08:00", "2023-02-29T00:00:00+08:00", "0", "01",
    "9007199254740991", "9007199254740992", " 甲", "甲 ", "重庆 𠀀 ①", "\u0000", "e\u0301",
  ],
  entry: () => [
    ...vectors("statement").notes.filter((one) => one.ok).map((one) => entry(one.note)),
    Buffer.concat(["one", "two", ""].map(framed)),
    Buffer.concat(vectors("statement").notes.slice(0, 2).map((one) => framed(entry(one.note)))),
  ],
  witness: () => [
    `old 0\n\n${signed(7)}`, `old 3\n${hash(1)}\n${hash(2)}\n\n${signed(9)}`,
    `log ${vkey}\nwitness first ${vkey} https://witness.example/\nquorum first\n`,
    `# comment\nlog ${vkey}\nquorum none\n`,
    `log ${vkey}\nwitness a ${vkey}\nwitness b ${vkey}\ngroup g 1 a b\ngroup h all g\nquorum h\n`,
  ],
  tile: () => [
    "tile/0/000", "tile/15/x455/667", "tile/15/x123/x456/789.p/41", "tile/entries/000.p/255",
    "tile/entries/001.p/1", "tile/63/x999/x999/x999/x999/x999/999.p/255", "tile/64/000",
    "tile/0/x001", "tile/0/x001/", "tile/0/067.p", "tile/0/067.p/", "checkpoint",
  ],
};

if (!makers[name]) throw new Error(`no seeds for ${name}`);
for (const seed of makers[name]()) {
  const bytes = Buffer.from(seed);
  const file = createHash("sha1").update(bytes).digest("hex");
  writeFileSync(`${folder}/${file}`, bytes);
}
