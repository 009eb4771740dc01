/*
 * types.js - the table of statement types: twin of the rows in audit/record (docs/statements.md).
 *
 *   TYPES              [{ type, fields, signers, subject, article, logged }] in the order of the docs
 *   findType(name)     the row, or undefined
 *   ROLES              the words of the field 角色
 *
 * `signers` lists the ways to sign, each a list of who signs which line:
 *   officer, chair            anyone with the role
 *   named-chair               the chair that the text names
 *   meeting-chair, first-scrutineer, second-scrutineer    of the meeting it acts on
 *   member, person, trustee   the one the text names (trustee: by 序号)
 *   signatory                 the one a report.sign names; its rules know the capacity
 *   leader                    of the team it acts on
 *   enrolling                 that person, with the key in the text
 *   objector                  the key in the text, or that of the case it names
 *   keeper                    anyone who keeps identities
 *   founders, service, ring
 * `subject` says how the thing it acts on is found: meeting, ceremony, manifest, election, team,
 * report, "".
 */
import { BALLOT_ROW } from "./ballot.js";
import { CEREMONY_ROW } from "./ceremony.js";
import { ELECTION_ROW } from "./election.js";
import { any, one, optional, some } from "./kind.js";
import { NOTICE_TYPES } from "./types_notice.js";

/**
 * @typedef {import("./kind.js").Field} Field
 * @typedef {{ type: string, fields: Field[], signers: string[][], subject: string, article: string,
 *   logged: boolean }} Type
 */

export const ROLES = ["工作人员", "委员", "主持人", "监票人", "受托人", "评审员", "组织代表", "保管人"];

const ROLE_WORDS = { ...some("角色", "word"), words: ROLES };
const BY_OFFICERS = [["officer", "officer"]];
const BY_CHAIR = [["meeting-chair", "officer"]];
const BY_SCRUTINEERS = [["meeting-chair", "first-scrutineer", "second-scrutineer"]];
const BY_TRUSTEE = [["trustee"]];
const SCRUTINEERS = ["first-scrutineer", "second-scrutineer"];

/** @param {string} label @param {import("./kind.js").Kind} kind @param {number} min @param {number} max */
const between = (label, kind, min, max) => ({ label, kind, min, max });
/** @param {import("./kind.js").Field} field @param {string[]} words */
const among = (field, words) => ({ ...field, words });

/**
 * @param {string} type
 * @param {string} article
 * @param {string[][]} signers
 * @param {Field[]} fields
 * @param {string} [subject]
 * @returns {Type}
 */
function row(type, article, signers, fields, subject = "") {
    return { type, fields, signers, subject, article, logged: true };
}

/** @type {Type[]} */
const PEOPLE = [
    row("log.genesis", "第九条", [["founders"]], [
        one("记录公钥", "key"),
        one("服务公钥", "key"),
        one("规则文件", "hash"),
        between("工作人员", "line", 2, Infinity),
    ]),
    row("person.invite", "第九条", [["officer"]], [one("人员", "id"), one("姓名", "hidden")]),
    row("person.enrol", "第九条", [["enrolling"]], [
        one("人员", "id"),
        one("签名公钥", "key"),
        one("封存公钥", "key"),
    ]),
    row("person.confirm", "第九条", BY_OFFICERS, [
        one("人员", "id"),
        one("登记", "hash"),
        one("核对随机数", "bytes16"),
        ROLE_WORDS,
    ]),
    {
        ...row("session.open", "", [["person"]], [
            one("人员", "id"),
            one("随机数", "bytes16"),
            one("时间", "time"),
        ]),
        logged: false,
    },
    {
        ...row("acceptance", "", [["service"]], [one("文本", "hash"), one("入册不迟于", "time")]),
        logged: false,
    },
    {
        ...row("contact.set", "", [["person"]], [
            one("人员", "id"),
            one("邮箱", "text"),
            one("时间", "time"),
        ]),
        logged: false,
    },
    row("role.grant", "第九条", BY_OFFICERS, [one("人员", "id"), ROLE_WORDS]),
    row("role.end", "第九条", BY_OFFICERS, [one("人员", "id"), ROLE_WORDS, one("理由", "hidden")]),
    row("person.revoke", "第九条", BY_OFFICERS, [one("人员", "id"), one("理由", "hidden")]),
];

