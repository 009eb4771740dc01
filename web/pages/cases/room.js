/**
 * room.js - what the pages of notices and of cases have in common: review/room.js with another scene.
 */
import words from "../../i18n/case.js";
import objection from "../../i18n/objection.js";
import { learn } from "../../ui/language.js";
import { signingView } from "../../ui/together.js";
import { cosigning } from "../review/cosigning.js";
import { Room } from "../review/room.js";
import { proposedCard } from "./hearing.js";
import { readNoticeScene } from "./scene.js";

learn(objection);
learn(words);

export class NoticeRoom extends Room {
    async readAll() {
        this.scene = readNoticeScene(this.desk.journal);
    }

    noticeOf(id) {
        return this.scene.notices.find((one) => one.id === id);
    }

    /** What the text names by its hash alone is read before it is signed. */
    cosign = async (proposal) => {
        const base = await cosigning(this.desk, proposal, this.goHome);
        this.open(signingView(this.page, this.desk, { ...base, checked: () => [base.checked(), proposedCard(this, proposal)] }));
    };

    caseOf(id) {
        return this.scene.cases.find((one) => one.id === id);
    }
}
