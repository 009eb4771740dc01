/*
 * types_notice.js - the rows of notices, leads, lists, objections and cases (types.js).
 *
 * The twin of the rows in audit/record: notice_rules.c, notice.c, extension.c, list.c, lead.c, objection.c,
 * delivery.c, case.c, identity.c, hearing.c and answer.c.
 */
import { any, one, optional, some } from "./kind.js";

/** @typedef {import("./types.js").Type} Type */

/** @param {string} label @param {string[]} words */
const word = (label, words) => ({ ...one(label, "word"), words });

/**
 * @param {string} type
 * @param {string} article
 * @param {string[]} signers the one way to sign
 * @param {import("./kind.js").Field[]} fields
 * @returns {Type}
 */
function row(type, article, signers, fields) {
    return { type, fields, signers: [signers], subject: "", article, logged: type !== "status.ask" };
}

/** @type {Type[]} */
export const NOTICE_TYPES = [
    row("notice.rules", "第九条", ["chair", "officer"], [
        one("周期", "id"),
        one("细则文号", "text"),
        one("公示天数", "number"),
        one("受理工作日", "number"),
        one("调查工作日", "number"),
        one("答复工作日", "number"),
        one("补正工作日", "number"),
        one("材料时限", "number"),
        one("身份保存天数", "number"),
        any("放假", "text"),
        any("调休上班", "text"),
    ]),
    row("notice.open", "第二十一条", ["officer", "officer"], [
        one("公示", "id"),
        one("周期", "id"),
        some("清单", "hash"),
        some("名单", "line"),
        some("承办人", "id"),
        { label: "保管人", kind: "id", min: 2, max: 3 },
        one("开始", "time"),
        one("结束", "time"),
    ]),
    row("notice.publish", "第二十一条", ["officer"], [
        one("公示", "id"),
        one("媒体", "text"),
        one("网址", "text"),
        one("内容", "hash"),
        one("所见时间", "time"),
    ]),
    row("notice.extend", "第二十一条", ["chair", "officer"], [
        one("公示", "id"),
        one("天数", "number"),
        one("决议", "text"),
        one("结束", "time"),
    ]),
    row("list.remove", "第二十一条", ["officer", "officer"], [
        one("公示", "id"),
        one("组织", "id"),
        one("案件", "hidden"),
        one("理由", "hidden"),
    ]),
    row("list.settle", "第二十二条", ["chair", "officer"], [
        one("公示", "id"),
        any("名单", "line"),
    ]),
    row("lead.enter", "第二十一条", ["officer"], [
        one("线索", "id"),
        one("公示", "id"),
        word("来源", ["电话", "纸面", "匿名", "网络"]),
        one("内容", "hidden"),
    ]),
    row("lead.dispose", "第二十一条", ["officer", "officer"], [
        one("线索", "id"),
        word("处置", ["转为异议", "转投诉举报", "核查后存档", "不予处理"]),
        one("理由", "hidden"),
    ]),
    row("objection.file", "第二十一条", ["objector"], [
        one("公示", "id"),
        one("对象", "hidden"),
        one("签名公钥", "key"),
        one("封存公钥", "key"),
        some("部分", "line"),
        one("时间", "time"),
    ]),
    row("objection.supplement", "第二十一条", ["objector"], [
        one("案件", "hash"),
        some("部分", "line"),
        one("时间", "time"),
    ]),
    row("objection.withdraw", "第二十一条", ["objector"], [
        one("案件", "hash"),
        optional("理由", "hidden"),
        one("时间", "time"),
    ]),
    row("status.ask", "", ["objector"], [
        one("签名公钥", "key"),
        one("时间", "time"),
    ]),
    row("objection.receive", "第二十一条", ["service"], [
        one("案件", "hash"),
        one("文本", "hash"),
    ]),
    row("objection.lapse", "第二十一条", ["service"], [
        one("案件", "hash"),
        one("文本", "hash"),
    ]),
    row("case.declare", "第二十一条", ["person"], [
        one("案件", "hash"),
        one("人员", "id"),
        word("利益关系", ["无", "有"]),
    ]),
    row("case.assign", "第二十一条", ["officer"], [
        one("案件", "hash"),
        one("承办人", "id"),
    ]),
    row("case.join", "第二十一条", ["officer"], [
        one("案件", "hash"),
        one("并入", "hash"),
    ]),
    row("case.verify", "第二十一条", ["officer"], [
        one("案件", "hash"),
        word("核验", ["已联系", "窗口核验", "统一认证"]),
    ]),
    row("identity.open", "第二十一条", ["keeper", "keeper"], [
        one("案件", "hash"),
        one("交给", "id"),
        one("理由", "hidden"),
    ]),
    row("identity.erase", "第二十一条", ["officer", "officer"], [
        one("案件", "hash"),
    ]),
    row("case.summary", "第二十一条", ["officer", "officer"], [
        one("案件", "hash"),
        one("摘要", "hash"),
        one("大小", "number"),
        one("陈述公钥", "key"),
        one("陈述期限", "time"),
    ]),
    row("case.reply", "第二十一条", ["respondent"], [
        one("案件", "hash"),
        one("陈述", "hash"),
        one("大小", "number"),
        one("时间", "time"),
    ]),
    row("case.report", "第二十一条", ["officer", "officer"], [
        one("案件", "hash"),
        word("结论", ["成立", "部分成立", "不成立"]),
        one("文件", "hash"),
        one("大小", "number"),
    ]),
    row("objection.answer", "第二十一条", ["officer"], [
        one("案件", "hash"),
        word("状态", ["受理", "不予受理", "补正", "调查中", "延期", "成立", "部分成立", "不成立"]),
        one("依据", "text"),
        one("答复", "hash"),
        one("大小", "number"),
    ]),
];
