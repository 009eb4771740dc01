/**
 * axe.mjs - what axe finds on a page (WCAG 2.1 A and AA, best practice).
 *
 *   runAxe(page) → [[rule, [what is wrong, …]], …]
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** axe runs in a world of its own, so that the page's policy stays as strict as it is. */
export async function runAxe(page) {
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
    await session.send("Runtime.evaluate", { expression: `${AXE};0`, contextId: executionContextId });
    const { result } = await session.send("Runtime.evaluate", { contextId: executionContextId, awaitPromise: true, returnByValue: true,
        expression: `axe.run({ runOnly: ${JSON.stringify(TAGS)} }).then((found) => JSON.stringify(found.violations.map((one) =>
            [one.id, one.nodes.map((node) => node.target.join(" ") + ": " + (node.any[0] ?? node.all[0] ?? node.none[0])?.message)])))` });
    await session.detach();
    return JSON.parse(result.value);
}
