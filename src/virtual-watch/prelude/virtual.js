/* The rest of WaggleVirtual: the hand that performs, the radio that is lost, the battery that falls. */
function (tools, global) {
    var played = {}, virtual = global.WaggleVirtual;

    /* Plays the next stored take of a label, or the one of that number; at once: now, whatever it was
       about, and without the hand's way there. */
    virtual.perform = function (label, number, atOnce) {
        if (number === undefined) {
            number = played[label] || 0;
            played[label] = number + 1;
        }
        return tools.perform(String(label), number, !!atOnce);
    };
    /* Plays raw samples, x, y, z, x, ...: 8192 per g, every 80 ms. */
    virtual.performSamples = tools.performSamples;
    virtual.isPerforming = tools.isPerforming;

    function orNever(value) {
        return typeof value === "number" && value >= 0 ? value : -1;
    }
    /* Loses the connection: {heard: after so many more bytes taken, said: after so many more bytes
       said, seconds: then, back: found again after so many seconds (else the program ends), silent:
       nobody is told}; none of the first three: now. Seconds are the watch's. */
    virtual.drop = function (plan) {
        plan = plan || {};
        var heard = orNever(plan.heard), said = orNever(plan.said), seconds = orNever(plan.seconds);
        if (heard < 0 && said < 0 && seconds < 0) {
            seconds = 0;
        }
        tools.planLoss(heard, said, seconds, orNever(plan.back), !!plan.silent);
    };
    /* The same, now. */
    virtual.disconnect = function (back) {
        virtual.drop({back: back});
    };
    /* Percent, and how many of them it loses in an hour (below 0: it is charging). */
    virtual.setBattery = function (percent, falls) {
        tools.setBattery(+percent, +falls || 0);
    };
}
