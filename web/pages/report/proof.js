/**
 * proof.js - the state of a report computed again on this device from the statements and their signatures.
 */
export async function proveReport() {
    return null;
}
