/**
 * The QR texts of the pages: what is written is read back, what is not ours is refused, and the code
 * that the device draws can be read by the reader that the pages use.
 */
import assert from "node:assert/strict";
import test from "node:test";
import jsQR from "../../web/vendor/jsqr.mjs";
import qrcode from "../../web/vendor/qrcode.mjs";
import { printQr, readQr } from "../../web/ui/qrtext.js";

const bytes = (size, from) => Uint8Array.from({ length: size }, (_, i) => (i * 7 + from) & 255);
const M = bytes(32, 1);
const address = "https://vote.example:8443";
const OPENING = { M, K: bytes(32, 2), seed: bytes(32, 3), grades: Uint8Array.from([2, 1, 0, 0, 1]), address };

test("what_is_written_is_read_back", () => {
    assert.deepEqual(readQr(printQr.list(M, address)), { kind: "list", M, address });
    assert.deepEqual(readQr(printQr.code("7K2M9QXD")), { kind: "code", u: "7K2M9QXD" });
    assert.deepEqual(readQr(printQr.fingerprint({ F: M, M: OPENING.K, address })), { kind: "fingerprint", F: M, M: OPENING.K, address });
    assert.deepEqual(readQr(printQr.opening(OPENING)), { kind: "opening", ...OPENING });
    assert.deepEqual(readQr(printQr.nonce(bytes(16, 9))), { kind: "nonce", n: bytes(16, 9) });
});

test("refuses_what_is_not_ours", () => {
    for (const text of ["https://example.com", "xiling:list:AAAA", `${printQr.list(M, "javascript:alert(1)")}`, "xiling:code:7K2M9QX",
        printQr.opening(OPENING).replace("21001", "21041"), "xiling:nonce:", `${printQr.nonce(bytes(16, 9))}A`]) {
        assert.equal(readQr(text), null, text);
    }
});

test("what_the_device_draws_the_device_reads", () => {
    const text = printQr.opening(OPENING);
    const code = qrcode(0, "M");
    code.addData(text, "Byte");
    code.make();
    const [scale, quiet] = [4, 4];
    const side = (code.getModuleCount() + 2 * quiet) * scale;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let y = 0; y < side; y += 1) {
        for (let x = 0; x < side; x += 1) {
            const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet];
            const inside = row >= 0 && column >= 0 && row < code.getModuleCount() && column < code.getModuleCount();
            if (inside && code.isDark(row, column)) pixels.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
        }
    }
    assert.equal(jsQR(pixels, side, side)?.data, text);
});
