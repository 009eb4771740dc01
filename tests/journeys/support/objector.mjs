/**
 * objector.mjs - what a citizen does with the form of an objection, step by step, as a person would.
 *
 *   next(page), heading(page, name)
 *   fillObjection(page, { subject, ground, request, facts })   from the first step to 您是谁？
 *   sayWho(page, { name, phone })      a person, no disclosure; goes on
 *   signObjection(page)                reads, promises, signs
 *   readCode(page)                     the 27 characters of the nine boxes, once all is sent
 *   followCase(page, base, code)
 */
const PATIENCE = { timeout: 60000 };
export const NUMBER = "11010519491231002X";

export const next = (page) => page.getByRole("button", { name: /^下一步/ }).click();
export const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();

export async function fillObjection(page, { subject, ground = "申报材料不实", request = "请核实。", facts = "示例事实。" } = {}) {
    await heading(page, "您对哪一家有异议？");
    if (subject) await page.getByLabel(subject).check();
    await next(page);
    await page.getByLabel(ground).check();
    await page.getByLabel("您的请求").fill(request);
    await next(page);
    await page.getByLabel("事实经过").fill(facts);
    await next(page);
    await heading(page, "您是谁？");
}

export async function sayWho(page, { name = "示例市民", phone = "13800000000" } = {}) {
    await page.getByLabel("个人", { exact: true }).check();
    await page.getByLabel("姓名").fill(name);
    await page.getByLabel("证件号码").fill(NUMBER);
    await page.getByLabel("电话").fill(phone);
    await page.getByLabel(/^不同意/).check();
    await next(page);
}

export async function signObjection(page) {
    await heading(page, "核对一遍，然后签署");
    await page.locator(".statement").waitFor(PATIENCE);
    await page.getByLabel("我对所提交内容的真实性负责。").check();
    await page.getByRole("button", { name: "实名提交异议" }).click();
}

export async function readCode(page) {
    await page.getByText("材料已全部收到").waitFor(PATIENCE);
    return (await page.locator(".grid-nine li > span:first-child").allInnerTexts()).join("");
}

export async function followCase(page, base, code) {
    await page.goto(`${base}/status.html`);
    await page.getByLabel("查询码（27 位）").fill(code);
    await page.getByRole("button", { name: "查进度", exact: true }).click();
}
