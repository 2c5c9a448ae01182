/* Waggle: the app that recognises gestures, shows them and buzzes. SPDX-License-Identifier: 0BSD */

function waggleShow(text) {
    var width, size;
    if (typeof g === "undefined") {
        return;
    }
    width = g.getWidth();
    size = Math.floor(width * 1.5 / (text.length + 1));
    size = size > 48 ? 48 : size < 10 ? 10 : size;
    g.clear();
    g.setFontAlign(0, 0);
    g.setFont("Vector", size);
    g.drawString(text, width / 2, g.getHeight() / 2);
    if (g.flip) {
        g.flip();
    }
}

function waggleReport(samples, label, values) {
    var outputs = [], i;
    for (i = 0; i < values.length; i++) {
        outputs.push(values[i]);
    }
    print("\x1e" + JSON.stringify({wg: "answer", label: label, outputs: outputs,
                                   input: btoa(samples)}));
}

/* Recognises from now on; gives an object whose stop() ends it. What record.other names means nothing:
   it is reported, and not shown. */
function waggleStart(record, isReporting) {
    function onGesture(samples) {
        var values, best, label;
        /* Only here: the firmware's reader does not hold on to a program that lies in memory in pieces,
           so E.defrag() moves it from under it. This one is read from the flash, and an event's
           listener is called by no other program. */
        if (E.defrag) {
            E.defrag();
        }
        try {
            values = waggleRecognise(record, samples);
        } catch (e) {
            waggleShow("no memory");
            print("\x1e" + JSON.stringify({wg: "trouble", text: e.toString()}));
            return;
        }
        best = waggleDecide(record, values);
        label = best < 0 ? null : record.names[best];
        if (label !== null && label !== record.other) {
            waggleShow(label);
            Bangle.buzz(100);
        }
        if (isReporting) {
            waggleReport(samples, label, values);
        }
    }
    /* while something listens here, the watch does not slow its sensor down */
    function keepAwake() {
    }
    function stop() {
        Bangle.removeListener("gesture", onGesture);
        Bangle.removeListener("accel", keepAwake);
    }
    Bangle.on("accel", keepAwake);
    Bangle.on("gesture", onGesture);
    return {stop: stop};
}
