/* Waggle: tells the answers of the firmware's own recogniser. SPDX-License-Identifier: 0BSD */

function waggleListen() {
    var input = "";

    function onGesture(samples) {
        input = btoa(samples);
    }
    function onAnswer(name, outputs) {
        print("\x1e" + JSON.stringify({wg: "answer", label: name === undefined ? null : name,
                                       outputs: outputs, input: input}));
    }
    function keepAwake() {
    }
    function stop() {
        Bangle.removeListener("gesture", onGesture);
        Bangle.removeListener("aiGesture", onAnswer);
        Bangle.removeListener("accel", keepAwake);
    }
    Bangle.on("accel", keepAwake);
    Bangle.on("gesture", onGesture);
    Bangle.on("aiGesture", onAnswer);
    return {stop: stop};
}
