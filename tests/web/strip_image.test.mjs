/* photographs lose what the camera wrote, and nothing else */
import assert from "node:assert/strict";
import test from "node:test";
import { concat, utf8 } from "../../web/lib/bytes.js";
import { stripImage } from "../../web/lib/strip_image.js";

const segment = (marker, ...content) => {
    const held = concat(...content.map((part) => (typeof part === "string" ? utf8(part) : Uint8Array.from(part))));
    return concat(Uint8Array.of(0xff, marker, (held.length + 2) >> 8, (held.length + 2) & 255), held);
};
const SOI = Uint8Array.of(0xff, 0xd8);
const EOI = Uint8Array.of(0xff, 0xd9);
const JFIF = segment(0xe0, "JFIF\0", [1, 1, 0]);
const EXIF = segment(0xe1, "Exif\0\0", "GPS 30.2N 120.1E");
const PROFILE = segment(0xe2, "ICC_PROFILE\0", [1, 1, 9]);
const SECOND = segment(0xe2, "MPF\0", [1]);
const ADOBE = segment(0xee, "Adobe", [0, 100]);
const TABLE = segment(0xdb, [0, 1, 2]);
const scan = (...bytes) => concat(segment(0xda, [1, 2, 3]), Uint8Array.from(bytes));
const PICTURE = concat(TABLE, scan(1, 0xff, 0x00, 2, 0xff, 0xd3, 3), segment(0xc4, [7]), scan(4, 5));

const chunk = (name, content) => {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, content.length);
    return concat(size, utf8(name), content, Uint8Array.of(1, 2, 3, 4));
};
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const IEND = chunk("IEND", new Uint8Array(0));

test("removes_place_and_time_and_keeps_every_pixel", () => {
    const { bytes, removed } = stripImage(concat(SOI, JFIF, EXIF, PROFILE, SECOND, ADOBE, segment(0xfe, "model"), PICTURE, EOI, utf8("trailer GPS")));
    assert.deepEqual(bytes, concat(SOI, JFIF, PROFILE, ADOBE, PICTURE, EOI));
    assert.deepEqual(removed, ["Exif", "MPF", "COM", "EOI"]);
});

test("removes_the_texts_of_a_png", () => {
    const data = chunk("IDAT", utf8("pixels"));
    const { bytes, removed } = stripImage(concat(PNG, chunk("tEXt", utf8("GPS")), data, chunk("eXIf", utf8("x")), chunk("tIME", new Uint8Array(7)), IEND, utf8("more")));
    assert.deepEqual(bytes, concat(PNG, data, IEND));
    assert.deepEqual(removed, ["tEXt", "eXIf", "tIME"]);
});

test("leaves_what_is_broken_or_no_image_alone", () => {
    const whole = concat(SOI, JFIF, PICTURE, EOI);
    for (const bad of [utf8("%PDF-1.7"), new Uint8Array(0), whole.slice(0, -2), whole.slice(0, 9), concat(SOI, Uint8Array.of(1, 2)),
        concat(PNG, chunk("IDAT", utf8("x"))), concat(PNG, chunk("IDAT", utf8("x")).slice(0, -5)), PNG]) {
        assert.equal(stripImage(bad), null);
    }
});
