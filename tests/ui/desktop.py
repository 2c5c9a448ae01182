#!/usr/bin/python3
"""Stands in for a desktop's session manager and its notifications on the session's bus. Writes one line of JSON for each
call that comes; the line "click NUMBER" on standard input clicks that notification."""
import json
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

SESSION = """<node><interface name='org.gnome.SessionManager'>
<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
<arg type='u' direction='in'/><arg type='u' direction='out'/></method>
<method name='Uninhibit'><arg type='u' direction='in'/></method>
<method name='RegisterClient'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='o' direction='out'/></method>
</interface></node>"""
NOTIFICATIONS = """<node><interface name='org.freedesktop.Notifications'>
<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>
<arg type='i' direction='in'/><arg type='u' direction='out'/></method>
<method name='CloseNotification'><arg type='u' direction='in'/></method>
<method name='GetCapabilities'><arg type='as' direction='out'/></method>
<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>
</interface></node>"""
number = 0


def tell(**facts):
    print(json.dumps(facts), flush=True)


def on_call(_bus, _sender, _path, _interface, method, parameters, invocation):
    global number
    given = parameters.unpack()
    answer = None
    if method == "Inhibit":
        number += 1
        tell(call=method, cookie=number, app=given[0], window=given[1], reason=given[2], flags=given[3])
        answer = GLib.Variant("(u)", (number,))
    elif method == "Uninhibit":
        tell(call=method, cookie=given[0])
    elif method == "RegisterClient":
        answer = GLib.Variant("(o)", ("/org/gnome/SessionManager/Client1",))
    elif method == "Notify":
        number += 1
        tell(call=method, number=number, title=given[3], body=given[4])
        answer = GLib.Variant("(u)", (number,))
    elif method == "CloseNotification":
        tell(call=method, number=given[0])
    elif method == "GetCapabilities":
        answer = GLib.Variant("(as)", (["actions", "body"],))
    invocation.return_value(answer)


def on_line(channel, _condition):
    line = channel.readline()
    if not line:
        loop.quit()
        return False
    bus.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                    GLib.Variant("(us)", (int(line.split()[1]), "default")))
    return True


bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
for xml, place in ((SESSION, "/org/gnome/SessionManager"), (NOTIFICATIONS, "/org/freedesktop/Notifications")):
    bus.register_object(place, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0], on_call, None, None)
for name in ("org.gnome.SessionManager", "org.freedesktop.Notifications"):
    bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                  GLib.Variant("(su)", (name, 4)), None, 0, -1, None)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_line)
tell(call="ready")
loop.run()
