/* WaggleVirtual, which no watch has: what the watch did that its wearer or a computer would notice. */
function (tools, global) {
    var MOST = 200, told = [];

    /* `what` names it, `value` is its measure: ms of a buzz, bytes of a report. */
    tools.tell = function (what, value) {
        told.push({what: what, value: value, ms: Math.round(tools.now())});
        if (told.length > MOST) {
            told.shift();
        }
    };
    global.WaggleVirtual = {
        /* [{what: "hid", value: [1, 1], ms: since power on}, {what: "buzz", value: 100, ms: ...}, ...] since
           the program started, or since the last call with true; the last 200 of them. */
        sent: function (forget) {
            var all = told.slice();
            if (forget) {
                told = [];
            }
            return all;
        }
    };
}
