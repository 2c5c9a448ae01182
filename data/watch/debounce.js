/* Waggle: makes one answer of several, by the rule of the desktop's debounce. SPDX-License-Identifier: 0BSD */

/* Gives a function of a time in ms and a label (-1: no gesture), which answers a label or -1: as soon as
   `wanted` answers of any gesture came within less than `span` ms, the most frequent of them, of equals the
   first; then nothing until there was none for `span` ms. */
function waggleDebounce(wanted, span) {
    var times = [], labels = [], last = 0, isAnswered = false;

    function pick() {
        var best = -1, most = 0, i, j, n;
        for (i = 0; i < wanted; i++) {
            n = 0;
            for (j = i; j < wanted; j++) {
                if (labels[j] === labels[i]) {
                    n++;
                }
            }
            if (n > most) {
                best = labels[i];
                most = n;
            }
        }
        return best;
    }
    return function (time, label) {
        if (isAnswered && time - last >= span) {
            isAnswered = false;
        }
        if (label < 0) {
            return -1;
        }
        last = time;
        if (isAnswered) {
            return -1;
        }
        times.push(time);
        labels.push(label);
        while (time - times[0] >= span && times.length > 1) {
            times.shift();
            labels.shift();
        }
        if (labels.length < wanted) {
            return -1;
        }
        label = pick();
        times = [];
        labels = [];
        isAnswered = true;
        return label;
    };
}
