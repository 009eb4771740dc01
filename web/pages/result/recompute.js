/**
 * recompute.js - the result once more, from the ballots and shares of the log.
 *
 *   recomputeResult(election, appointed, entries) → proven { ballots, shares }; refuses by result.differs
 *        and by what lib/ refuses. entries: from election.open to election.result, already compared
 *        with the log. Ballots' own proofs are the verify page's; here sums, shares and seats are.
 */
import { readBallot } from "../../lib/ballot.js";
import { equal } from "../../lib/bytes.js";
import { parseEntry } from "../../lib/entry.js";
import { decideOutcome, outcomeFields, questionOf } from "../../lib/outcome.js";
import { must } from "../../lib/refusal.js";
import { bytes, number, parseStatement, points, values } from "../../lib/statement.js";
import { addBallot, checkTally, combineAll, decode, newTally, sumsHash } from "../../lib/tally.js";
import { checkShare } from "../../lib/trustee.js";
import { proven } from "../../ui/state.js";

function sumBallots(election, notes) {
    return notes.reduce((tally, note) => addBallot(tally, readBallot(election, note).ciphertexts), newTally(election.candidates.length));
}

function readShare(election, subject, statement) {
    const index = number(statement, "序号");
    const share = { D: points(statement, "份额"), proof: bytes(statement, "证明") };
    must(equal(bytes(statement, "合计"), subject.sumsHash), "share.sums");
    checkShare(subject, index, election.trustees.find((trustee) => trustee.index === index).X, share);
    return { index, D: share.D };
}

/** What a runoff settled cannot be seen here; a tie stays a tie until its own result. */
function fieldsOf(election, appointed, counts) {
    return outcomeFields(election, counts, decideOutcome(questionOf(election, appointed, counts)));
}

export async function recomputeResult(election, appointed, entries) {
    const statements = entries.map(({ entry }) => parseStatement(parseEntry(entry).note));
    const mine = statements.filter(({ fields }) => fields.some(({ label, value }) => label === "清单" && value === btoa(String.fromCharCode(...election.M))));
    const tally = sumBallots(election, mine.filter(({ type }) => type === "ballot").map(({ note }) => note));
    checkTally(tally);
    const subject = { M: election.M, sumsHash: sumsHash(election.M, tally), alphas: tally.alphas };
    const shares = mine.filter(({ type }) => type === "election.share").map((one) => readShare(election, subject, one));
    const totals = combineAll(tally, shares, election.t);
    const counts = decode(election.grades.map(({ weight }) => weight), tally.ballots, totals);
    const published = mine.find(({ type }) => type === "election.result");
    for (const label of ["得票", "入选", "并列"]) {
        const own = fieldsOf(election, appointed, counts).filter(([name]) => name === label).map(([, text]) => text);
        must(own.join("\n") === values(published, label).join("\n"), "result.differs", label);
    }
    must(number(published, "选票数") === tally.ballots, "result.differs", "选票数");
    return proven({ ballots: tally.ballots, shares: shares.length });
}
