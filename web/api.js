/**
 * api.js - one function for each route of docs/api.md. A refusal comes as a Problem: an Error with
 * status, rule, field, at, what, basis, do (each {zh, en}) and retryAfter (seconds); a broken
 * connection as a Problem with `lost: true`. What an address sends too often passes by a little work,
 * without anybody noticing but the clock; `patience` is that of ui/patience.js.
 *
 * Ballots, receipts and everything public go without cookies; only the second half needs a session.
 */
import { insist } from "./ui/patience.js";
import { explain } from "./ui/refusal.js";
import { keepTime } from "./ui/time.js";

export class Problem extends Error {
    constructor(status, body, retryAfter) {
        super(body.rule ?? body.title ?? `HTTP ${status}`);
        Object.assign(this, body, { status, retryAfter: body.retry_after ?? retryAfter });
    }
}

function lost(cause) {
    return Object.assign(explain("refuse.net"), { lost: true, status: 0, cause });
}

let home = "";

/** From now on the service at this address is asked ("https://host"); without it, the page's own. */
export function askService(address) {
    home = address;
}

async function send(path, options = {}) {
    let response;
    try {
        response = await fetch(home + path, { credentials: "omit", cache: "no-store", ...options });
    } catch (cause) {
        throw lost(cause);
    }
    const date = response.headers.get("Date");
    if (date) keepTime(date);
    if (response.ok) return response;
    const body = await response.json().catch(() => ({}));
    throw new Problem(response.status, body, Number(response.headers.get("Retry-After")) || undefined);
}

/** The whole body; a body cut off by the network is a lost connection too. */
async function bodyOf(response) {
    try {
        return await response.text();
    } catch (cause) {
        throw lost(cause);
    }
}

const readText = async (path, options) => bodyOf(await send(path, options));
const readJson = async (path, options) => JSON.parse(await readText(path, options));
const WITH_SESSION = { credentials: "same-origin" };
const json = (value) => ({ method: "POST", body: JSON.stringify(value), headers: { "Content-Type": "application/json" } });
const plain = (value, headers = {}) => ({ method: "POST", body: value, headers: { "Content-Type": "text/plain; charset=utf-8", ...headers } });
const part = encodeURIComponent;

/** A signed note: its address may be over its rate. */
const sendNote = (path, note, { headers = {}, patience, ...options } = {}) => insist((more) => send(path, { ...plain(note, { ...headers, ...more }), ...options }), note, patience);

/* Writing */

/** @returns {Promise<{receipt?: string, acceptance?: string}>} */
export async function postEntry(note, { invitation, ...patience } = {}) {
    const response = await sendNote("/api/entries", note, { headers: invitation ? { "X-Invitation": invitation } : {}, patience });
    const body = await bodyOf(response);
    return response.status === 202 ? { acceptance: body } : { receipt: body };
}

/** @returns {Promise<{receipt?: string, id?: string, missing?: string[]}>} */
export async function postProposal(note) {
    const response = await sendNote("/api/proposals", note);
    const body = await bodyOf(response);
    return response.status === 201 ? JSON.parse(body) : { receipt: body };
}

export const postInvitation = (invitation) => readJson("/api/invitations", { ...json(invitation), ...WITH_SESSION });
export const postOpening = (opening) => send("/api/openings", json(opening));

/* Reading, public */

export const readServicePin = () => readJson("/api/pin");
export const readOverview = () => readJson("/api/overview");
export const readMeeting = (id) => readJson(`/api/meetings/${part(id)}`);
export const readElection = (id) => readJson(`/api/elections/${part(id)}`);
export const readCeremony = (id) => readJson(`/api/ceremonies/${part(id)}`);
export const readReview = (cycle) => readJson(`/api/reviews/${part(cycle)}`);
export const readTeam = (id) => readJson(`/api/teams/${part(id)}`);
export const readEntry = (index) => readText(`/api/entries/${index}`);

/** @returns {Promise<{entry: string, index: number}>} */
export async function readLogged(hash) {
    const response = await send(`/api/texts/${hash}`);
    return { entry: await bodyOf(response), index: Number(response.headers.get("X-Log-Index")) };
}

/** @returns {Promise<{receipt?: string, acceptance?: string}>} a Problem with status 404 if unknown */
export async function readReceipt(hash) {
    const response = await send(`/api/receipts/${hash}`);
    const body = await bodyOf(response);
    return response.status === 202 ? { acceptance: body } : { receipt: body };
}

export const readCheckpoint = () => readText("/log/checkpoint");
export const readLogKey = () => readText("/log/vkey");

