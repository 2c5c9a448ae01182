/* Serial devices and Bluetooth's radio: enough for programs that name them, and keys sent over it. */
function (tools, global) {
    function serial(isConsole) {
        var write = function (text) {
            if (isConsole) {
                tools.write(text, true);
            }
        };
        return {
            write: function () { write(global.E.toString.apply(global.E, arguments)); },
            print: function (text) { write(String(text)); },
            println: function (text) { write(String(text) + "\r\n"); },
            setup: tools.noop, setConsole: tools.noop, unsetup: tools.noop,
            available: function () { return 0; },
            read: function () { return undefined; },
            pipe: tools.noop, flush: tools.noop
        };
    }
    global.Bluetooth = serial(true);
    global.USB = serial(false);
    global.Serial1 = serial(false);
    global.LoopbackA = serial(false);
    global.LoopbackB = serial(false);
    var REPORT_MAX = 16; /* HID_KEYS_MAX_LEN */
    var REPORT_MS = 15;  /* about one connection interval */
    var isSending = false;

    function sendReport(data, callback) {
        var bytes = tools.toBytes(data), report = [], i;
        if (bytes === undefined || bytes.length === 0) {
            return;
        }
        /* in the order and the words of jsble_send_hid_input_report */
        if (!tools.hasHid()) {
            throw new Error("BLE HID not enabled");
        }
        if (!tools.isConnected()) {
            throw new Error("Not connected");
        }
        if (isSending) {
            throw new Error("BLE HID already sending");
        }
        if (bytes.length > REPORT_MAX) {
            throw new Error("BLE HID report too long - max length = " + REPORT_MAX);
        }
        for (i = 0; i < bytes.length; i++) {
            report.push(bytes.charCodeAt(i));
        }
        tools.tell("hid", report);
        isSending = true;
        global.setTimeout(function () {
            isSending = false;
            if (typeof callback === "function") {
                callback();
            }
        }, REPORT_MS);
    }
    global.NRF = {
        setAdvertising: tools.noop, updateServices: tools.noop,
        setScanResponse: tools.noop, setTxPower: tools.noop, setConnectionInterval: tools.noop,
        sleep: tools.noop, wake: tools.noop, restart: tools.noop,
        setServices: function (data, options) {
            tools.setHid(!!(options && options.hid));
        },
        sendHIDReport: sendReport,
        /* the watch itself lives on, and can be connected to at once */
        disconnect: function () { tools.planLoss(-1, -1, 0, 0, false); },
        getAddress: function () { return "c0:ff:ee:77:61:67 random"; },
        getBattery: function () { return 3.1; },
        getSecurityStatus: function () {
            return {connected: tools.isConnected(), encrypted: false, mitm_protected: false,
                    bonded: false};
        }
    };
}
