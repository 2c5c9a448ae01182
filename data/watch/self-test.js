/* Waggle: runs stored takes on the watch itself. SPDX-License-Identifier: 0BSD */

/* Gives an object whose test(take) answers [1 for float or 0 for int8, the outputs' bytes, milliseconds of
   the whole recognition], both take and bytes in base64. */
function waggleTester(recognise, record) {
    function test(take) {
        var bytes = atob(take), n = bytes.length, samples = new Int8Array(n), i, values, start;
        for (i = 0; i < n; i++) {
            samples[i] = bytes.charCodeAt(i);
        }
        start = getTime();
        values = recognise(record, samples);
        start = getTime() - start;
        /* when this program is not being read any more, as in the app's listener */
        if (E.defrag) {
            setTimeout(E.defrag, 0);
        }
        return [values instanceof Float32Array ? 1 : 0, btoa(values.buffer), start * 1000];
    }
    return {test: test};
}
