/* What the other preludes share: hidden properties, bytes, errors in the firmware's words. */
function (tools, global) {
    tools.hide = function (object, name, value) {
        Object.defineProperty(object, name, {
            value: value, writable: true, configurable: true, enumerable: false
        });
    };
    tools.isBuffer = function (value) {
        return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
    };
    /* Duktape's texts for the commonest mistakes, as Espruino writes them. */
    tools.errorText = function (error) {
        var text = String(error);
        text = text.replace(/^ReferenceError: identifier '(.*)' undefined/,
                            'ReferenceError: "$1" is not defined');
        return text;
    };
    tools.describeError = function (error) {
        var text = tools.errorText(error);
        var line = error instanceof Error && error.fileName && error.lineNumber;
        var where = line ? "    at " + error.fileName + ":" + error.lineNumber + "\n" : "";
        return text + "\n" + where;
    };
    tools.noop = function () {};
}
