/**
 * icon.js - the icon set of visual.md 3, and nothing more, and the logo.
 *
 *   icon("check")            24 grid, strokes in the text's colour; stands beside a word
 *   icon("check", "text")    in the size of the text around it
 *   logo()                   the square seal 西泠
 */
const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
    check: "M4 12.5L9.5 18L20 6.5",
    ring: "M12 3A9 9 0 1 0 12 21A9 9 0 1 0 12 3Z",
    half: "M12 3A9 9 0 1 0 12 21A9 9 0 1 0 12 3Z",
    "ring-check": "M12 2.5A9.5 9.5 0 1 0 12 21.5A9.5 9.5 0 1 0 12 2.5ZM7.5 12.5L10.8 15.8L16.8 8.8",
    stop: "M5 5L19 19M19 5L5 19",
    warn: "M12 3.5L22 20.5H2ZM12 10V14.5M12 17V18",
    clock: "M12 3A9 9 0 1 0 12 21A9 9 0 1 0 12 3ZM12 7V12L15.5 14",
    lock: "M5 11H19V21H5ZM8 11V7.5A4 4 0 0 1 16 7.5V11",
    file: "M5 3H14L19 8V21H5ZM14 3V8H19",
    scan: "M4 8V4H8M16 4H20V8M20 16V20H16M8 20H4V16M4 12H20",
    pen: "M4 20L5 15.5L16.5 4L20 7.5L8.5 19ZM13.5 7L17 10.5",
    print: "M7 8V3H17V8M7 17H4V8H20V17H17M7 14H17V21H7Z",
    save: "M12 3V15M6.5 10L12 15.5L17.5 10M4 20.5H20",
    eye: "M2 12C5 7 8.5 5 12 5C15.5 5 19 7 22 12C19 17 15.5 19 12 19C8.5 19 5 17 2 12ZM12 9A3 3 0 1 0 12 15A3 3 0 1 0 12 9Z",
    person: "M12 3.5A4 4 0 1 0 12 11.5A4 4 0 1 0 12 3.5ZM4 21C4 16.5 7.5 14.5 12 14.5C16.5 14.5 20 16.5 20 21",
    chain: "M3 8H10V16H3ZM14 8H21V16H14ZM10 12H14",
    arrow: "M4 12H19M13 6L19 12L13 18",
    chevron: "M5 9L12 16L19 9",
    minus: "M5 12H19",
};
const SOLID = { half: "M12 3A9 9 0 0 1 12 21Z" };

const LOGO = [
    "M9 9.5H55M13 16H51V29H13ZM26 9.5V16C26 21 24 23 19.5 24M38 9.5V20.5Q38 23 40.5 23H45.5",
    "M10 36.5L14.5 39M9 44.5L13.5 47M9.5 57L15.5 51M38.5 35.5C34.5 40 29 43 22.5 45.5" +
        "M38.5 35.5C42.5 40 48 43 54.5 45.5M33 46H44M26 51.5H49C47.5 53.5 45.5 55 43 56M33.5 55.5L42.5 59",
];

function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
}

export function icon(name, size = "") {
    const drawn = shape("svg", { class: `icon ${size}`.trim(), viewBox: "0 0 24 24", "aria-hidden": "true" });
    drawn.append(shape("path", { d: STROKES[name] }));
    if (SOLID[name]) drawn.append(shape("path", { class: "solid", d: SOLID[name] }));
    return drawn;
}

export function logo() {
    const drawn = shape("svg", { class: "logo", viewBox: "0 0 64 64", "aria-hidden": "true" });
    drawn.append(shape("rect", { class: "ground", x: 1, y: 1, width: 62, height: 62, rx: 5 }));
    for (const d of LOGO) drawn.append(shape("path", { class: "strokes", d }));
    return drawn;
}
