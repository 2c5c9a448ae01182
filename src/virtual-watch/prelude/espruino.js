/* E, Storage and tensorflow. */
function (tools, global) {
    var flags = {};

    function bytesOf(values) {
        var out = "", i, part;
        for (i = 0; i < values.length; i++) {
            part = values[i];
            if (part && part.data !== undefined && part.count !== undefined) {
                for (var k = 0; k < part.count; k++) {
                    out += bytesOf([part.data]);
                }
            } else if (typeof part === "number") {
                out += String.fromCharCode(part & 255);
            } else if (part && ArrayBuffer.isView(part)) {
                for (var j = 0; j < part.length; j++) {
                    out += String.fromCharCode(part[j] & 255);
                }
            } else {
                part = tools.toBytes(part);
                out += part === undefined ? "" : part;
            }
        }
        return out;
    }
    function mean(list) {
        return global.E.sum(list) / list.length;
    }
    global.E = {
        CRC32: tools.crc32,
        toString: function () { return bytesOf(arguments); },
        toFlatString: function () { return bytesOf(arguments); },
        toUint8Array: function () { return new Uint8Array(tools.toBuffer(bytesOf(arguments))); },
        toArrayBuffer: function (text) { return tools.toBuffer(text); },
        toJS: tools.toJS,
        toStringifiedJSON: tools.toJSON,
        defrag: tools.noop,
        getBattery: tools.battery,
        getTemperature: function () { return 25; },
        getAnalogVRef: function () { return 3.3; },
        getPowerUsage: function () { return {device: {}, total: 0}; },
        getErrorFlags: function () { return []; },
        getSizeOf: function () { return 1; },
        getAddressOf: function (value) {
            return typeof value === "string" || tools.isBuffer(value) ? 0x20004000 : 0;
        },
        getConsole: function () { return "Bluetooth"; },
        setConsole: tools.noop,
        getFlags: function () { return flags; },
        setFlags: function (values) {
            for (var name in values) {
                flags[name] = values[name];
            }
        },
        reboot: function () { tools.restart(); },
        kickWatchdog: tools.noop,
        enableWatchdog: tools.noop,
        setTimeZone: tools.noop,
        setBootCode: function (code, always) {
            var name = always ? ".bootrst" : ".bootcde";
            if (code) {
                tools.flashWrite(name, code, 0, 0);
            } else {
                tools.flashErase(name);
            }
        },
        stopEventPropagation: function () { tools.stopped = true; },
        clip: function (x, low, high) { return x < low ? low : x > high ? high : x; },
        sum: function (list) {
            var total = 0, i;
            for (i = 0; i < list.length; i++) {
                total += list[i];
            }
            return total;
        },
        variance: function (list, average) {
            var total = 0, i;
            for (i = 0; i < list.length; i++) {
                total += (list[i] - average) * (list[i] - average);
            }
            return total / (list.length - 1);
        },
        dumpStr: function () { return ""; },
        showMessage: tools.noop,
        showMenu: tools.noop,
        showAlert: function () { return tools.later(); },
        showPrompt: function () { return tools.later(); }
    };
    /* Enough of a promise for callers that wait for a buzz or a message to end. */
    tools.later = function (value, ms) {
        var done = tools.now() + (ms || 0);
        return {
            then: function (callback) {
                var left = done - tools.now();
                if (typeof callback === "function" && left > 0) {
                    global.setTimeout(callback, left, value);
                } else if (typeof callback === "function") {
                    tools.runLater(callback, [value]);
                }
                return tools.later();
            },
            catch: function () { return this; }
        };
    };

    function put(name, data, offset, size) {
        if (data !== null && typeof data === "object" && !Array.isArray(data) &&
            !tools.isBuffer(data)) {
            return tools.flashWrite(name, tools.toJSON(data), 0, 0);
        }
        return tools.flashWrite(name, data, offset || 0, size || 0);
    }
    function matching(filter, options) {
        var names = options && options.sf ? [] : tools.flashList();
        return filter === undefined ? names : names.filter(function (name) {
            return name.match(filter) !== null;
        });
    }
    tools.addModule("Storage", {
        read: function (name, offset, length) {
            var content = tools.flashRead(name), n;
            if (content === undefined) {
                return undefined;
            }
            n = content.length;
            offset = offset > 0 ? Math.min(offset, n) : 0;
            length = length > 0 ? length : n;
            return content.substring(offset, Math.min(n, offset + length));
        },
        readJSON: function (name, quiet) {
            var content = tools.flashRead(name);
            if (content === undefined) {
                return undefined;
            }
            try {
                return tools.parseLiberal(content);
            } catch (error) {
                if (quiet) {
                    return undefined;
                }
                throw error;
            }
        },
        readArrayBuffer: function (name) {
            var content = tools.flashRead(name);
            return content === undefined ? undefined : tools.toBuffer(content);
        },
        write: put,
        writeJSON: function (name, data) {
            return tools.flashWrite(name, tools.toCompact(data), 0, 0);
        },
        erase: tools.flashErase,
        eraseAll: tools.flashEraseAll,
        compact: tools.flashCompact,
        optimise: tools.noop,
        list: matching,
        hash: function (filter) {
            return tools.crc32(matching(filter).join("\n"));
        },
        getFree: function () {
            return tools.flashStats().freeBytes;
        },
        getStats: tools.flashStats
    });

    function TFMicroInterpreter() {}
    TFMicroInterpreter.prototype.getInput = function () { return tools.tfTensor(this, true); };
    TFMicroInterpreter.prototype.getOutput = function () { return tools.tfTensor(this, false); };
    TFMicroInterpreter.prototype.invoke = function () { tools.tfInvoke(this); };
    tools.hide(global, "TFMicroInterpreter", TFMicroInterpreter);
    tools.addModule("tensorflow", {
        create: function (arenaSize, model) {
            var interpreter = tools.tfCreate(+arenaSize || 0, model);
            Object.setPrototypeOf(interpreter, TFMicroInterpreter.prototype);
            return interpreter;
        }
    });
    tools.addModule("Flash", {
        getFree: function () { return []; }
    });
    tools.addModule("heatshrink", {});
}
