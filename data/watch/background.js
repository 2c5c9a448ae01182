/* Waggle: recognises while the clock is shown, where the deployment asks for it. SPDX-License-Identifier: 0BSD */
(function () {
    function begin() {
        var storage = require("Storage"), record, code;
        if (!Bangle.CLOCK || global.WaggleApp || storage.read("waggle.off") !== undefined) {
            return;
        }
        record = waggleFind(storage);
        code = record && record.background && record.code ? storage.read(record.code) : undefined;
        if (code !== undefined) {
            global.WaggleApp = eval(code).start(record, false, true);
        }
    }
    /* when the clock has drawn itself; an app that is started instead takes this away with all else */
    setTimeout(begin, 3000);
})();
