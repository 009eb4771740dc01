/*
 * steps.js - the numbered verification steps V1 … V21 (docs/protocol.md section 10).
 *
 *   STEPS                       [{ step, zh, en }]
 *   stepOfType(type)            where a statement is counted when it holds
 *   stepOfRefusal(type, rule)   where a refusal belongs; type "" if the entry did not parse
 *
 * The twin of audit/verifier/step.c.
 */

export const STEPS = [
    { step: "V1", zh: "检查点的签名", en: "checkpoint" },
    { step: "V2", zh: "记录与检查点相符", en: "tree" },
    { step: "V3", zh: "记录只增不改", en: "growth" },
    { step: "V4", zh: "每一号都读得通", en: "entries" },
    { step: "V5", zh: "起点", en: "genesis" },
    { step: "V6", zh: "每个签名", en: "signatures" },
    { step: "V7", zh: "人员与角色", en: "people" },
    { step: "V8", zh: "年度与会议", en: "cycle and meeting" },
    { step: "V9", zh: "签到", en: "sign-ins" },
    { step: "V10", zh: "抽签与冻结", en: "draw and freeze" },
    { step: "V11", zh: "密钥仪式", en: "ceremony" },
    { step: "V12", zh: "表决清单", en: "manifest" },
    { step: "V13", zh: "每张票", en: "ballots" },
    { step: "V14", zh: "作废的标签与纸票", en: "burned tags" },
    { step: "V15", zh: "截止", en: "close" },
    { step: "V16", zh: "开票份额", en: "shares" },
    { step: "V17", zh: "票数", en: "counts" },
    { step: "V18", zh: "结果", en: "result" },
    { step: "V19", zh: "没有缺漏", en: "completeness" },
    { step: "V20", zh: "评审与报告", en: "reviews and reports" },
    { step: "V21", zh: "公示与异议", en: "notices and objections" },
];

/** @type {Record<string, string>} */
const TYPES = {
    "log.genesis": "V5",
    "meeting.signin": "V9",
    "draw.commit": "V10",
    "draw.reveal": "V10",
    "draw.record": "V10",
    "meeting.freeze": "V10",
    "election.open": "V12",
    ballot: "V13",
    "ballot.burn": "V14",
    "election.paper": "V14",
    "election.close": "V15",
    "election.cancel": "V15",
    "election.share": "V16",
    "election.result": "V18",
};

/** @type {[string, string][]} by the beginning of the type */
const FAMILIES = [
    ["person.", "V7"],
    ["role.", "V7"],
    ["cycle.", "V8"],
    ["meeting.", "V8"],
    ["trustee.", "V11"],
    ["organisation.", "V20"],
    ["qualification.", "V20"],
    ["secrecy.", "V20"],
    ["conflict.", "V20"],
    ["team.", "V20"],
    ["report.", "V20"],
    ["notice.", "V21"],
    ["lead.", "V21"],
    ["list.", "V21"],
    ["objection.", "V21"],
    ["case.", "V21"],
    ["identity.", "V21"],
];

/** Rules that decide by themselves, whatever entry they met. @type {[string, string][]} */
const RULES = [
    ["checkpoint.", "V1"],
    ["note.", "V1"],
    ["tree.", "V2"],
    ["tile.", "V2"],
    ["bundle.", "V2"],
    ["growth.", "V3"],
    ["entry.", "V4"],
    ["log.time", "V4"],
    ["statement.signers", "V6"],
    ["statement.signature", "V6"],
    ["signers.", "V6"],
    ["statement.", "V4"],
    ["genesis.", "V5"],
    ["tally.", "V17"],
];

/** @param {string} type */
export function stepOfType(type) {
    return TYPES[type] ?? FAMILIES.find(([start]) => type.startsWith(start))?.[1] ?? "V4";
}

/** @param {string} type @param {string} rule */
export function stepOfRefusal(type, rule) {
    return RULES.find(([start]) => rule.startsWith(start))?.[1] ?? stepOfType(type);
}
