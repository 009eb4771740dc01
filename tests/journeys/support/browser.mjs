/**
 * browser.mjs - Chromium for the journeys.
 *
 *   openBrowser({ camera }) → { browser, newPage({ width, dark, language }) , close() }
 *       camera: a .y4m file that the camera shows
 *       every page fails the journey on a script error or a violated policy: page.faults is the list
 */
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-default-apps", "--disable-domain-reliability"];

export async function openBrowser({ camera } = {}) {
    const filmed = camera ? ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${camera}`] : [];
    const browser = await chromium.launch({ executablePath: process.env.XILING_CHROMIUM ?? "/usr/bin/chromium", args: [...ARGUMENTS, ...filmed] });
    async function newPage({ width = 360, height = 780, dark = false, language = "zh", context = null } = {}) {
        const room = context ?? await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", deviceScaleFactor: 1 });
        if (camera) await room.grantPermissions(["camera"]);
        if (!context) await room.addInitScript(`try { localStorage.setItem("xiling.language", "${language}"); } catch {}`);
        const page = await room.newPage();
        page.setDefaultTimeout(20000);
        page.faults = [];
        page.on("pageerror", (error) => page.faults.push(String(error)));
        page.on("console", (message) => {
            // An answer such as 404 is how “not yet” is said; the browser writes it to the console.
            if (message.type() === "error" && !/Failed to load resource/.test(message.text())) page.faults.push(message.text());
        });
        return page;
    }
    return { browser, newPage, close: () => browser.close() };
}
