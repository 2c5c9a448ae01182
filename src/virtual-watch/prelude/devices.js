/* Serial devices, Bluetooth's radio, pins and buttons: enough for programs that name them. */
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
    global.NRF = {
        setAdvertising: tools.noop, setServices: tools.noop, updateServices: tools.noop,
        setScanResponse: tools.noop, setTxPower: tools.noop, setConnectionInterval: tools.noop,
        sleep: tools.noop, wake: tools.noop, restart: tools.noop,
        disconnect: tools.disconnect,
        getAddress: function () { return "c0:ff:ee:77:61:67 random"; },
        getBattery: function () { return 3.1; },
        getSecurityStatus: function () {
            return {connected: true, encrypted: false, mitm_protected: false, bonded: false};
        }
    };
    function Pin() {}
    Pin.prototype.read = function () { return false; };
    Pin.prototype.write = Pin.prototype.set = Pin.prototype.reset = Pin.prototype.mode = tools.noop;
    global.Pin = Pin;
    global.BTN = global.BTN1 = new Pin();
    global.LED = global.LED1 = new Pin();
    global.HIGH = 1;
    global.LOW = 0;
    global.setWatch = function () { return 1; };
    global.clearWatch = tools.noop;
    global.digitalRead = global.analogRead = function () { return 0; };
    global.digitalWrite = global.analogWrite = global.digitalPulse = global.pinMode = tools.noop;
    global.peek8 = global.peek16 = global.peek32 = function () { return 0; };
    global.poke8 = global.poke16 = global.poke32 = tools.noop;
}
