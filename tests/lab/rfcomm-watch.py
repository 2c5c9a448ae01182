#!/usr/bin/python3
"""Is a board with a serial port over Bluetooth classic: registers it on a channel and bridges it to a command.

    rfcomm-watch.py [--adapter hci1] [--channel 1] -- COMMAND [ARG ...]

BlueZ announces the port by SDP and hands over each connection; what comes goes to the command's input and what the
command prints goes back. The command goes on between two connections.
"""
import argparse
import os
import subprocess

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

SERIAL_PORT = "00001101-0000-1000-8000-00805f9b34fb"
PROFILE = "org.bluez.Profile1"
PROPERTIES = "org.freedesktop.DBus.Properties"
READ_BYTES = 512
PATH = "/watch/serial"


class Port(dbus.service.Object):
    """The one connection at a time, and the command behind it."""

    def __init__(self, bus, command):
        super().__init__(bus, PATH)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.line = None
        GLib.io_add_watch(self.process.stdout.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, self.on_printed)

    def on_printed(self, fd, _condition):
        data = os.read(fd, READ_BYTES)
        if data and self.line is not None:
            os.write(self.line, data)
        return bool(data)

    def on_received(self, fd, _condition):
        try:
            data = os.read(fd, READ_BYTES)
        except OSError:
            data = b""
        if not data:
            os.close(fd)
            self.line = None
            return False
        self.process.stdin.write(data)
        return True

    @dbus.service.method(PROFILE, in_signature="oha{sv}")
    def NewConnection(self, _device, line, _facts):
        self.line = line.take()
        os.set_blocking(self.line, True)
        GLib.io_add_watch(self.line, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, self.on_received)

    @dbus.service.method(PROFILE, in_signature="o")
    def RequestDisconnection(self, _device):
        pass

    @dbus.service.method(PROFILE)
    def Release(self):
        pass


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("--adapter", default="hci1")
    arguments.add_argument("--channel", type=int, default=1)
    arguments.add_argument("command", nargs="+")
    options = arguments.parse_args()
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SystemBus()
    port = Port(bus, options.command)
    adapter = dbus.Interface(bus.get_object("org.bluez", "/org/bluez/" + options.adapter), PROPERTIES)
    adapter.Set("org.bluez.Adapter1", "Powered", True)
    adapter.Set("org.bluez.Adapter1", "Discoverable", True)  # and so connectable
    dbus.Interface(bus.get_object("org.bluez", "/org/bluez"), "org.bluez.ProfileManager1").RegisterProfile(
        PATH, SERIAL_PORT, {"Role": "server", "Channel": dbus.UInt16(options.channel), "Name": "Serial port",
                            "RequireAuthentication": False, "RequireAuthorization": False})
    print("listening", flush=True)
    try:
        GLib.MainLoop().run()
    finally:
        port.process.kill()


if __name__ == "__main__":
    main()
