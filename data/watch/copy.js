/* Waggle: copies a file of Storage within one step. SPDX-License-Identifier: 0BSD */

/* The CRC-32 of what is then stored under `to`. */
function waggleCopy(from, to) {
    var storage = require("Storage"), n = storage.read(from).length, i;
    storage.erase(to);
    for (i = 0; i < n; i += 512) {
        storage.write(to, storage.read(from, i, 512), i, n);
    }
    return E.CRC32(storage.read(to));
}
