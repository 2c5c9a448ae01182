/* The table of boards that are known by their USB ids. */
#include "device/known-boards.h"

/* data/udev/60-waggle.rules names the same; a test holds them together. Ids: Espruino's and
 * Nordic's from misc/45-espruino.rules of Espruino, the others from the vendors' drivers and lists
 * (boards.txt of the Arduino cores, usb-pids of Espressif and Raspberry Pi, mpconfigboard.h). */
const WgKnownBoard wg_known_boards[] = {
    {0x0483, 0x5740, "Espruino board", NULL, WG_DEFAULT_BAUD},
    {0x1915, 0x520f, "Espruino on nRF52840", NULL, WG_DEFAULT_BAUD},
    {0x1366, 0x1015, "Nordic development kit", NULL, 9600},
    {0x0d28, 0x0204, "BBC micro:bit", "microbit2", WG_DEFAULT_BAUD},
    {0x2341, 0x805a, "Arduino Nano 33 BLE", "nano33ble", WG_DEFAULT_BAUD},
    {0x2341, 0x015a, "Arduino Nano 33 BLE", "nano33ble", WG_DEFAULT_BAUD},
    {0x2341, 0x025a, "Arduino Nano 33 BLE", "nano33ble", WG_DEFAULT_BAUD},
    {0x2341, 0x005a, "Arduino Nano 33 BLE (in its bootloader)", "nano33ble", WG_DEFAULT_BAUD},
    {0x2341, 0x8057, "Arduino Nano 33 IoT", NULL, WG_DEFAULT_BAUD},
    {0x2341, 0x025e, "Arduino Nano RP2040 Connect", NULL, WG_DEFAULT_BAUD},
    {0x2341, 0x056b, "Arduino Nano ESP32", "esp32", WG_DEFAULT_BAUD},
    {0x2341, WG_ANY_PRODUCT, "Arduino board", NULL, 9600},
    {0x2a03, WG_ANY_PRODUCT, "Arduino board", NULL, 9600},
    {0x303a, 0x1001, "ESP32-S3 or -C3", "esp32", WG_DEFAULT_BAUD},
    {0x303a, WG_ANY_PRODUCT, "ESP32-S2 or -S3", "esp32", WG_DEFAULT_BAUD},
    {0x10c4, 0xea60, "ESP32 or other board (CP210x)", NULL, WG_DEFAULT_BAUD},
    {0x1a86, 0x7522, "ESP32 or other board (CH340)", NULL, WG_DEFAULT_BAUD},
    {0x1a86, 0x7523, "ESP32 or other board (CH340)", NULL, WG_DEFAULT_BAUD},
    {0x1a86, 0x55d3, "ESP32 or other board (CH343)", NULL, WG_DEFAULT_BAUD},
    {0x1a86, 0x55d4, "ESP32 or other board (CH9102)", NULL, WG_DEFAULT_BAUD},
    {0x0403, 0x6001, "board behind an FTDI chip", NULL, WG_DEFAULT_BAUD},
    {0x0403, 0x6010, "board behind an FTDI chip", NULL, WG_DEFAULT_BAUD},
    {0x0403, 0x6014, "board behind an FTDI chip", NULL, WG_DEFAULT_BAUD},
    {0x0403, 0x6015, "board behind an FTDI chip", NULL, WG_DEFAULT_BAUD},
    {0x067b, 0x2303, "board behind a PL2303", NULL, WG_DEFAULT_BAUD},
    {0x2e8a, 0x0005, "Raspberry Pi Pico (MicroPython)", "micropython", WG_DEFAULT_BAUD},
    {0x2e8a, 0x000a, "Raspberry Pi Pico", NULL, WG_DEFAULT_BAUD},
    {0x2e8a, 0x0009, "Raspberry Pi Pico 2", NULL, WG_DEFAULT_BAUD},
    {0x2e8a, 0x000c, "Raspberry Pi Debug Probe", NULL, WG_DEFAULT_BAUD},
    {0x2e8a, WG_ANY_PRODUCT, "board with an RP2040", NULL, WG_DEFAULT_BAUD},
    {0xf055, 0x9800, "pyboard", "micropython", WG_DEFAULT_BAUD},
    {0xf055, 0x9801, "pyboard", "micropython", WG_DEFAULT_BAUD},
    {0xf055, 0x9802, "pyboard", "micropython", WG_DEFAULT_BAUD},
    {0x239a, WG_ANY_PRODUCT, "Adafruit board", NULL, WG_DEFAULT_BAUD},
    {0x2886, WG_ANY_PRODUCT, "Seeed board", NULL, WG_DEFAULT_BAUD},
    {0x16c0, 0x0483, "Teensy", NULL, WG_DEFAULT_BAUD},
    {0},
};

const WgKnownBoard *
wg_known_board_find(guint16 vendor, guint16 product)
{
    for (const WgKnownBoard *board = wg_known_boards; board->vendor; board++)
        if (board->vendor == vendor &&
            (board->product == WG_ANY_PRODUCT || board->product == product))
            return board;
    return NULL;
}
