/**
 * blocks.js - where on a picture of a page something square and dense stands, as a QR code does.
 *
 *   findBlocks({ data, width, height }) → [{ x, y, width, height }], largest first; a margin around each
 *        data: grey levels, a byte each, of a small copy of the picture (about 480 across)
 *
 * The reader of codes wants one code in the picture; a signing page has several. At this size the
 * modules of a code melt into one grey block, with paper around it. Lines of text are long and thin.
 */
const REGIONS = 4;
const PAPER = 0.9;
const GREY = 0.84;
const GROW = 1;
const SIDE_MIN = 0.05;
const ASPECT_MAX = 1.8;
const MARGIN = 0.06;

/** How bright paper is there: light falls unevenly on a photographed page. */
function paperOf({ data, width, height }, left, top) {
    const [w, h] = [Math.ceil(width / REGIONS), Math.ceil(height / REGIONS)];
    const count = new Uint32Array(256);
    let total = 0;
    for (let y = top * h; y < Math.min(height, (top + 1) * h); y += 1) {
        for (let x = left * w; x < Math.min(width, (left + 1) * w); x += 1) {
            count[data[y * width + x]] += 1;
            total += 1;
        }
    }
    let level = 0;
    for (let seen = count[0]; level < 255 && seen < PAPER * total; seen += count[level]) level += 1;
    return level;
}

function inkOf(picture) {
    const { data, width, height } = picture;
    const regions = Array.from({ length: REGIONS * REGIONS }, (_, i) => paperOf(picture, i % REGIONS, Math.floor(i / REGIONS)));
    const [w, h] = [Math.ceil(width / REGIONS), Math.ceil(height / REGIONS)];
    return data.map((level, i) => {
        const region = Math.floor(Math.floor(i / width) / h) * REGIONS + Math.floor((i % width) / w);
        return level < GREY * regions[region] ? 1 : 0;
    });
}

/** Small gaps within a code close; the quiet zone between two does not. */
function grown(ink, width, height) {
    const out = new Uint8Array(ink.length);
    for (let y = GROW; y < height - GROW; y += 1) {
        for (let x = GROW; x < width - GROW; x += 1) {
            if (ink[y * width + x] === 0) continue;
            for (let dy = -GROW; dy <= GROW; dy += 1) out.fill(1, (y + dy) * width + x - GROW, (y + dy) * width + x + GROW + 1);
        }
    }
    return out;
}

/** Takes the connected ink at `start` out of the picture; its box. */
function takeBlock(ink, width, height, start) {
    const open = [start];
    const box = { left: width, right: 0, top: height, bottom: 0, ink: 0 };
    ink[start] = 0;
    while (open.length > 0) {
        const at = open.pop();
        const [x, y] = [at % width, Math.floor(at / width)];
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y);
        box.ink += 1;
        for (const next of [x > 0 && at - 1, x < width - 1 && at + 1, y > 0 && at - width, y < height - 1 && at + width]) {
            if (next === false || ink[next] === 0) continue;
            ink[next] = 0;
            open.push(next);
        }
    }
    return box;
}

function isSquare({ left, right, top, bottom, ink }, width, height) {
    const [w, h] = [right - left + 1, bottom - top + 1];
    const large = Math.min(w, h) >= SIDE_MIN * Math.max(width, height);
    return large && Math.max(w, h) / Math.min(w, h) <= ASPECT_MAX && ink >= 0.4 * w * h;
}

function withMargin({ left, right, top, bottom }, width, height) {
    const margin = Math.ceil(MARGIN * Math.max(right - left, bottom - top)) + GROW;
    const [x, y] = [Math.max(0, left - margin), Math.max(0, top - margin)];
    return { x, y, width: Math.min(width, right + margin) - x, height: Math.min(height, bottom + margin) - y };
}

export function findBlocks(picture) {
    const { width, height } = picture;
    const ink = grown(inkOf(picture), width, height);
    const boxes = [];
    for (let at = 0; at < ink.length; at += 1) {
        if (ink[at] === 1) boxes.push(takeBlock(ink, width, height, at));
    }
    return boxes.filter((box) => isSquare(box, width, height)).map((box) => withMargin(box, width, height))
        .sort((a, b) => b.width * b.height - a.width * a.height);
}
