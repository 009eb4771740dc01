/**
 * camera.mjs - the second device reads a fingerprint by its camera, under the pages' own policy.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shortCode } from "../../web/lib/code.js";
import { inEights } from "../../web/ui/code.js";
import { printQr } from "../../web/ui/qrtext.js";
import qrcode from "../../web/vendor/qrcode.mjs";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";

const [WIDTH, HEIGHT] = [640, 480];

/** One grey frame of a film, with the code in the middle, as a hand would hold it. */
function film(text) {
    const code = qrcode(0, "M");
    code.addData(text, "Byte");
    code.make();
    const count = code.getModuleCount() + 8;
    const scale = Math.floor((HEIGHT - 40) / count);
    const [left, top] = [Math.floor((WIDTH - count * scale) / 2), Math.floor((HEIGHT - count * scale) / 2)];
    const light = Buffer.alloc(WIDTH * HEIGHT, 128);
    for (let y = 0; y < count * scale; y += 1) {
        for (let x = 0; x < count * scale; x += 1) {
            const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4];
            const inside = row >= 0 && column >= 0 && row < count - 8 && column < count - 8;
            light[(top + y) * WIDTH + left + x] = inside && code.isDark(row, column) ? 20 : 230;
        }
    }
    const frame = Buffer.concat([Buffer.from("FRAME\n"), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
    return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

const F = Uint8Array.from({ length: 32 }, (_, i) => 255 - i * 3);
const M = Uint8Array.from({ length: 32 }, (_, i) => i * 5);
const folder = await mkdtemp(join(tmpdir(), "xiling-camera-"));
const camera = join(folder, "code.y4m");
await writeFile(camera, film(printQr.fingerprint({ F, M, address: "https://vote.example" })));
const demo = await startDemo();
const chromium = await openBrowser({ camera });
try {
    const page = await chromium.newPage();
    await page.goto(`${demo.base}/check.html`);
    await page.getByRole("button", { name: "下一步：扫指纹" }).click();
    await page.getByRole("button", { name: "扫指纹" }).click();
    await page.getByText("已记下指纹").waitFor();
    assert.ok((await page.locator("main").innerText()).includes(inEights(shortCode(F))));
    assert.deepEqual(page.faults, []);
    console.log("camera: read");
} finally {
    await chromium.close();
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
}
