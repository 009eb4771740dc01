/**
 * shots.mjs - pictures of what a journey shows, for people to look at: XILING_SHOTS names their folder, and
 * without it none are taken.
 *
 *   await shoot(page, "receipt")   at 360 and 1280 px; the page is then as wide as it was
 */
const FOLDER = process.env.XILING_SHOTS;
const WIDTHS = [360, 1280];
let taken = 0;

export async function shoot(page, name) {
  if (!FOLDER) return;
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 780 });
    await page.screenshot({ path: `${FOLDER}/${String(taken).padStart(2, "0")}-${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
  taken += 1;
}
