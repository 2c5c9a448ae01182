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
        return String(error)
            .replace(/^ReferenceError: identifier '(.*)' undefined/,
                     'ReferenceError: "$1" is not defined')
            .replace(/^TypeError: cannot read property '(.*)' of (undefined|null)/,
                     "Error: Can't read property '$1' of $2");
    };
    var own = /^(tools|arrays|format|events|system|espruino|told|bangle|graphics|devices|buttons|virtual)\.js$|\.c$/;
    tools.isOwnFile = function (name) {
        return own.test(String(name));
    };
    /* The frames of the program itself, innermost first. Duktape knows lines, not columns. */
    function frames(error) {
        var out = "", lines = error instanceof Error ? String(error.stack).split("\n") : [], i, found, name;
        for (i = 0; i < lines.length; i++) {
            found = /^ +at (\S+) \(([^()]*):(\d+)\)/.exec(lines[i]);
            if (found && !tools.isOwnFile(found[2])) {
                name = found[1] === "eval" ? found[2] : found[1];
                out += name === "[anon]" || name === "packet" ? "    at :" + found[3] + "\n"
                                                              : "    at " + name + " (:" + found[3] + ")\n";
            }
        }
        return out;
    }
    tools.describeError = function (error) {
        return tools.errorText(error) + "\n" + frames(error);
    };
    tools.noop = function () {};
}
