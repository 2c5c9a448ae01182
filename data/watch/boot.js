/* Waggle: waggle.app.js, which starts what waggle.json names. SPDX-License-Identifier: 0BSD */
(function () {
    var storage = require("Storage"), record = waggleFind(storage), code;
    code = record && record.code ? storage.read(record.code) : undefined;

    function leave() {
        load();
    }
    function title() {
        return !record.background ? "Make a gesture"
            : storage.read("waggle.off") === undefined ? "Make a gesture\n(touch: not with the clock)"
                : "Make a gesture\n(touch: with the clock too)";
    }
    function onTouch() {
        if (storage.read("waggle.off") === undefined) {
            storage.write("waggle.off", "1");
        } else {
            storage.erase("waggle.off");
        }
        E.showMessage(title(), record.project);
    }
    Bangle.loadWidgets();
    Bangle.drawWidgets();
    if (typeof setWatch !== "undefined" && typeof BTN1 !== "undefined") {
        setWatch(leave, BTN1);
    }
    if (code === undefined) {
        E.showMessage("No gestures yet:\ndeploy a model\nfrom Waggle");
        return;
    }
    if (record.background) {
        Bangle.on("touch", onTouch);
    }
    E.showMessage(title(), record.project);
    global.WaggleApp = eval(code).start(record, false);
    WaggleApp.file = "waggle.app.js";
})();
