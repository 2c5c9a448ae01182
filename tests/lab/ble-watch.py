#!/usr/bin/python3
"""Is a Bluetooth LE watch: advertises the Nordic UART service on one adapter and bridges it to a command's terminal.

    ble-watch.py [--adapter hci1] [--name "Bangle.js 5a31"] [--chunk 20] [--hide-service] -- COMMAND [ARG ...]

What a central writes reaches the command's input; what the command prints goes out in notifications of at most --chunk
bytes (20 is what a watch with the smallest MTU of 23 sends). --hide-service advertises the name alone.
"""
import argparse
import os
import pty
import subprocess
import sys
import tty

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

SERVICE = "6e400001-b5a3-f393-e0a9-e50e24dcca9e"
RX = "6e400002-b5a3-f393-e0a9-e50e24dcca9e"
TX = "6e400003-b5a3-f393-e0a9-e50e24dcca9e"
PROPERTIES = "org.freedesktop.DBus.Properties"
OBJECTS = "org.freedesktop.DBus.ObjectManager"
CHARACTERISTIC = "org.bluez.GattCharacteristic1"
ROOT = "/watch"


class Service:
    path = ROOT + "/uart"

    def properties(self):
        return "org.bluez.GattService1", {"UUID": SERVICE, "Primary": dbus.Boolean(True)}


class Characteristic(dbus.service.Object):
    """One end of the UART; `write` takes what the central sends."""

    def __init__(self, bus, path, uuid, flags, write=None):
        self.path, self.uuid, self.flags, self.write, self.is_heard = path, uuid, flags, write, False
        super().__init__(bus, path)

    def properties(self):
        return CHARACTERISTIC, {"UUID": self.uuid, "Service": dbus.ObjectPath(Service.path),
                                "Flags": dbus.Array(self.flags, signature="s")}

    @dbus.service.method(CHARACTERISTIC, in_signature="aya{sv}")
    def WriteValue(self, value, _options):
        self.write(bytes(value))

    @dbus.service.method(CHARACTERISTIC)
    def StartNotify(self):
        self.is_heard = True

    @dbus.service.method(CHARACTERISTIC)
    def StopNotify(self):
        self.is_heard = False

    @dbus.service.signal(PROPERTIES, signature="sa{sv}as")
    def PropertiesChanged(self, interface, changed, invalidated):
        pass


class Application(dbus.service.Object):
    def __init__(self, bus, parts):
        self.parts = parts
        super().__init__(bus, ROOT)

    @dbus.service.method(OBJECTS, out_signature="a{oa{sa{sv}}}")
    def GetManagedObjects(self):
        return {part.path: dict([part.properties()]) for part in self.parts}


class Advertisement(dbus.service.Object):
    def __init__(self, bus, facts):
        self.facts = facts
        super().__init__(bus, ROOT + "/advertisement")

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, _interface):
        return self.facts

    @dbus.service.method("org.bluez.LEAdvertisement1")
    def Release(self):
        pass


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("--adapter", default="hci1")
    arguments.add_argument("--name", default="Bangle.js 5a31")
    arguments.add_argument("--chunk", type=int, default=20)
    arguments.add_argument("--hide-service", action="store_true")
    arguments.add_argument("command", nargs="+")
    options = arguments.parse_args()
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SystemBus()
    loop = GLib.MainLoop()
    master, slave = pty.openpty()
    tty.setraw(slave)
    process = subprocess.Popen(options.command, stdin=slave, stdout=slave, start_new_session=True)
    rx = Characteristic(bus, Service.path + "/rx", RX, ["write", "write-without-response"],
                        lambda data: os.write(master, data))
    tx = Characteristic(bus, Service.path + "/tx", TX, ["notify"])

    def on_printed(_fd, _condition):
        try:
            data = os.read(master, options.chunk)
        except OSError:
            data = b""
        if not data:
            loop.quit()
            return False
        if tx.is_heard:
            tx.PropertiesChanged(CHARACTERISTIC, {"Value": dbus.ByteArray(data)}, [])
        return True

    def on_failed(error):
        print("ble-watch:", error, file=sys.stderr, flush=True)
        loop.quit()

    facts = {"Type": "peripheral", "LocalName": options.name}
    if not options.hide_service:
        facts["ServiceUUIDs"] = dbus.Array([SERVICE], signature="s")
    # both must live as long as BlueZ asks them
    exported = [Application(bus, [Service(), rx, tx]), Advertisement(bus, facts)]
    adapter = bus.get_object("org.bluez", "/org/bluez/" + options.adapter)
    dbus.Interface(adapter, PROPERTIES).Set("org.bluez.Adapter1", "Powered", True)
    dbus.Interface(adapter, PROPERTIES).Set("org.bluez.Adapter1", "Alias", options.name)
    dbus.Interface(adapter, "org.bluez.GattManager1").RegisterApplication(
        ROOT, {}, reply_handler=lambda: None, error_handler=on_failed)
    dbus.Interface(adapter, "org.bluez.LEAdvertisingManager1").RegisterAdvertisement(
        exported[1].__dbus_object_path__, {}, reply_handler=lambda: print("advertising", flush=True),
        error_handler=on_failed)
    GLib.io_add_watch(master, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, on_printed)
    try:
        loop.run()
    finally:
        process.kill()


if __name__ == "__main__":
    main()
