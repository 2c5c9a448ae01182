/* Waggle: puts an uploaded model in the place of the one in use. SPDX-License-Identifier: 0BSD */

/* The first of [name, CRC-32] that Storage does not hold so, or -1. */
function waggleCheck(storage, files) {
    var content, i;
    for (i = 0; i < files.length; i++) {
        content = storage.read(files[i][0]);
        if (content === undefined || (E.CRC32(content) ^ files[i][1]) !== 0) {
            return i;
        }
    }
    return -1;
}

/* The last step: from here on the record's model is in use. Until this file is whole, waggleFind takes the
   newest record, and both the old and the new one are whole. */
function waggleUse(storage, text, former) {
    storage.write("waggle.json", "{\"former\":" + JSON.stringify(former) + "," + text.substr(1));
}

/* Writes the record and switches over, if all files are as they were sent; else says which is not. `moves`
   are [from, to] of files that have fixed names, `old` is what is needed no more. */
function waggleSwitch(files, moves, record, text, former, old, install) {
    var storage = require("Storage"), bad = waggleCheck(storage, files), i;
    if (bad >= 0) {
        return bad;
    }
    for (i = 0; i < moves.length; i++) {
        waggleCopy(storage, moves[i][0], moves[i][1], -1);
        storage.erase(moves[i][0]);
    }
    storage.write(record, text);
    if (install) {
        waggleInstall(storage, install[0], install[1], install[2]);
    }
    waggleUse(storage, text, former);
    for (i = 0; i < old.length; i++) {
        storage.erase(old[i]);
    }
    return -1;
}
