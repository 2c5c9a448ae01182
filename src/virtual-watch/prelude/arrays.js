/* Methods of arrays, views and strings that Espruino has and Duktape has not. */
function (tools, global) {
    function define(prototype, name, method) {
        if (prototype[name] === undefined) {
            tools.hide(prototype, name, method);
        }
    }
    function fill(value, from, to) {
        var i, end = to === undefined ? this.length : Math.min(to, this.length);
        for (i = from || 0; i < end; i++) {
            this[i] = value;
        }
        return this;
    }
    function findIndex(test, self) {
        var i;
        for (i = 0; i < this.length; i++) {
            if (test.call(self, this[i], i, this)) {
                return i;
            }
        }
        return -1;
    }
    function find(test, self) {
        var i = findIndex.call(this, test, self);
        return i < 0 ? undefined : this[i];
    }
    function includes(value) {
        return Array.prototype.indexOf.call(this, value) >= 0;
    }
    define(Array.prototype, "fill", fill);
    define(Array.prototype, "find", find);
    define(Array.prototype, "findIndex", findIndex);
    define(Array.prototype, "includes", includes);

    var views = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array,
                 Uint32Array, Float32Array, Float64Array];
    var shared = ["indexOf", "join", "sort", "forEach", "slice", "filter", "reduce", "reverse"];
    views.forEach(function (View) {
        shared.forEach(function (name) {
            tools.hide(View.prototype, name, Array.prototype[name]);
        });
        define(View.prototype, "fill", fill);
        define(View.prototype, "find", find);
        define(View.prototype, "findIndex", findIndex);
        define(View.prototype, "includes", includes);
        define(View.prototype, "map", function (change, self) {
            var out = new View(this.length), i;
            for (i = 0; i < this.length; i++) {
                out[i] = change.call(self, this[i], i, this);
            }
            return out;
        });
    });
    define(Object, "assign", function (target) {
        var i, k, keys;
        for (i = 1; i < arguments.length; i++) {
            keys = Object.keys(Object(arguments[i]));
            for (k = 0; k < keys.length; k++) {
                target[keys[k]] = arguments[i][keys[k]];
            }
        }
        return target;
    });
    define(Object, "values", function (object) {
        return Object.keys(object).map(function (key) { return object[key]; });
    });
    define(Object, "entries", function (object) {
        return Object.keys(object).map(function (key) { return [key, object[key]]; });
    });
    function pad(text, n, filler) {
        var out = "", missing = n - text.length;
        filler = filler === undefined ? " " : String(filler);
        while (filler.length && out.length < missing) {
            out += filler;
        }
        return out.substring(0, Math.max(0, missing));
    }
    define(String.prototype, "padStart", function (n, filler) {
        return pad(this, n, filler) + this;
    });
    define(String.prototype, "padEnd", function (n, filler) {
        return this + pad(this, n, filler);
    });
    define(String.prototype, "repeat", function (n) {
        var out = "", i;
        for (i = 0; i < n; i++) {
            out += this;
        }
        return out;
    });
}
