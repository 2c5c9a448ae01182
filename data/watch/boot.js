/* Waggle: waggle.app.js, which starts what waggle.json names. SPDX-License-Identifier: 0BSD */
(function () {
    var storage = require("Storage"), record = waggleFind(storage), code;
    code = record && record.code ? storage.read(record.code) : undefined;
    Bangle.loadWidgets();
    Bangle.drawWidgets();
    if (typeof setWatch !== "undefined" && typeof BTN1 !== "undefined") {
        setWatch(function () {
            load();
        }, BTN1);
    }
    if (code === undefined) {
        E.showMessage("No gestures yet:\ndeploy a model\nfrom Waggle");
        return;
    }
    E.showMessage("Make a gesture", record.project);
    eval(code).start(record, false);
})();
