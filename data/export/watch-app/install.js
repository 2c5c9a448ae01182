/* Waggle: writes the app and its model into a watch's Storage. SPDX-License-Identifier: 0BSD
   Send it to the watch, or paste it into its console, as one piece; it ends with "Waggle: all N files
   are there", and load() then shows the app in the launcher. */
var waggleStorage = require("Storage"), waggleBad = [];
function waggleCheck(name, crc) {
    var content = waggleStorage.read(name);
    if (content === undefined || E.CRC32(content) !== crc) {
        waggleBad.push(name);
    }
}
@WRITES@
print(waggleBad.length ? "Waggle: not stored: " + waggleBad.join(", ") + "; make room and send it again" : "Waggle: all @N_FILES@ files are there");
delete global.waggleStorage, delete global.waggleBad, delete global.waggleCheck;
