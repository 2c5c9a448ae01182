"""The watch's end of each link in the virtual machine: waggle-watch behind USB, Bluetooth LE or RFCOMM."""
import os
import pathlib
import subprocess
import tty

from scene import HERE, WATCH, WORK, Program, wait_for

GADGET = "g_serial"
CDC_DRIVER = pathlib.Path("/sys/bus/usb/drivers/cdc_acm")


class WatchEnd:
    """A watch that can be performed to, killed without a goodbye, and started again with the Storage it had."""

    def __init__(self, name):
        self.folder = WORK / name
        self.options = ()
        self.program = None

    def get_command(self):
        return [WATCH, *self.options, "--", self.folder]

    def list_files(self):
        """Names of what is in its Storage now."""
        return [path.name for path in self.folder.glob("*")]

    def start(self, *options):
        """`options`: further words for waggle-watch, from now on."""
        self.options = options or self.options
        self.bring_up()

    def kill(self):
        self.program.kill()


class UsbWatch(WatchEnd):
    """Behind the virtual USB port: /dev/ttyGS0 is the watch's end of /dev/ttyACM0."""

    def __init__(self, name, is_bound=True):
        super().__init__(name)
        self.is_bound = is_bound

    def bring_up(self):
        if not self.is_bound:
            unbind_kernel_driver()
        line = os.open("/dev/ttyGS0", os.O_RDWR | os.O_NOCTTY)
        tty.setraw(line)
        self.program = Program(*self.get_command(), stdin=line, stdout=line)
        os.close(line)

    def unplug(self):
        self.kill()
        subprocess.run(["rmmod", GADGET], check=True)

    def plug(self):
        subprocess.run(["modprobe", GADGET, *os.environ["LAB_GADGET"].split()], check=True)
        wait_for(pathlib.Path("/dev/ttyGS0").exists)
        self.bring_up()


class BleWatch(WatchEnd):
    """Behind the second Bluetooth controller."""

    name = "Bangle.js 5a31"
    address = "00:AA:01:01:00:01"

    def bring_up(self):
        self.program = Program("/usr/bin/python3", HERE / "ble-watch.py", "--adapter", "hci1", "--name", self.name, "--",
                               *self.get_command())
        self.program.wait_line("advertising")


class RfcommWatch(WatchEnd):
    """A serial port of Bluetooth classic on the second controller: each connection is bridged to the watch."""

    address = "00:AA:01:01:00:01"

    def bring_up(self):
        self.program = Program("/usr/bin/python3", HERE / "rfcomm-watch.py", "--", *self.get_command())
        self.program.wait_line("listening")


def unbind_kernel_driver():
    """Takes the USB device from cdc_acm, as on a machine without that driver; its second interface goes along."""
    bound = list(CDC_DRIVER.glob("*:*"))
    if bound:
        (CDC_DRIVER / "unbind").write_text(min(path.name for path in bound), encoding="ascii")
