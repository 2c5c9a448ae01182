/* Bangle: its options and sensors, and the built-in recogniser. */
function (tools, global) {
    var AI_ARENA = 4000; /* fixed in the firmware */
    var BUZZ_MS = 200, BUZZ_MAX_MS = 5000; /* jswrap_banglejs_buzz */
    var options = {
        wakeOnBTN1: true, wakeOnFaceUp: false, wakeOnTouch: false, wakeOnTwist: true,
        twistThreshold: 819, twistMaxY: -800, twistTimeout: 1000, gestureStartThresh: 640000,
        gestureEndThresh: 4000000, gestureInactiveCount: 4, gestureMinLength: 10, powerSave: true,
        lockTimeout: 10000, lcdPowerTimeout: 10000, backlightTimeout: 10000, btnLoadTimeout: 1500,
        hrmPollInterval: 40, hrmSportMode: -1, stepCounterThresholdLow: 0,
        stepCounterThresholdHigh: 0, stepCounterDisabled: false
    };
    var state = {locked: false, lcd: true, backlight: true, steps: 0, compass: false, hrm: false};

    function power(name) {
        return function (on) {
            state[name] = !!on;
            return state[name];
        };
    }
    function is(name) {
        return function () { return state[name]; };
    }
    var Bangle = global.Bangle = {
        getAccel: tools.accel,
        setPollInterval: function (interval) {
            if (!tools.setPeriod(+interval)) {
                throw new Error("Invalid interval");
            }
            options.powerSave = false;
        },
        accelWr: tools.writeRegister,
        accelRd: tools.readRegister,
        setOptions: function (values) {
            for (var name in values) {
                if (options.hasOwnProperty(name)) {
                    options[name] = values[name];
                }
            }
            tools.setPowerSave(!!options.powerSave);
        },
        getOptions: function () {
            var copy = {};
            for (var name in options) {
                copy[name] = options[name];
            }
            return copy;
        },
        isLocked: is("locked"),
        setLocked: function (on) {
            if (state.locked !== !!on) {
                state.locked = !!on;
                Bangle.emit("lock", state.locked);
            }
        },
        setLCDPower: function (on) {
            if (state.lcd !== !!on) {
                state.lcd = !!on;
                tools.tell("lcd", state.lcd);
                Bangle.emit("lcdPower", state.lcd);
            }
        },
        isLCDOn: is("lcd"),
        setBacklight: function (on) {
            if (state.backlight !== !!on) {
                state.backlight = !!on;
                Bangle.emit("backlight", state.backlight);
            }
        },
        isBacklightOn: is("backlight"),
        setLCDBrightness: tools.noop,
        setLCDTimeout: tools.noop,
        setLCDMode: tools.noop,
        getLCDMode: function () { return undefined; },
        setLCDOffset: tools.noop,
        setLCDOverlay: tools.noop,
        isCharging: tools.isCharging,
        setHRMPower: power("hrm"),
        isHRMOn: is("hrm"),
        setGPSPower: power("gps"),
        isGPSOn: is("gps"),
        setCompassPower: power("compass"),
        isCompassOn: is("compass"),
        setBarometerPower: power("barometer"),
        isBarometerOn: is("barometer"),
        getStepCount: is("steps"),
        setStepCount: function (n) { state.steps = n; },
        getHealthStatus: function () {
            return {movement: 0, steps: state.steps, bpm: 0, bpmConfidence: 0};
        },
        buzz: function (ms) {
            ms = ms > 0 ? Math.min(ms, BUZZ_MAX_MS) : BUZZ_MS;
            tools.tell("buzz", ms);
            return tools.later(undefined, ms);
        },
        beep: function (ms) {
            ms = ms > 0 ? Math.min(ms, BUZZ_MAX_MS) : BUZZ_MS;
            tools.tell("beep", ms);
            return tools.later(undefined, ms);
        },
        haptic: tools.noop,
        off: tools.noop,
        softOff: tools.noop,
        loadWidgets: tools.noop,
        drawWidgets: tools.noop,
        setUI: function (mode) {
            var name = mode !== null && typeof mode === "object" ? mode.mode : mode;
            if (name === "clock" || name === "clockupdown") {
                Bangle.CLOCK = 1;
            } else {
                delete Bangle.CLOCK;
            }
        },
        showClock: function () { global.load(); },
        showLauncher: function () { global.load(); },
        load: global.load,
        dbg: function () { return {}; },
        appRect: {x: 0, y: 0, w: 176, h: 176, x2: 175, y2: 175}
    };

    /* As wakeUpBangle: TRUE where the watch slept and wakes up now. */
    tools.wake = function () {
        var slept = options.wakeOnBTN1 && (state.locked || !state.lcd);
        if (slept) {
            Bangle.setLCDPower(1);
            Bangle.setBacklight(1);
            Bangle.setLocked(false);
        }
        return slept;
    };
    tools.accelEvent = function () {
        Bangle.emit("accel", tools.accel());
    };
    function pick(values) {
        /* the firmware's rule: the largest that is above 0; its index is a string */
        var most = 0, index, names;
        for (var i = 0; i < values.length; i++) {
            if (values[i] > most) {
                most = values[i];
                index = String(i);
            }
        }
        if (index !== undefined) {
            names = tools.flashRead(".tfnames");
            if (names) {
                index = names.split(",")[index];
            }
        }
        return index;
    }
    function recognise(samples) {
        var model = tools.flashRead(".tfmodel"), tf, view, i, values = [];
        if (model === undefined) {
            tools.write("TF error - no model\n", false);
            return;
        }
        tf = global.require("tensorflow").create(AI_ARENA, model);
        view = tf.getInput(); /* what lies behind the samples stays as it is, as in the firmware */
        for (i = 0; i < samples.length && i < view.length; i++) {
            view[i] = samples[i];
        }
        tf.invoke();
        view = tf.getOutput();
        for (i = 0; i < view.length; i++) {
            values.push(view[i]);
        }
        Bangle.emit("aiGesture", pick(values), values);
    }
    tools.gesture = function (samples) {
        Bangle.emit("gesture", samples);
        if (tools.countListeners("Bangle", "aiGesture")) {
            recognise(samples);
        }
    };
}
