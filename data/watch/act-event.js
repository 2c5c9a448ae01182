/* Waggle: tells other programs of a gesture. SPDX-License-Identifier: 0BSD */

function waggleEvent(action, gesture, p) {
    Bangle.emit("waggle", {gesture: gesture, p: p});
}
