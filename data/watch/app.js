/* Waggle: the app that recognises gestures, shows them and buzzes. SPDX-License-Identifier: 0BSD */

function waggleShow(text, below) {
    var width, height, size;
    if (typeof g === "undefined") {
        return;
    }
    width = g.getWidth();
    height = g.getHeight();
    size = Math.floor(width * 1.5 / (text.length + 1));
    size = size > 48 ? 48 : size < 10 ? 10 : size;
    g.clear();
    g.setFontAlign(0, 0);
    g.setFont("Vector", size);
    g.drawString(text, width / 2, height / 2);
    if (below) {
        g.setFont("6x8");
        g.drawString(below, width / 2, height - 12);
    }
    if (g.flip) {
        g.flip();
    }
}

function waggleTell(text) {
    print("\x1e" + JSON.stringify({wg: "trouble", text: text}));
}

function waggleReport(samples, label, values) {
    var outputs = [], i;
    for (i = 0; i < values.length; i++) {
        outputs.push(values[i]);
    }
    print("\x1e" + JSON.stringify({wg: "answer", label: label, outputs: outputs,
                                   input: btoa(samples)}));
}

/* Recognises from now on; gives an object whose stop() ends it (pause.js, which calls it as
   global.WaggleApp). What record.other names means nothing:
   it is reported, and not shown. `actions` has a function for each kind of action that the record names.
   In the background nothing is shown, the sensor may slow down, and nothing happens while another app
   than the clock is there. */
function waggleStart(record, isReporting, isBackground, actions, debounce) {
    var settle = debounce && record.debounce ? debounce(record.debounce[0], record.debounce[1]) : null;

    function recognise(samples) {
        /* Only here: the firmware's reader does not hold on to a program that lies in memory in pieces,
           so E.defrag() moves it from under it. This one is read from the flash, and an event's
           listener is called by no other program. */
        if (E.defrag && !isBackground) {
            E.defrag();
        }
        try {
            return waggleRecognise(record, samples);
        } catch (e) {
            if (!isBackground) {
                waggleShow("no memory");
            } else if (E.defrag) {
                E.defrag();
            }
            waggleTell(e.toString());
        }
        return null;
    }
    function act(best, values) {
        var action = record.actions ? record.actions[best] : null, trouble = "";
        Bangle.buzz(100);
        if (action && actions && actions[action[0]]) {
            try {
                actions[action[0]](action, record.names[best], waggleProbability(values, best));
            } catch (e) {
                trouble = e.toString();
                waggleTell(trouble);
            }
        }
        if (!isBackground) {
            waggleShow(record.names[best], trouble);
        }
    }
    function onGesture(samples) {
        var values, best, isMeant;
        if (isBackground && !Bangle.CLOCK) {
            return;
        }
        values = recognise(samples);
        if (values === null) {
            return;
        }
        best = waggleDecide(record, values);
        isMeant = best >= 0 && record.names[best] !== record.other;
        if (isReporting) {
            waggleReport(samples, best < 0 ? null : record.names[best], values);
        }
        if (settle) {
            best = settle(getTime() * 1000, isMeant ? best : -1);
            isMeant = best >= 0;
        }
        if (isMeant) {
            act(best, values);
        }
    }
    /* while something listens here, the watch does not slow its sensor down */
    function keepAwake() {
    }
    function stop() {
        Bangle.removeListener("gesture", onGesture);
        Bangle.removeListener("accel", keepAwake);
    }
    if (!isBackground) {
        Bangle.on("accel", keepAwake);
    }
    Bangle.on("gesture", onGesture);
    return {stop: stop};
}
