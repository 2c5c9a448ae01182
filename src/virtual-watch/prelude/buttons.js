/* Pins, the button, setWatch, and a finger to press it. */
function (tools, global) {
    var PRESS_MS = 100, watches = {}, n_watches = 0, eaten = false, finger;

    function Pin(isButton) {
        tools.hide(this, "isButton", !!isButton);
        tools.hide(this, "isOn", false);
        tools.hide(this, "changed", 0);
    }
    Pin.prototype.read = function () { return this.isOn; };
    Pin.prototype.write = Pin.prototype.set = Pin.prototype.reset = Pin.prototype.mode = tools.noop;
    Pin.prototype.toString = function () { return this.isButton ? "BTN1" : "D0"; };
    global.Pin = Pin;
    global.BTN = global.BTN1 = new Pin(true);
    global.LED = global.LED1 = new Pin(false);
    global.HIGH = 1;
    global.LOW = 0;

    function edgeOf(options, pin) {
        var edge = options.edge;
        if (edge === undefined) {
            return pin.isButton ? 1 : 0;
        }
        return edge === "rising" || edge === 1 ? 1 : edge === "falling" || edge === -1 ? -1 : 0;
    }
    global.setWatch = function (callback, pin, options) {
        if (typeof callback !== "function" && typeof callback !== "string") {
            throw new Error("Function or String not supplied!");
        }
        if (!(pin instanceof Pin)) {
            throw new Error("Invalid pin");
        }
        if (options === null || typeof options !== "object") {
            options = {repeat: !!options};
        }
        n_watches++;
        watches[n_watches] = {callback: callback, pin: pin, repeat: !!options.repeat,
                              edge: edgeOf(options, pin)};
        if (pin.isButton && finger === undefined && tools.pressSeconds() > 0) {
            finger = global.setInterval(pressAgain, tools.pressSeconds() * 1000);
        }
        return n_watches;
    };
    global.clearWatch = function (id) {
        if (id === undefined) {
            watches = {};
        } else {
            delete watches[id];
        }
    };
    function change(pin, isOn) {
        var last = pin.changed, now = global.getTime(), ids = Object.keys(watches), i, watch;
        pin.isOn = isOn;
        pin.changed = now;
        for (i = 0; i < ids.length; i++) {
            watch = watches[ids[i]];
            if (watch.pin === pin && (watch.edge === 0 || (watch.edge > 0) === isOn)) {
                if (!watch.repeat) {
                    delete watches[ids[i]];
                }
                tools.runLater(watch.callback, [{state: isOn, time: now, lastTime: last, pin: pin}]);
            }
        }
    }
    /* As btnHandlerCommon: a press that wakes the watch is no press, nor is its end. */
    function handle(isOn) {
        if (isOn && tools.wake()) {
            eaten = true;
        } else if (!eaten) {
            change(global.BTN1, isOn);
        } else if (!isOn) {
            eaten = false;
        }
    }
    /* Presses the button for so many ms; held long enough the watch goes back to its clock. */
    global.WaggleVirtual.press = function (ms) {
        var limit = global.Bangle.getOptions().btnLoadTimeout;
        ms = ms > 0 ? ms : PRESS_MS;
        handle(true);
        if (limit && ms >= limit) {
            global.setTimeout(global.load, limit);
        } else {
            global.setTimeout(handle, ms, false);
        }
    };
    /* As a wearer who was told to. */
    function pressAgain() {
        var isWatched = Object.keys(watches).some(function (id) { return watches[id].pin.isButton; });
        if (isWatched) {
            global.WaggleVirtual.press();
        } else {
            global.clearInterval(finger);
            finger = undefined;
        }
    }
    global.digitalRead = function (pin) { return pin instanceof Pin && pin.isOn ? 1 : 0; };
    global.analogRead = function () { return 0; };
    global.digitalWrite = global.analogWrite = global.digitalPulse = global.pinMode = tools.noop;
    global.peek8 = global.peek16 = global.peek32 = function () { return 0; };
    global.poke8 = global.poke16 = global.poke32 = tools.noop;
}
