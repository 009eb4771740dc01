/*
 * pause.js - lets others run while something long is computed.
 *
 *   timeSlices(milliseconds) -> pause()   an async function that returns at once until the slice is
 *                                         used up, then lets the page handle its events
 *
 * For foldEntryAsync, checkBallotAsync and verifyLog. No timer is used: those are slowed down in
 * pages that nobody looks at.
 */

/** @returns {Promise<void>} after the events that wait */
function nextTask() {
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            port1.close();
            resolve();
        };
        port2.postMessage(null);
    });
}

/** @param {number} [milliseconds] */
export function timeSlices(milliseconds = 12) {
    let start = performance.now();
    return async () => {
        if (performance.now() - start >= milliseconds) {
            await nextTask();
            start = performance.now();
        }
    };
}
