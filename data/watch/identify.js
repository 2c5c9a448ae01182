/* Waggle: buzzes and shows a word, so that one finds the watch in a room. SPDX-License-Identifier: 0BSD */

/* Twice, like nothing else the watch does; the word goes after a while. Gives what it could do:
   [buzzed, shown]. */
function waggleIdentify(word) {
    var did = [0, 0];

    if (global.Bangle && Bangle.buzz) {
        Bangle.buzz(300);
        setTimeout(function () {
            Bangle.buzz(300);
        }, 600);
        did[0] = 1;
    }
    if (global.E && E.showMessage) {
        E.showMessage(word, "Waggle");
        setTimeout(function () {
            E.showMessage();
        }, 8000);
        did[1] = 1;
    }
    return did;
}
