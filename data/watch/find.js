/* Waggle: finds the deployment in use. SPDX-License-Identifier: 0BSD */

/* The record of the model in use: what waggle.json says, or where a power cut spoilt that file, the newest
   of the records, each of which is whole only when its model is. Nothing is deployed: null. */
function waggleFind(storage) {
    var found = storage.readJSON("waggle.json", 1), slot, record;
    if (found && found.record) {
        return found;
    }
    found = null;
    for (slot = 0; slot < 3; slot++) {
        record = storage.readJSON("waggle.rr" + slot + slot, 1);
        if (record && record.record && (!found || record.number > found.number)) {
            found = record;
        }
    }
    return found;
}
