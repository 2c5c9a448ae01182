/* Waggle: presses a key of a keyboard or a media key, over Bluetooth. SPDX-License-Identifier: 0BSD */

/* `action` is ["k", usage, modifiers] or ["m", bit]. Which reports there are is the watch's own setting
   Bluetooth > HID, and so is whether there are any: nothing here changes it. */
function waggleKey(action) {
    var setting = require("Storage").readJSON("setting.json", 1), hid = setting ? setting.HID : "", down, up;

    function release() {
        NRF.sendHIDReport(up);
    }
    if (action[0] === "m" && hid === "kbmedia") {
        down = [1, action[1]];
        up = [1, 0];
    } else if (action[0] === "k" && (hid === "kbmedia" || hid === "com")) {
        down = [2, action[2], 0, action[1], 0, 0, 0, 0, 0];
        up = [2, 0, 0, 0, 0, 0, 0, 0, 0];
    } else if (action[0] === "k" && hid === "kb") {
        down = [action[2], 0, action[1], 0, 0, 0, 0, 0];
        up = [0, 0, 0, 0, 0, 0, 0, 0];
    } else {
        throw new Error("choose HID in Settings");
    }
    NRF.sendHIDReport(down, release);
}
