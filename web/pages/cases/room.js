/**
 * room.js - what the pages of notices and of cases have in common: review/room.js with another scene.
 */
import words from "../../i18n/case.js";
import objection from "../../i18n/objection.js";
import { learn } from "../../ui/language.js";
import { Room } from "../review/room.js";
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

    caseOf(id) {
        return this.scene.cases.find((one) => one.id === id);
    }
}
