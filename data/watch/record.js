/* Waggle: tells every sample and every gesture while it runs. SPDX-License-Identifier: 0BSD */

/* Samples are numbered from 0, in raw units (8192 a g), timed in ms from the start; gestures have
   numbers of their own and come as the history that the detector cut, in base64. */
function waggleRecord() {
    var start = getTime(), nSamples = 0, nGestures = 0;

    function onAccel(a) {
        print("\x1e{\"wg\":\"sample\",\"n\":" + nSamples +
              ",\"t\":" + Math.round((getTime() - start) * 1000) +
              ",\"a\":[" + Math.round(a.x * 8192) + "," + Math.round(a.y * 8192) + "," +
              Math.round(a.z * 8192) + "]}");
        nSamples++;
    }
    function onGesture(samples) {
        print("\x1e{\"wg\":\"gesture\",\"n\":" + nGestures + ",\"d\":\"" + btoa(samples) + "\"}");
        nGestures++;
    }
    function stop() {
        Bangle.removeListener("accel", onAccel);
        Bangle.removeListener("gesture", onGesture);
    }
    Bangle.on("accel", onAccel);
    Bangle.on("gesture", onGesture);
    return {stop: stop};
}