/** @type {Type[]} */
const CYCLES = [
    row("cycle.open", "第四条", [["chair", "officer"]], [
        one("周期", "id"),
        one("年度", "number"),
        one("规则文件", "hash"),
        one("细则文号", "text"),
        one("法定人数", "line"),
        one("加投上限", "number"),
        any("等次", "line"),
        any("限额", "line"),
        any("席位", "line"),
        any("通过", "line"),
        among(optional("换人后", "word"), ["保留", "重签"]),
    ]),
];

/** @type {Type[]} */
const REVIEWS = [
    row("organisation.register", "第十三条", BY_OFFICERS, [
        one("组织", "id"),
        one("名称", "text"),
        one("统一社会信用代码", "text"),
        one("代表", "id"),
    ]),
    row("organisation.delegate", "第十三条", BY_OFFICERS, [
        one("组织", "id"),
        one("代表", "id"),
        one("理由", "hidden"),
    ]),
    row("qualification.list", "第十七条", BY_OFFICERS, [one("周期", "id"), some("合格", "id")]),
    row("secrecy.undertake", "第二十九条", [["person"]], [
        one("周期", "id"),
        one("人员", "id"),
        one("承诺", "text"),
    ]),
    row("conflict.declare", "第十二条", [["person"]], [
        one("周期", "id"),
        one("人员", "id"),
        some("利益关系", "line"),
        optional("说明", "hidden"),
    ]),
    row("conflict.find", "第十二条", BY_OFFICERS, [
        one("周期", "id"),
        one("人员", "id"),
        one("组织", "id"),
        one("理由", "hidden"),
    ]),
    row("team.form", "第十一条", [["officer"]], [
        one("评审组", "id"),
        one("周期", "id"),
        one("组长", "id"),
        some("评审员", "id"),
        some("受评组织", "id"),
    ]),
    row("team.replace", "第十一条", BY_OFFICERS, [
        one("评审组", "id"),
        one("退出", "id"),
        one("接替", "id"),
        one("组长", "id"),
        one("理由", "hidden"),
    ], "team"),
];

const REPORT_VERSION = [one("报告", "id"), one("版本", "number")];

/** @type {Type[]} */
const REPORTS = [
    row("report.file", "第十八条、第十九条", [["leader"]], [
        ...REPORT_VERSION,
        among(one("种类", "word"), ["资料评审报告", "现场评审报告"]),
        one("评审组", "id"),
        some("受评组织", "id"),
        one("标题", "text"),
        one("文件", "hash"),
        one("大小", "number"),
        among(one("格式", "word"), ["PDF", "JPEG", "PNG", "TXT"]),
        some("须签", "line"),
        one("签署期限", "time"),
    ], "team"),
    row("report.sign", "第十八条、第十九条", [["signatory"]], [
        ...REPORT_VERSION,
        one("文件", "hash"),
        one("签署人", "id"),
        among(one("身份", "word"), ["组长", "评审员", "受评组织"]),
        among(one("意见", "word"), ["同意", "保留意见", "不同意"]),
        optional("理由", "hidden"),
        one("日志条数", "number"),
        one("日志根", "hash"),
        one("时间", "time"),
    ], "report"),
    row("report.void", "第十八条、第十九条", [["leader"], ["officer", "officer"]], [
        ...REPORT_VERSION,
        one("理由", "hidden"),
    ], "report"),
    row("report.refusal", "第十九条", [["leader", "officer"]], [
        ...REPORT_VERSION,
        one("文件", "hash"),
        one("组织", "id"),
        one("理由", "hidden"),
        optional("组织说明", "hidden"),
        one("时间", "time"),
    ], "report"),
];

