/* Waggle: has the app on the watch stand aside for a connection. SPDX-License-Identifier: 0BSD */

/* It stops until who is connected takes leave (watch.c) or is gone: then it is loaded anew. `isChanging`: what is
   deployed becomes another, so the clock is loaded anew as well, whose background program may be. */
function wagglePause(isChanging) {
    var app = global.WaggleApp;
    if (!app && isChanging && typeof Bangle !== "undefined" && Bangle.CLOCK) {
        app = global.WaggleApp = {};
    }
    if (!app || app.paused) {
        return;
    }
    if (app.stop) {
        app.stop();
    }
    app.paused = 1;
    if (typeof NRF !== "undefined") {
        NRF.on("disconnect", function () {
            load(app.file);
        });
    }
}
