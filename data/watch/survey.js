/* Waggle: says what a watch carries and how much room it has. SPDX-License-Identifier: 0BSD */

/* Of each of these files [length, CRC-32], or 0 where there is none. Names that begin with a dot are whole,
   the others come after "waggle.". */
function waggleSums(storage, files) {
    var sums = [], content, i;
    for (i = 0; i < files.length; i++) {
        content = storage.read((files[i].charAt(0) === "." ? "" : "waggle.") + files[i]);
        sums.push(content === undefined ? 0 : [content.length, E.CRC32(content)]);
    }
    return sums;
}

/* `now` and `former` are records or null, `room` bytes: free in Storage, there after compaction (-1: not
   known), free in memory. */
function waggleSurvey(files) {
    var storage = require("Storage"), now = waggleFind(storage), memory = process.memory(), former = null;
    if (now && now.former) {
        former = storage.readJSON(now.former, 1) || null;
    }
    return {now: now, former: former, sums: waggleSums(storage, files), room: [
        storage.getFree(), storage.getStats ? storage.getStats().trashBytes : -1,
        memory.free * (memory.blocksize || 16)]};
}
