/*
 * sodium.js - the one door to libsodium: ready when this module is.
 *
 * vendor/ is made by web/vendor.mjs and is the same in browser and node.
 */
// @ts-ignore the vendored module comes without types
import sodium from "../vendor/libsodium-wrappers.mjs";

await sodium.ready;

/** @type {any} */
const ready = sodium;
export default ready;
