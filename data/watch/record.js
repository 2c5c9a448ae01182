/* Waggle: tells every sample, every gesture and the button while it runs. SPDX-License-Identifier: 0BSD */

/* `options`: rate in Hz, 12.5, 25, 50 or 100; block, so many samples are told together; gestures, whether
   those of the detector are wanted; length, so many samples a take has at most that the button starts, 0: the
   button stays the watch's; wanted, so many takes are, 0: nobody says; patience, so many seconds it goes on when nobody says that he listens.

   A block is number and ms since the start of its first sample as 32 bits, then for each sample four times
   16 bits: ms since the one before it, x, y, z as the sensor gives them; all little endian, in base64, with
   the CRC-32 of its bytes beside it. A gesture is the history that the detector cut, likewise. */
function waggleRecord(options) {
    var SETTLE_S = 0.4, LEAST_S = 0.5, BUZZ_MS = 150, LAST_BUZZ_MS = 600, CONTROL = 0x18, RATE = 0x1b, DEFAULT_CONTROL = 0xac;
    var period = 1000 / options.rate, start = getTime(), heard = start, last = 0, nSamples = 0, nHeld = 0;
    var nGestures = 0, nTakes = 0, takeFirst = 0, takeEnd = 0, isRunning = true, saved = null, timer, button;
    var bytes = new ArrayBuffer(8 + 8 * options.block), words = new Int16Array(bytes, 8);
    var head = new Uint32Array(bytes, 0, 2);

    function tell(name, more, data) {
        print("\x1e{\"wg\":\"" + name + "\"," + more + "\"d\":\"" + btoa(data) + "\",\"c\":" +
              E.CRC32(data) + "}");
    }
    function flush() {
        if (nHeld > 0) {
            tell("block", "", new Uint8Array(bytes, 0, 8 + 8 * nHeld));
        }
        nHeld = 0;
    }
    /* large, for who stands across the room: how many takes there are, and a disc while one is taken */
    function show(isTaking) {
        var width, height;
        if (typeof g === "undefined") {
            return;
        }
        width = g.getWidth();
        height = g.getHeight();
        g.clear();
        if (isTaking) {
            g.fillCircle(width / 2, height / 8, height / 16);
        }
        g.setFontAlign(0, 0);
        g.setFont("Vector", Math.floor(height / 3));
        g.drawString(nTakes, width / 2, height / 2);
        if (options.wanted > 0) {
            g.setFont("Vector", Math.floor(height / 8));
            g.drawString("/ " + options.wanted, width / 2, height * 5 / 6);
        }
        if (g.flip) {
            g.flip();
        }
    }
    function onTakeEnd() {
        Bangle.buzz(nTakes === options.wanted ? LAST_BUZZ_MS : BUZZ_MS);
        show(false);
    }
    function onAccel(a) {
        var now = Math.round((getTime() - start) * 1000), i = 4 * nHeld;
        if (nHeld === 0) {
            head[0] = nSamples;
            head[1] = last = now;
        }
        words[i] = now - last;
        words[i + 1] = Math.round(a.x * 8192);
        words[i + 2] = Math.round(a.y * 8192);
        words[i + 3] = Math.round(a.z * 8192);
        last = now;
        nSamples++;
        nHeld++;
        if (nHeld === options.block) {
            flush();
        }
        if (nSamples === takeEnd) {
            onTakeEnd();
        }
    }
    function onGesture(samples) {
        tell("gesture", "\"n\":" + nGestures + ",", samples);
        nGestures++;
    }
    /* The hand has time to be still again after the buzz. A press within a take ends it with the next
       sample, but not at once: a finger may press twice. */
    function onButton() {
        if (nSamples >= takeEnd) {
            takeFirst = nSamples + Math.ceil(SETTLE_S * options.rate);
            takeEnd = takeFirst + options.length;
            Bangle.buzz(BUZZ_MS);
            print("\x1e{\"wg\":\"take\",\"n\":" + nTakes + ",\"first\":" + takeFirst + "}");
            nTakes++;
            show(true);
        } else if (nSamples >= takeFirst + LEAST_S * options.rate && nSamples + 1 < takeEnd) {
            takeEnd = nSamples + 1;
            print("\x1e{\"wg\":\"takeEnd\",\"n\":" + (nTakes - 1) + ",\"end\":" + takeEnd + "}");
        }
    }
    /* the registers of the KX023: its rate may be set only while it is off */
    function setSensor(control, rate, poll) {
        Bangle.accelWr(CONTROL, control & 0x7f);
        Bangle.accelWr(RATE, rate);
        Bangle.accelWr(CONTROL, control | 0x80);
        Bangle.setPollInterval(poll);
    }
    function prepareSensor() {
        var code = Math.round(Math.log(options.rate / 12.5) / Math.log(2));
        var control = Bangle.accelRd(CONTROL), rate = Bangle.accelRd(RATE);
        var isKnown = (control & 0x80) !== 0;
        if (code === 0 && (!isKnown || ((control & 0x18) === 8 && (rate & 15) === 0))) {
            return;
        }
        saved = {control: isKnown ? control : DEFAULT_CONTROL, rate: isKnown ? rate : 0,
                 powerSave: Bangle.getOptions ? Bangle.getOptions().powerSave : true};
        if (code === 0) {
            setSensor(DEFAULT_CONTROL, 0, period);
        } else {
            setSensor(0xf4, 0x40 | code, period);
        }
    }
    function restoreSensor() {
        if (saved !== null) {
            setSensor(saved.control, saved.rate,
                      (saved.rate & 15) < 4 ? 80 / (1 << (saved.rate & 15)) : 80);
            Bangle.setOptions({powerSave: saved.powerSave});
            saved = null;
        }
    }
    function end(isHeard) {
        if (isRunning) {
            isRunning = false;
            Bangle.removeListener("accel", onAccel);
            Bangle.removeListener("gesture", onGesture);
            clearInterval(timer);
            if (button !== undefined) {
                clearWatch(button);
                if (typeof g !== "undefined") {
                    g.clear();
                    if (Bangle.drawWidgets) {
                        Bangle.drawWidgets();
                    }
                }
            }
            if (typeof NRF !== "undefined") {
                NRF.removeListener("disconnect", onDisconnect);
            }
            restoreSensor();
            if (isHeard) {
                flush();
                return;
            }
            /* nobody is there any more: nothing is to be left here */
            delete global.Waggle;
            echo(true);
        }
    }
    function onDisconnect() {
        if (E.getConsole === undefined || E.getConsole() === "Bluetooth") {
            end(false);
        }
    }
    function look() {
        if (getTime() - heard > options.patience) {
            end(false);
        }
    }
    function stop() {
        end(true);
    }
    function alive() {
        heard = getTime();
        return 1;
    }
    prepareSensor();
    Bangle.on("accel", onAccel);
    if (options.gestures) {
        Bangle.on("gesture", onGesture);
    }
    if (options.length > 0) {
        button = setWatch(onButton, BTN1, {repeat: true, edge: "rising", debounce: 50});
        show(false);
    }
    if (typeof NRF !== "undefined") {
        NRF.on("disconnect", onDisconnect);
    }
    timer = setInterval(look, 1000);
    return {stop: stop, alive: alive};
}
