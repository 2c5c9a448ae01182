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

/* In pieces; the 4 bytes at `held` come last. */
function waggleCopy(storage, from, to, held) {
    var n = storage.read(from).length, i, end;
    for (i = 0; i < n; i = end) {
        end = i + 512 < n ? i + 512 : n;
        if (held >= i && held < end) {
            end = held > i ? held : held + 4;
        }
        if (i !== held) {
            storage.write(to, storage.read(from, i, end - i), i, n);
        }
    }
    if (held >= 0) {
        storage.write(to, storage.read(from, held, 4), held, n);
    }
}

/* Copies a model to where the firmware's own recogniser reads it. That one runs whatever stands there and
   crashes on what is no model, and Storage cannot rename: it keeps a file's name before its content. So a
   power cut may leave (1) the old names and model, (2) no model, of which the firmware says so and goes on,
   (3) a model without its schema version, the 4 bytes at `held`, which are written last: the firmware reads
   them first, finds -1 and refuses it in words, or (4) the new one, whole. In (2) and (3) the next
   deployment, or "restore", puts a model there again. `held` < 0: the version was not found. */
function waggleInstall(storage, from, held, names) {
    storage.erase(".tfmodel");
    storage.write(".tfnames", names);
    waggleCopy(storage, from, ".tfmodel", held);
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
