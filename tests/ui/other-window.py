#!/usr/bin/python3
"""Another program's window, which takes the keyboard."""
import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk  # noqa: E402

window = Gtk.Window(title="Another program")
window.set_default_size(80, 80)
window.add(Gtk.Entry())
window.show_all()
window.present()
Gtk.main()
