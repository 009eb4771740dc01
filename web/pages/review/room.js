/**
 * room.js - what the officers' and the reviewers' pages of the review have in common: the scene as this
 * device has folded it from the log, one view to come home to, and acts that open over it.
 *
 * The service is asked only whether a document's bytes have arrived, and who has read them. The act that
 * is open stands in the address, so that a reload comes back to it.
 */
import office from "../../i18n/office.js";
import people from "../../i18n/people.js";
import report from "../../i18n/report.js";
import own from "../../i18n/review.js";
import { sitDown } from "../../ui/desk.js";
import { openPage } from "../../ui/frame.js";
import { t } from "../../ui/language.js";
import { sendOpenings } from "../../ui/openings.js";
import { signingView } from "../../ui/together.js";
import { cosigning } from "./cosigning.js";
import { readDocuments, readScene } from "./scene.js";

const EVERY = 3000;
const DOCUMENTS_EVERY = 5;

export class Room {
    /**
     * @param {object} of
     * @param {string} of.title key of the page's name
     * @param {Record<string, (room: Room, object: string) => Function | null>} of.acts what can be begun: a
     *   view, or null where its object is not there
     * @param {(room: Room) => Node[]} of.home
     * @param {(room: Room) => Function | null} of.bar a view for whoever has nothing to do here
     */
    constructor({ title, acts, home, bar }) {
        this.asked = new URLSearchParams(location.search);
        this.page = openPage({ title, width: "wide", table: { ...office, ...people, ...report, ...own } });
        Object.assign(this, { acts, home, bar, desk: null, scene: null, isHome: true, round: 0 });
    }

    reportOf(id) {
        return this.scene.reports.find((one) => one.id === id);
    }

    /** The view of a thing that is there. */
    found(thing, view) {
        return thing ? view(this, thing) : null;
    }

    remember(act, object) {
        const words = new URLSearchParams(location.search);
        ["act", "object"].forEach((name) => words.delete(name));
        if (act) words.set("act", act);
        if (object) words.set("object", object);
        history.replaceState(null, "", `${location.pathname}${words.size > 0 ? `?${words}` : ""}${location.hash}`);
    }

    /** What was begun is done: a reload comes home. */
    settle = () => this.remember();

    async readAll() {
        this.scene = readScene(this.desk.journal, this.asked.get("cycle"));
        await readDocuments(this.scene);
    }

    goHome = async () => {
        this.isHome = true;
        this.remember();
        this.page.show(() => this.home(this), true);
        await this.desk.look().then(() => this.readAll(), () => {});
        if (this.isHome) this.page.refresh();
    };

    open(view) {
        this.isHome = false;
        this.page.show(view, true);
    }

    start = (act, object) => {
        const view = this.acts[act]?.(this, object ?? "");
        if (!view) return this.goHome();
        this.remember(act, object);
        return this.open(view);
    };

    cosign = async (proposal) => {
        this.open(signingView(this.page, this.desk, await cosigning(this.desk, proposal, this.goHome)));
    };

    async follow() {
        try {
            const changed = await this.desk.look();
            this.round += 1;
            const before = documentsOf(this.scene);
            if (changed || this.round % DOCUMENTS_EVERY === 0) await this.readAll();
            if (this.isHome && (changed || documentsOf(this.scene) !== before)) this.page.refresh();
        } catch (error) {
            if (error.status === 401) return location.reload();
            if (error.entry !== undefined) return this.page.fail(error);
        }
        return setTimeout(() => this.follow(), EVERY);
    }

    async enter() {
        this.desk = await sitDown(this.page);
        await this.readAll();
        const barred = this.bar(this);
        if (barred) return this.page.show(barred, true);
        sendOpenings();
        const proposal = this.desk.proposals.find(({ id }) => id === this.asked.get("proposal"));
        if (proposal && !proposal.signed.includes(this.desk.person)) await this.cosign(proposal);
        else if (this.asked.get("act")) this.start(this.asked.get("act"), this.asked.get("object"));
        else this.goHome();
        return this.follow();
    }

    async sit() {
        try {
            await this.enter();
        } catch (error) {
            this.page.fail(error, { label: t("desk.enter"), press: () => location.assign("enter.html") });
        }
    }
}

const documentsOf = (scene) => JSON.stringify(scene.reports.map(({ document }) => document));
