/**
 * index.js - the door: what this is, and where to go.
 */
import words from "../i18n/member.js";
import { card, el, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";

const OPEN_TO_ALL = [["index.notice", "notice.html"], ["index.status", "status.html"], ["index.result", "result.html"], ["index.reports", "reports.html"], ["index.report.check", "report-check.html"], ["index.verify", "verify.html"], ["index.log", "log.html"],
    ["index.check", "check.html"], ["index.wall", "wall.html"]];

const page = openPage({ title: "index.title", table: words });

page.show(() => [
    el("h1", {}, t("index.head")),
    el("p", {}, t("index.body")),
    link(t("index.enter"), "enter.html", "ink"),
    card([el("h2", {}, t("index.public")), OPEN_TO_ALL.map(([word, href]) => link(t(word), href, "quiet"))]),
    el("details", {}, el("summary", {}, t("why.link")), el("p", {}, t("why"))),
]);