/** @type {Type[]} */
const MEETINGS = [
    row("meeting.open", "第二十条", [["named-chair", "officer"]], [
        one("会议", "id"),
        one("周期", "id"),
        one("地点", "text"),
        one("召开时间", "time"),
        one("主持人", "id"),
        between("监票人", "id", 2, 2),
        between("应到", "id", 3, 600),
        one("法定人数", "number"),
        between("候选", "line", 1, 200),
    ]),
    row("meeting.signin", "第二十条", [["member"]], [
        one("会议", "id"),
        one("签到人", "id"),
        one("投票公钥", "point"),
        one("证明", "proof"),
        one("随机数", "bytes16"),
        one("日志条数", "number"),
        one("日志根", "hash"),
    ], "meeting"),
    row("meeting.recuse", "第二十条", [["member"], ["meeting-chair", "officer"]], [
        one("会议", "id"),
        one("人员", "id"),
        one("候选", "id"),
        one("理由", "hidden"),
    ], "meeting"),
    row("draw.commit", "第二十条", [["officer"]], [one("会议", "id"), one("承诺", "hash")], "meeting"),
    row("draw.reveal", "第二十条", [["officer"]], [one("会议", "id"), one("随机数", "bytes32")], "meeting"),
    row("draw.record", "第二十条", [SCRUTINEERS], [one("会议", "id"), one("抽签", "text")], "meeting"),
    row("meeting.freeze", "第二十条", BY_CHAIR, [
        one("会议", "id"),
        one("实到", "number"),
        one("应到", "number"),
        one("日志条数", "number"),
        one("日志根", "hash"),
    ], "meeting"),
    row("meeting.minutes", "第二十条", BY_SCRUTINEERS, [
        one("会议", "id"),
        any("清单", "hash"),
        one("纪要", "text"),
    ], "meeting"),
];

/** @type {Type[]} */
const TRUSTEES = [
    row("trustee.ceremony", "第二十条", [["chair", "officer"]], CEREMONY_ROW.fields),
    row("trustee.deal", "第二十条", BY_TRUSTEE, [
        one("密钥仪式", "hash"),
        one("序号", "number"),
        any("承诺", "point"),
        one("证明", "proof"),
        any("密封份额", "proof"),
    ], "ceremony"),
    row("trustee.confirm", "第二十条", BY_TRUSTEE, [
        one("密钥仪式", "hash"),
        one("序号", "number"),
        one("分发", "hash"),
        one("份额公钥", "point"),
    ], "ceremony"),
    row("trustee.rehearsal", "第二十条", BY_TRUSTEE, [
        one("密钥仪式", "hash"),
        one("序号", "number"),
        one("预演", "point"),
        one("证明", "proof"),
    ], "ceremony"),
    row("trustee.complain", "第二十条", BY_TRUSTEE, [
        one("密钥仪式", "hash"),
        one("序号", "number"),
        one("分发人", "number"),
    ], "ceremony"),
    row("trustee.publish", "第二十条", BY_TRUSTEE, [
        one("密钥仪式", "hash"),
        one("序号", "number"),
        one("投诉人", "number"),
        { ...one("份额明文", "proof"), size: 80 },
        one("临时私钥", "bytes32"),
    ], "ceremony"),
];

/** readBallot() has its own row, as there a tag that is no point is a step of its own. */
const BALLOT_FIELDS = BALLOT_ROW.fields.map((field) =>
    field.label === "标签" ? one("标签", "point") : field,
);

/** @type {Type[]} */
const ELECTIONS = [
    row("election.open", "第二十条", BY_CHAIR, ELECTION_ROW.fields, "manifest"),
    row("election.cancel", "第二十条", BY_CHAIR, [one("清单", "hash"), one("理由", "text")], "election"),
    row("ballot", "第二十条", [["ring"]], BALLOT_FIELDS, "election"),
    row("ballot.burn", "第二十条", [["member", ...SCRUTINEERS]], [
        one("清单", "hash"),
        one("人员", "id"),
        one("标签", "point"),
        one("证明", "proof"),
    ], "election"),
    row("election.close", "第二十条", BY_CHAIR, [
        one("清单", "hash"),
        one("选票数", "number"),
        one("日志条数", "number"),
        one("日志根", "hash"),
    ], "election"),
    row("election.paper", "第二十条", BY_SCRUTINEERS, [
        one("清单", "hash"),
        one("票数", "number"),
        any("得票", "line"),
    ], "election"),
    row("election.share", "第二十条", BY_TRUSTEE, [
        one("清单", "hash"),
        one("序号", "number"),
        one("合计", "hash"),
        any("份额", "point"),
        one("证明", "proof"),
    ], "election"),
    row("election.result", "第二十条", BY_SCRUTINEERS, [
        one("清单", "hash"),
        one("选票数", "number"),
        any("得票", "line"),
        any("入选", "line"),
        any("并列", "line"),
    ], "election"),
];

export const TYPES = [...PEOPLE, ...CYCLES, ...REVIEWS, ...REPORTS, ...NOTICE_TYPES, ...MEETINGS, ...TRUSTEES, ...ELECTIONS];

const BY_NAME = new Map(TYPES.map((type) => [type.type, type]));

/** @param {string} name */
export function findType(name) {
    return BY_NAME.get(name);
}

