/**
 * inspect.mjs - what every page must hold to, in both languages, light and dark, at 360, 768 and 1280: no finding of
 * axe (WCAG 2.1 A and AA), no sideways scrolling at 320, one h1, at most one thing in cinnabar besides the logo,
 * no script error, no policy violated.
 *
 *   inBothLanguages(page, name)   whatever stands on the page now
 *   inspect(page, name)           only as it stands, in this language, theme and width
 *   findings                      what was found, of all pages
 */
import { runAxe } from "./axe.mjs";

/** Light at every width; dark differs in colours only, which do not depend on the width. */
const VIEWS = [["light", 360], ["light", 768], ["light", 1280], ["dark", 360]];
export const findings = [];

export async function inspect(page, name) {
    findings.push(...page.faults.splice(0).map((fault) => `${name}: ${fault}`));
    for (const [rule, nodes] of await runAxe(page)) findings.push(`${name}: ${rule}: ${nodes.slice(0, 3).join(" | ")}`);
    const headings = await page.locator("h1").count();
    if (headings !== 1) findings.push(`${name}: ${headings} h1`);
    const red = await page.locator(".button.seal, .impression").count();
    if (red > 1) findings.push(`${name}: ${red} things in cinnabar besides the logo`);
    page.faults.length = 0; // axe itself measures with inline styles, which the policy refuses
}

async function narrow(page, name) {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) findings.push(`${name}: ${over} px too wide at 320`);
    await page.setViewportSize(before);
}

/** All themes and widths of what stands on the page now. */
async function inspectAll(page, name) {
    for (const [colorScheme, width] of VIEWS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 800 });
        await inspect(page, `${name} ${colorScheme} ${width}`);
    }
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await narrow(page, name);
    await page.setViewportSize({ width: 360, height: 800 });
}

/** Switches by the button in the header, as a person does, and back. */
export async function inBothLanguages(page, name) {
    await inspectAll(page, `${name} zh`);
    await page.getByRole("button", { name: "Switch to English" }).click();
    await inspectAll(page, `${name} en`);
    await page.getByRole("button", { name: "切换为中文" }).click();
}
