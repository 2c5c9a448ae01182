// A MicroPython board: the real interpreter and its REPL, at the terminal that is standard input and output.
// usage: node board.mjs MICROPYTHON.mjs [--paste=yes|no|old] [--flash=FOLDER] [--die=N] [STUB.py...]; the stubs stand for the
// board's sensors; its files are read from the folder, and written there whenever a program has run; after N bytes it
// is gone. Raw paste is done
// here as the manual has it: as WebAssembly MicroPython has no terminal to read from.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [module, ...words] = process.argv.slice(2);
const stubs = words.filter((word) => !word.startsWith("--"));
const options = Object.fromEntries(words.filter((word) => word.startsWith("--")).map((word) => word.slice(2).split("=")));
const { loadMicroPython } = await import(pathToFileURL(module).href);
const MORE = 1, INTERRUPT = 3, RUN = 4, ASK = 5, WINDOW = 128;
const waiting = [];
let nLeft = Number(options.die ?? Infinity);
const buffer = Buffer.alloc(256);

// what came, as far as it has; the terminal does not block
function receive() {
    for (;;) {
        let n = 0;
        try {
            n = fs.readSync(0, buffer, 0, buffer.length);
        } catch (error) {
            if (error.code === "EAGAIN") return;
            process.exit(0);
        }
        if (n === 0 || (nLeft -= n) <= 0) process.exit(0);
        waiting.push(...buffer.subarray(0, n));
    }
}

function send(bytes) {
    for (let n = 0; n < bytes.length;) {
        try {
            n += fs.writeSync(1, bytes, n);
        } catch (error) {
            if (error.code !== "EAGAIN") process.exit(0);
        }
    }
}

// a program that runs is interrupted as a board's UART interrupt does it: while it prints
let isRunning = false;
let nSwallowed = 0; // of "OK", which is not said after raw paste
const python = await loadMicroPython({
    heapsize: 1 << 20,
    linebuffer: false,
    stdout: (bytes) => {
        if (nSwallowed > 0) nSwallowed--;
        else send(bytes);
        if (!isRunning || bytes[0] !== 10) return;
        receive();
        const at = waiting.indexOf(INTERRUPT);
        if (at < 0) return;
        waiting.splice(at, 1);
        isRunning = false; // it ends: what else came is for the REPL
        python._module._mp_sched_keyboard_interrupt();
    },
});
python.FS.mkdir("/flash");
python.runPython("import os; os.chdir('/flash')");
if (options.flash) {
    for (const name of fs.readdirSync(options.flash)) {
        python.FS.writeFile(`/flash/${name}`, fs.readFileSync(path.join(options.flash, name)));
    }
}
for (const stub of stubs) python.runPython(fs.readFileSync(stub, "utf8"));
python.replInit();

function keepFiles() {
    if (!options.flash) return;
    const names = python.FS.readdir("/flash").filter((name) => name !== "." && name !== "..");
    for (const name of names) {
        const content = Buffer.from(python.FS.readFile(`/flash/${name}`));
        const file = path.join(options.flash, name);
        if (!fs.existsSync(file) || !content.equals(fs.readFileSync(file))) fs.writeFileSync(file, content);
    }
    for (const name of fs.readdirSync(options.flash)) {
        if (!names.includes(name)) fs.unlinkSync(path.join(options.flash, name));
    }
}

function handle(character) {
    isRunning = character === RUN;
    python.replProcessChar(character);
    isRunning = false;
    if (character === RUN) keepFiles();
}

let pasted = null; // what raw paste has brought so far
function paste(character) {
    if (character !== RUN) {
        pasted.push(character);
        if (pasted.length % WINDOW === 0) send(new Uint8Array([MORE]));
        return;
    }
    send(new Uint8Array([RUN]));
    for (const one of pasted) python.replProcessChar(one);
    pasted = null;
    nSwallowed = 2;
    handle(RUN);
}

function answerPaste() {
    waiting.splice(0, 3);
    if (options.paste === "yes") {
        pasted = [];
        send(new Uint8Array([0x52, 1, WINDOW & 255, WINDOW >> 8, MORE]));
    } else {
        send(Buffer.from(options.paste === "old" ? "raw REPL; CTRL-B to exit\r\n>" : "R\0"));
    }
}

function turn() {
    receive();
    while (waiting.length) {
        if (pasted) paste(waiting.shift());
        else if (waiting[0] !== ASK) handle(waiting.shift());
        else if (waiting.length >= 3) answerPaste();
        else break;
    }
    setTimeout(turn, 2);
}
turn();
