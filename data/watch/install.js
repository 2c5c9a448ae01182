/* Waggle: copies files within Storage. SPDX-License-Identifier: 0BSD */

/* In pieces; the 4 bytes at `held` come last. */
function waggleCopy(storage, from, to, held) {
    var n = storage.read(from).length, i, end;
    for (i = 0; i < n; i = end) {
        end = i + 512 < n ? i + 512 : n;
        if (held >= i && held < end) {
            end = held > i ? held : held + 4;
        }
        if (i !== held) {
            storage.write(to, storage.read(from, i, end - i), i, n);
        }
    }
    if (held >= 0) {
        storage.write(to, storage.read(from, held, 4), held, n);
    }
}

/* Copies a model to where the firmware's own recogniser reads it. That one runs whatever stands there and
   crashes on what is no model, and Storage cannot rename: it keeps a file's name before its content. So a
   power cut may leave (1) the old names and model, (2) no model, of which the firmware says so and goes on,
   (3) a model without its schema version, the 4 bytes at `held`, which are written last: the firmware reads
   them first, finds -1 and refuses it in words, or (4) the new one, whole. In (2) and (3) the next
   deployment, or "restore", puts a model there again. `held` < 0: the version was not found. `names` null: it has none. */
function waggleInstall(storage, from, held, names) {
    storage.erase(".tfmodel");
    if (names === null) {
        storage.erase(".tfnames");
    } else {
        storage.write(".tfnames", names);
    }
    waggleCopy(storage, from, ".tfmodel", held);
}
