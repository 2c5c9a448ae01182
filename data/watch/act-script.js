/* Waggle: runs the JavaScript that was given for a gesture. SPDX-License-Identifier: 0BSD */

/* `action` is ["s", text]; it sees only what is global. */
function waggleScript(action) {
    new Function(action[1])();
}
