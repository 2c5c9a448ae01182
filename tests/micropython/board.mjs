// A MicroPython board: the real interpreter and its REPL, at the terminal that is standard input and output.
// usage: node board.mjs MICROPYTHON.mjs [STUB.py...]; the stubs stand for the board's sensors.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...stubs] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(module).href);
const INTERRUPT = 3, RUN = 4;
const waiting = [];
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
        if (n === 0) process.exit(0);
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
const python = await loadMicroPython({
    heapsize: 1 << 20,
    linebuffer: false,
    stdout: (bytes) => {
        send(bytes);
        if (!isRunning || bytes[0] !== 10) return;
        receive();
        const at = waiting.indexOf(INTERRUPT);
        if (at < 0) return;
        waiting.splice(at, 1);
        isRunning = false; // it ends: what else came is for the REPL
        python._module._mp_sched_keyboard_interrupt();
    },
});
for (const stub of stubs) python.runPython(fs.readFileSync(stub, "utf8"));
python.replInit();

function turn() {
    receive();
    while (waiting.length) {
        const character = waiting.shift();
        isRunning = character === RUN;
        python.replProcessChar(character);
        isRunning = false;
    }
    setTimeout(turn, 2);
}
turn();
