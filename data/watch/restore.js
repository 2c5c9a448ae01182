/* Waggle: puts the model before the one in use back. SPDX-License-Identifier: 0BSD */

/* Puts the record `former` back in the place of `now`, if its files are whole. */
function waggleRestore(files, former, now, install) {
    var storage = require("Storage"), bad = waggleCheck(storage, files);
    if (bad >= 0) {
        return bad;
    }
    if (install) {
        waggleInstall(storage, install[0], install[1], install[2]);
    }
    waggleUse(storage, storage.read(former), now);
    return -1;
}
