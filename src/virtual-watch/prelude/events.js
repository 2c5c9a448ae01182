/* Listeners of any object, and the queue of events that the loop hands to them one by one. */
function (tools, global) {
    var queue = [];
    var everything = Object.prototype;

    function listeners(object, name, make) {
        var key = "#on" + name;
        if (!Object.prototype.hasOwnProperty.call(object, key)) {
            if (!make) {
                return [];
            }
            tools.hide(object, key, []);
        }
        return object[key];
    }
    function enqueue(object, name, values) {
        var list = listeners(object, name), i;
        if (list.length) {
            queue.push({object: object, list: list.slice(), values: values});
        }
    }
    function add(object, name, callback, front) {
        var list = listeners(object, name, true);
        if (typeof callback !== "function" && typeof callback !== "string") {
            throw new TypeError("Callback must be a function or string");
        }
        if (front) {
            list.unshift(callback);
        } else {
            list.push(callback);
        }
        if (object === global.Bangle && (name === "gesture" || name === "aiGesture" || name === "accel")) {
            tools.gestureWanted();
        }
    }
    tools.hide(everything, "on", function (name, callback) {
        add(this, name, callback, false);
    });
    tools.hide(everything, "prependListener", function (name, callback) {
        add(this, name, callback, true);
    });
    tools.hide(everything, "emit", function (name) {
        var values = [], i;
        for (i = 1; i < arguments.length; i++) {
            values.push(arguments[i]);
        }
        enqueue(this, name, values);
    });
    tools.hide(everything, "removeListener", function (name, callback) {
        var list = listeners(this, name), i = list.indexOf(callback);
        if (i >= 0) {
            list.splice(i, 1);
        }
    });
    tools.hide(everything, "removeAllListeners", function (name) {
        var names = name === undefined ? Object.getOwnPropertyNames(this) : ["#on" + name], i;
        for (i = 0; i < names.length; i++) {
            if (names[i].substring(0, 3) === "#on") {
                delete this[names[i]];
            }
        }
    });
    tools.queueEvent = function (object, name) {
        var values = [], i;
        for (i = 2; i < arguments.length; i++) {
            values.push(arguments[i]);
        }
        enqueue(global[object], name, values);
    };
    tools.countListeners = function (object, name) {
        return listeners(global[object], name).length;
    };
    tools.takeEvent = function () {
        return queue.length > 0;
    };
    tools.stopped = false;
    tools.runEvent = function () {
        var event = queue[0], callback = event.list.shift();
        if (event.list.length === 0) {
            queue.shift();
        }
        if (callback === undefined) {
            return;
        }
        tools.stopped = false;
        try {
            tools.run(callback, event.object, event.values);
        } finally {
            if (tools.stopped && queue[0] === event) {
                queue.shift();
            }
        }
    };
    tools.run = function (callback, self, values) {
        return typeof callback === "string" ? tools.eval(callback) : callback.apply(self, values);
    };
    tools.runLater = function (callback, values) {
        queue.push({object: global, list: [callback], values: values});
    };
}
