/* Values as text: print, the console's "=value", E.toJS and JSON, in the firmware's forms. */
function (tools, global) {
    var LIMIT_ITEMS = 15, SHOWN_ITEMS = 5, LIMIT_TEXT = 60, SHOWN_TEXT = 27, ITEMS_ON_LINE = 4;
    var DOTS = " ... ";

    function hex(code, digits) {
        var text = code.toString(16).toUpperCase();
        while (text.length < digits) {
            text = "0" + text;
        }
        return text;
    }
    function escapeChar(code, next, json) {
        switch (code) {
        case 10: return "\\n";
        case 9: return "\\t";
        case 8: return "\\b";
        case 11: if (!json) { return "\\v"; } break;
        case 12: return "\\f";
        case 13: return "\\r";
        case 34: return "\\\"";
        case 92: return "\\\\";
        }
        if (code < 8 && !json && !(next >= 48 && next <= 55)) {
            return "\\" + code;
        }
        if (code < 32 || code >= 127) {
            return json || code > 255 ? "\\u" + hex(code, 4) : "\\x" + hex(code, 2);
        }
        return String.fromCharCode(code);
    }
    function quote(text, json) {
        var i, out = "\"", n = text.length;
        if (/^[ !#-\[\]-~]*$/.test(text)) {
            return "\"" + text + "\"";
        }
        for (i = 0; i < n; i++) {
            out += escapeChar(text.charCodeAt(i), i + 1 < n ? text.charCodeAt(i + 1) : -1, json);
        }
        return out + "\"";
    }
    function isSimple(value) {
        return value === undefined || value === null || typeof value === "number" ||
               typeof value === "boolean";
    }
    function indent(flags, depth) {
        var i, out = "\n";
        for (i = 0; i < depth; i++) {
            out += flags.space || "  ";
        }
        return out;
    }
    function nameOf(value) {
        var found = Object.prototype.toString.call(value);
        return found.substring(8, found.length - 1);
    }
    function formatBuffer(value, flags, depth) {
        var plain = nameOf(value) === "ArrayBuffer";
        var view = plain ? new Uint8Array(value) : value;
        var name = plain ? "Uint8Array" : nameOf(value);
        var zero = true, i, n = view.length, parts = [], limited = flags.limit && n > LIMIT_ITEMS;
        for (i = 0; i < n && zero; i++) {
            zero = view[i] === 0;
        }
        if (zero && !flags.bufferAsArray) {
            return "new " + (plain ? "ArrayBuffer" : name) + "(" + n + ")";
        }
        for (i = 0; i < n; i++) {
            if (limited && i >= SHOWN_ITEMS && i < n - SHOWN_ITEMS) {
                continue;
            }
            parts.push((limited && i === n - SHOWN_ITEMS ? DOTS : "") + format(view[i], flags, depth + 1));
        }
        i = "[" + parts.join(flags.pretty ? ", " : ",") + "]";
        return flags.bufferAsArray ? i : "new " + name + "(" + i + ")" + (plain ? ".buffer" : "");
    }
    function formatArray(value, flags, depth) {
        var out = flags.pretty ? "[ " : "[", n = value.length, needLine = false, first = true, i, own;
        var limited = flags.limit && n > LIMIT_ITEMS;
        for (i = 0; i < n; i++) {
            if (limited && i >= SHOWN_ITEMS && i < n - SHOWN_ITEMS) {
                continue;
            }
            if (!first) {
                out += flags.pretty ? ", " : ",";
            }
            first = false;
            if (limited && i === n - SHOWN_ITEMS) {
                out += DOTS;
            }
            own = flags.allNewlines || (flags.someNewlines && !isSimple(value[i]));
            if (needLine || own) {
                out += indent(flags, depth + 1);
            }
            out += format(value[i], flags, depth + 1, i);
            needLine = own;
        }
        if (needLine) {
            out += indent(flags, depth);
        }
        return out + (flags.pretty ? " ]" : "]");
    }
    function formatFields(value, flags, depth) {
        var keys = Object.keys(value), out = flags.pretty ? "{ " : "{", first = true;
        var needLine = false, since = 0, i, item, own;
        for (i = 0; i < keys.length; i++) {
            item = value[keys[i]];
            if ((flags.noFunctions && typeof item === "function") ||
                (flags.noUndefined && item === undefined)) {
                continue;
            }
            since++;
            if (!first) {
                out += flags.pretty ? ", " : ",";
            }
            own = flags.allNewlines || (flags.someNewlines && !isSimple(item));
            if (flags.allNewlines || (flags.someNewlines && since > ITEMS_ON_LINE)) {
                needLine = true;
            }
            if (needLine || own) {
                out += indent(flags, depth + 1);
                needLine = false;
                since = 0;
            }
            first = false;
            out += flags.dropQuotes && /^([A-Za-z_$][A-Za-z0-9_$]*|[0-9]+)$/.test(keys[i])
                ? keys[i] : quote(keys[i], flags.json);
            out += (flags.pretty ? ": " : ":") + format(item, flags, depth + 1, keys[i]);
            needLine = own;
        }
        if (needLine) {
            out += indent(flags, depth);
        }
        return out + (flags.pretty ? " }" : "}");
    }
    function formatObject(value, flags, depth, key) {
        var name = value.constructor && value.constructor !== Object && value.constructor.name;
        if (flags.toJSON && typeof value.toJSON === "function") {
            return format(value.toJSON(key === undefined ? undefined : String(key)), flags, depth);
        }
        if (flags.names && name && global[name] === value.constructor) {
            if (value.toString !== Object.prototype.toString) {
                return name + ": " + value.toString();
            }
            return name + ": " + formatFields(value, flags, depth);
        }
        return formatFields(value, flags, depth);
    }
    function formatString(value, flags) {
        if (flags.limit && value.length > LIMIT_TEXT) {
            return quote(value.substring(0, SHOWN_TEXT), flags.json) + DOTS +
                   quote(value.substring(value.length - SHOWN_TEXT), flags.json);
        }
        return quote(value, flags.json);
    }
    /* Duktape keeps no program text, so a function's own is not shown. */
    function formatFunction(value, flags) {
        var native = tools.isOwnFile(value.fileName) || value.fileName === undefined;
        return native || !flags.limit ? "function () { [native code] }" : "function () {" + DOTS + "}";
    }
    var seen = [];
    function format(value, flags, depth, key) {
        var out;
        switch (typeof value) {
        case "undefined": return flags.noUndefined ? "null" : "undefined";
        case "boolean": return value ? "true" : "false";
        case "number": return (flags.json || flags.noNaN) && !isFinite(value) ? "null" : tools.number(value);
        case "string": return formatString(value, flags);
        case "function": return flags.noFunctions ? "undefined" : formatFunction(value, flags);
        }
        if (value === null) {
            return "null";
        }
        if (tools.isBuffer(value)) {
            return formatBuffer(value, flags, depth);
        }
        if (typeof value !== "object" || seen.indexOf(value) >= 0 || depth > 50) {
            return DOTS;
        }
        seen.push(value);
        try {
            out = Array.isArray(value) ? formatArray(value, flags, depth)
                                       : formatObject(value, flags, depth, key);
        } finally {
            seen.pop();
        }
        return out;
    }
    tools.toPrint = function (value) {
        return typeof value === "string" ? value
            : format(value, {pretty: true, someNewlines: true, names: true}, 0);
    };
    tools.toREPL = function (value) {
        return format(value, {limit: true, pretty: true, someNewlines: true, names: true,
                              dropQuotes: true}, 0);
    };
    tools.toJS = function (value) {
        return format(value, {dropQuotes: true, noUndefined: true, bufferAsArray: true,
                              toJSON: true}, 0);
    };
    tools.toJSON = function (value, space) {
        var flags = {noFunctions: true, noUndefined: true, bufferAsArray: true, json: true,
                     toJSON: true}, i;
        if (typeof space === "number" && space >= 1) {
            flags.space = "";
            for (i = 0; i < space && i < 10; i++) {
                flags.space += " ";
            }
        } else if (typeof space === "string") {
            flags.space = space.substring(0, 10);
        }
        if (flags.space) {
            flags.allNewlines = flags.pretty = true;
        }
        return format(value, flags, 0);
    };
    /* What Storage.writeJSON writes: names without quotes, and the short escapes of JavaScript. */
    tools.toCompact = function (value) {
        return format(value, {noFunctions: true, noUndefined: true, bufferAsArray: true,
                              toJSON: true, dropQuotes: true, noNaN: true}, 0);
    };
    var parse = JSON.parse;
    function unescape_(all, rest) {
        if (rest[0] === "x") {
            return "\\u00" + rest.substring(1);
        }
        if (rest[0] === "v") {
            return "\\u000b";
        }
        return /^[0-7]/.test(rest) ? "\\u" + hex(parseInt(rest, 8), 4) : all;
    }
    function makeStrict(text) {
        return text.replace(/"(?:[^"\\]|\\[^])*"|([A-Za-z_$][\w$]*|\d+)(?=\s*:)/g, function (all, name) {
            return name === undefined
                ? all.replace(/\\(x[0-9A-Fa-f]{2}|[0-7]{1,3}|[^])/g, unescape_) : "\"" + name + "\"";
        });
    }
    tools.parse = function (text) {
        return parse(tools.fromUtf8(String(text)));
    };
    /* As the firmware reads Storage's JSON and packets. */
    tools.parseLiberal = function (text) {
        return parse(makeStrict(tools.fromUtf8(String(text))));
    };
    JSON.stringify = function (value, replacer, space) {
        return tools.toJSON(value, space);
    };
    JSON.parse = tools.parse;
}
