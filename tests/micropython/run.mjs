// Runs programs in MicroPython itself: node run.mjs MICROPYTHON.mjs FOLDER, then lines of JSON on standard input, each a
// program; what it prints, then a line "\x04" or "\x04" and the exception. FOLDER is the board's file system.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const [module, folder] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(module).href);
const python = await loadMicroPython({
    heapsize: 1 << 20,
    linebuffer: false,
    stdout: (bytes) => fs.writeSync(1, bytes),
});
python.FS.mkdir("/flash");
for (const name of fs.readdirSync(folder)) {
    python.FS.writeFile(`/flash/${name}`, fs.readFileSync(path.join(folder, name)));
}
python.runPython("import sys\nsys.path.insert(0, '/flash')");
for await (const line of readline.createInterface({ input: process.stdin })) {
    let trouble = "";
    try {
        python.runPython(JSON.parse(line));
    } catch (error) {
        trouble = String(error.message).replaceAll("\n", " | ");
    }
    fs.writeSync(1, `\x04${trouble}\n`);
}
