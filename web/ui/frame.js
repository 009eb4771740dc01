/**
 * frame.js - the page around the work: skip link, header with logo, 大字 and language, 文武线, main,
 * footer with the dark switch. Each page module calls openPage once:
 *
 *   const page = openPage({ title: "booth.title", width: "", who: null, table: words });
 *   page.show(view)        view() returns nodes; it is called again when the language changes, so it
 *                          must read the model and not keep things in the DOM
 *   page.show(view, true)  the same, and moves the focus to the new heading or banner
 *   page.refresh()         calls the present view again
 *   page.title(word)       document.title = "<word> · 西泠"; a state banner's word goes first
 *   page.fail(error)       shows a refusal in three parts (see refusal.js)
 *
 * title: key of what this page is; width: "" (640) | "text" (760) | "wide" (1280); who: text at right.
 */
import { el, fill } from "./dom.js";
import { logo } from "./icon.js";
import { language, learn, onLanguage, speak, t } from "./language.js";
import { refusal } from "./refusal.js";

const LARGE = "xiling.large";
const THEME = "xiling.theme";
const root = document.documentElement;

function recall(key) {
    try {
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

function remember(key, value) {
    try {
        localStorage.setItem(key, value);
    } catch {
        // a private window forgets; the page still obeys
    }
}

function wearLarge(on) {
    root.toggleAttribute("data-large", on);
    remember(LARGE, on ? "1" : "0");
}

function wearTheme(theme) {
    root.setAttribute("data-theme", theme);
    remember(THEME, theme);
}

function isDark() {
    const chosen = root.getAttribute("data-theme");
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function header(setup, redraw) {
    const large = el("button", { type: "button", class: "tool", "aria-pressed": String(root.hasAttribute("data-large")),
        onclick: () => { wearLarge(!root.hasAttribute("data-large")); redraw(); } }, t("head.large"));
    const other = language() === "zh" ? "en" : "zh";
    const tongue = el("button", { type: "button", class: "tool", lang: other, onclick: () => speak(other),
        "aria-label": t("head.language") }, other === "en" ? "EN" : "中文");
    return el("header", { class: "head" },
        el("div", { class: "head-row" }, logo(),
            el("div", { class: "head-name" }, el("b", {}, t("name")), el("span", {}, t(setup.title))),
            setup.who && el("span", { class: "head-who" }, setup.who), large, tongue),
        el("div", { class: "rule", "aria-hidden": "true" }));
}

function footer(redraw) {
    const dark = isDark();
    return el("footer", { class: "foot" }, el("p", {}, t("foot.words")),
        el("button", { type: "button", class: "tool", onclick: () => { wearTheme(dark ? "light" : "dark"); redraw(); } },
            t(dark ? "foot.light" : "foot.dark")));
}

export function openPage(setup) {
    if (setup.table) learn(setup.table);
    if (recall(LARGE) === "1") root.setAttribute("data-large", "");
    if (recall(THEME)) root.setAttribute("data-theme", recall(THEME));
    const main = el("main", { id: "main", class: `main ${setup.width ?? ""}`.trim(), tabindex: "-1" });
    const top = el("div", {});
    const bottom = el("div", {});
    const skip = el("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); main.focus(); } });
    let view = () => [];
    let word = "";

    const page = { main, setup, show, refresh, title, fail };
    document.body.append(skip, top, main, bottom);
    onLanguage(refresh);
    redrawFrame();
    return page;

    function redrawFrame() {
        root.lang = language() === "en" ? "en" : "zh-CN";
        fill(skip, t("head.skip"));
        fill(top, header(setup, redrawFrame));
        fill(bottom, footer(redrawFrame));
        document.title = `${word || t(setup.title)} · ${t("name")}`;
    }
    function refresh() {
        redrawFrame();
        fill(main, view());
    }
    function show(next, move = false) {
        view = next;
        word = "";
        fill(main, view());
        document.title = `${word || t(setup.title)} · ${t("name")}`;
        if (!move) return;
        window.scrollTo(0, 0);
        const first = main.querySelector("[data-focus], h1") ?? main;
        first.setAttribute("tabindex", "-1");
        first.focus({ preventScroll: true });
    }
    function title(text) {
        word = text;
        document.title = `${word} · ${t("name")}`;
    }
    function fail(error, action) {
        show(() => [el("h1", {}, t(setup.title)), refusal(error, action)], true);
    }
}
