/* The language's surroundings: print, process, timers, modules, load and reset. */
function (tools, global) {
    var callbacks = {}, start = Date.now(), modules = {};

    function print() {
        var text = "", i;
        for (i = 0; i < arguments.length; i++) {
            text += (i ? " " : "") + tools.toPrint(arguments[i]);
        }
        tools.write(text + "\n", false);
    }
    global.print = print;
    global.console = {log: print, debug: print, info: print, warn: print, error: print};
    global.global = global;
    /* programs made of text are guarded like every other, and see only globals */
    tools.hide(global, "eval", tools.eval);
    var makeFunction = function () {
        var n = arguments.length, names = [], i;
        for (i = 0; i < n - 1; i++) {
            names.push(String(arguments[i]));
        }
        return tools.eval("(function(" + names.join(",") + "\n){" +
                          (n ? String(arguments[n - 1]) : "") + "\n})");
    };
    makeFunction.prototype = Function.prototype;
    tools.hide(Function.prototype, "constructor", makeFunction);
    tools.hide(global, "Function", makeFunction);

    global.process = {
        version: tools.version,
        memory: function () {
            var free = tools.freeBlocks();
            return {free: free, usage: tools.blocks - free, total: tools.blocks, history: 0, gc: 0,
                    gctime: 0, blocksize: tools.blockBytes, stackEndAddress: 0x20010000,
                    stackFree: 30000, flash_start: 0, flash_binary_end: 0x8c000,
                    flash_code_start: 0x60000000, flash_length: 0x100000};
        }
    };
    Object.defineProperty(global.process, "env", {enumerable: true, configurable: true, get: function () {
        return {VERSION: tools.version, GIT_COMMIT: "virtual", BOARD: tools.board, RAM: 0x40000,
                FLASH: 0x100000, SPIFLASH: 0x800000, HWVERSION: 2,
                STORAGE: tools.flashStats().totalBytes, SERIAL: "776167676c652d7669727475616c0000",
                CONSOLE: "Bluetooth", MODULES: Object.keys(modules).join(","), EXPTR: 0,
                VIRTUAL: true};
    }});

    function start_timer(callback, delay, repeats, values) {
        if (typeof callback !== "function" && typeof callback !== "string") {
            throw new Error("Function or String not supplied!");
        }
        var id = tools.addTimer(+delay || 0, repeats);
        callbacks[id] = {callback: callback, values: values};
        return id;
    }
    function rest(values) {
        var out = [], i;
        for (i = 2; i < values.length; i++) {
            out.push(values[i]);
        }
        return out;
    }
    function clearTimer(id) {
        var all, i;
        if (id === undefined && arguments.length === 0) {
            all = Object.keys(callbacks);
            for (i = 0; i < all.length; i++) {
                clearTimer(+all[i]);
            }
            return;
        }
        tools.removeTimer(id);
        delete callbacks[id];
    }
    global.setTimeout = function (callback, delay) {
        return start_timer(callback, delay, false, rest(arguments));
    };
    global.setInterval = function (callback, delay) {
        return start_timer(callback, delay, true, rest(arguments));
    };
    global.clearTimeout = clearTimer;
    global.clearInterval = clearTimer;
    global.changeInterval = function (id, delay) {
        if (!tools.changeTimer(id, +delay || 0)) {
            throw new Error("Unknown Interval");
        }
    };
    tools.fireTimer = function (id, last) {
        var timer = callbacks[id];
        if (last) {
            delete callbacks[id];
        }
        if (timer) {
            tools.run(timer.callback, global, timer.values);
        }
    };
    global.getTime = function () {
        return (start + tools.now()) / 1000;
    };
    global.setTime = function (seconds) {
        start = seconds * 1000 - tools.now();
    };
    global.getSerial = function () {
        return global.process.env.SERIAL;
    };
    global.echo = tools.setEcho;
    global.reset = function () {
        tools.restart();
    };
    global.load = function (name) {
        tools.restart(name === undefined ? ".bootcde" : String(name));
    };
    global.save = tools.noop;
    global.trace = tools.noop;
    global.setBusyIndicator = global.setSleepIndicator = global.setDeepSleep = tools.noop;

    tools.addModule = function (name, value) {
        modules[name] = value;
    };
    global.require = function (name) {
        var source, module;
        if (!Object.prototype.hasOwnProperty.call(modules, name)) {
            source = tools.flashRead(name);
            if (source === undefined) {
                throw new Error("Module \"" + name + "\" not found");
            }
            module = {exports: {}};
            tools.eval("(function(exports,module){" + source + "\n})")(module.exports, module);
            modules[name] = module.exports;
        }
        return modules[name];
    };
    global.Modules = {
        addCached: function (name, source) {
            var module = {exports: {}};
            if (typeof source === "function") {
                source.call(module.exports, module.exports, module);
            } else {
                tools.eval("(function(exports,module){" + source + "\n})")(module.exports, module);
            }
            modules[name] = module.exports;
        },
        getCached: function () {
            return Object.keys(modules);
        },
        removeCached: function (name) {
            delete modules[name];
        },
        removeAllCached: tools.noop
    };

    var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    global.btoa = function (data) {
        var bytes = tools.toBytes(data), out = "", i, n = bytes.length, word;
        for (i = 0; i < n; i += 3) {
            word = bytes.charCodeAt(i) << 16 | (i + 1 < n ? bytes.charCodeAt(i + 1) << 8 : 0) |
                   (i + 2 < n ? bytes.charCodeAt(i + 2) : 0);
            out += letters[word >> 18] + letters[word >> 12 & 63] +
                   (i + 1 < n ? letters[word >> 6 & 63] : "=") +
                   (i + 2 < n ? letters[word & 63] : "=");
        }
        return out;
    };
    global.atob = function (text) {
        var out = "", bits = 0, n = 0, i, value;
        for (i = 0; i < text.length; i++) {
            value = letters.indexOf(text[i]);
            if (value < 0) {
                continue;
            }
            bits = (bits << 6 | value) & 0xffffff;
            n += 6;
            if (n >= 8) {
                n -= 8;
                out += String.fromCharCode(bits >> n & 255);
            }
        }
        return out;
    };
}
