/* Waggle: changes when the model in use answers. SPDX-License-Identifier: 0BSD */

/* The record anew, and then waggle.json: one of the two is whole at any time. `threshold` counts for every gesture;
   `debounce` is [answers, ms]: an app that was deployed without one has no program for it and keeps to that.
   1; 0 where no app of ours is in use. */
function waggleAdjust(threshold, debounce) {
    var storage = require("Storage"), record = waggleFind(storage), former, text;
    if (!record || !record.code) {
        return 0;
    }
    former = record.former || null;
    delete record.former;
    delete record.thresholds;
    record.threshold = threshold;
    if (record.debounce && debounce) {
        record.debounce = debounce;
    }
    text = JSON.stringify(record);
    storage.write(record.record, text);
    storage.write("waggle.json", "{\"former\":" + JSON.stringify(former) + "," + text.substr(1));
    return record.debounce ? 2 : 1;
}