/** @returns {Promise<Uint8Array>} a tile, by its path below /log/tile/ */
export async function readTile(path) {
    const response = await send(`/log/tile/${path}`, { cache: "default" });
    return new Uint8Array(await response.arrayBuffer());
}

/** @returns {Promise<Uint8Array>} a file of the pages themselves, as the service sends it */
export async function readPageFile(path) {
    const response = await send(path, { cache: "default" });
    return new Uint8Array(await response.arrayBuffer());
}

export const qrImage = (content) => `/qr.png?text=${part(content)}`;

/* Documents; `upload` is the token under which this device sends its pieces */

/** @returns {Promise<{size: number, received: number, complete: boolean}>} */
export const readDocumentState = (hash, upload) => readJson(`/api/documents/${hash}/state`, { headers: { "X-Upload": upload } });

/** One piece of a document, [from, from + piece.size) of `size` bytes. @returns the state afterwards */
export const putDocument = (hash, upload, piece, from, size) => readJson(`/api/documents/${hash}`, { method: "PUT", body: piece,
    headers: { "X-Upload": upload, "Content-Type": "application/octet-stream", "Content-Range": `bytes ${from}-${from + piece.size - 1}/${size}` } });

export const readDocumentReads = (hash) => readJson(`/api/documents/${hash}/reads`, WITH_SESSION);

/* Reports: public but for the document, which needs a session */

const numbered = (version) => (version ? `?version=${version}` : "");

export const readOrganisations = () => readJson("/api/organisations");
export const readReports = () => readJson("/api/reports");
export const readReport = (id, version) => readJson(`/api/reports/${part(id)}${numbered(version)}`);
export const readEvidence = (id, version) => readText(`/api/reports/${part(id)}/evidence${numbered(version)}`);
/** The same as texts of QR codes, one a line. */
export const readEvidenceParts = (id, version) => readJson(`/api/reports/${part(id)}/evidence/parts${numbered(version)}`).then(({ parts }) => parts.join("\n"));
/** The address of something that belongs to a report: "signing-page.pdf", "bundle.tar", "deadline.ics" … */
export const reportAddress = (id, name, version) => `/api/reports/${part(id)}/${name}${numbered(version)}`;
export const documentAddress = (hash) => `/api/documents/${hash}`;

/**
 * Streams a document into `bytes`; tell(from, to) after each piece. Returns how many bytes came: more or
 * fewer than fit if it is another file.
 */
export async function readDocument(hash, bytes, tell) {
    const response = await send(documentAddress(hash), WITH_SESSION);
    const reader = response.body.getReader();
    for (let at = 0; ;) {
        const { done, value } = await reader.read().catch((cause) => { throw lost(cause); });
        if (done) return at;
        const to = at + value.length;
        if (to > bytes.length) {
            await reader.cancel();
            return to;
        }
        bytes.set(value, at);
        tell(at, to);
        at = to;
    }
}

/* Notices and objections */

export const readNotices = () => readJson("/api/notices");
export const readNotice = (id) => readJson(`/api/notices/${part(id)}`);
/** What everybody may know of one, by its serial. */
export const readObjection = (serial) => readJson(`/api/objections/${part(serial)}`);
/** The objector's own view; `note` is a signed status.ask. */
export const askStatus = (note, patience) => sendNote("/api/status", note, { patience }).then(bodyOf).then(JSON.parse);

/** @returns {Promise<Uint8Array>} a sealed answer */
export async function askAnswer(hash, note) {
    const response = await sendNote(`/api/status/${hash}`, note);
    return new Uint8Array(await response.arrayBuffer().catch((cause) => { throw lost(cause); }));
}

/* Reading, with a session */

export const readChallenge = () => readJson("/api/challenge");
export const openSession = (note) => sendNote("/api/sessions", note, WITH_SESSION).then(bodyOf).then(JSON.parse);
export const closeSession = () => send("/api/sessions", { method: "DELETE", ...WITH_SESSION });
/** The shares of a sealed identity that keepers have handed to this person. */
export const readShares = (hash) => readJson(`/api/shares/${hash}`, WITH_SESSION);
export const postShare = (share) => send("/api/shares", { ...json(share), ...WITH_SESSION });
/** Of cases about the organisation that one represents: sealed to one's own key. */
export const readSummaries = () => readJson("/api/summaries", WITH_SESSION);
export const readMe = () => readJson("/api/me", WITH_SESSION);
export const readPeople = () => readJson("/api/people", WITH_SESSION);
export const readOpenings = () => readJson("/api/openings", WITH_SESSION);
export const postContact = (note) => sendNote("/api/contacts", note, WITH_SESSION);
export const readProposals = () => readJson("/api/proposals", WITH_SESSION);
