/* Waggle: keeps a model that somebody else put on the watch. SPDX-License-Identifier: 0BSD */

/* Copies what the firmware's own recogniser reads to `to`, unless it is there already, and then says so in
   `record`, which becomes the one in use: `text`, or where there is a record `base`, that one with `text` in
   the place of its last brace. -1; 0 where the copy is not what it should be, and then nothing changed. */
function waggleKeep(to, crc, record, base, text, former) {
    var storage = require("Storage"), whole;
    if (waggleCheck(storage, [[to, crc]]) >= 0) {
        storage.erase(to);
        waggleCopy(storage, ".tfmodel", to, -1);
        if (waggleCheck(storage, [[to, crc]]) >= 0) {
            storage.erase(to);
            return 0;
        }
    }
    if (base) {
        whole = storage.read(base);
        text = whole.substr(0, whole.length - 1) + text;
    }
    storage.write(record, text);
    waggleUse(storage, text, former);
    return -1;
}
