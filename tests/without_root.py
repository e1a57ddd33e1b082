"""Run the program without the privilege to pass over file permissions: root becomes an ordinary user in that respect.

Exits with 77 where root cannot give the privilege up. Linux keeps it in two capabilities (capabilities(7)).
"""

import ctypes
import os
import sys

CAN_NOT = 77
VERSION = 0x20080522
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2


class Header(ctypes.Structure):
    """Which process, by which version of the call."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class Sets(ctypes.Structure):
    """Half of each of the three sets of capabilities."""

    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def give_up() -> bool:
    """Drop both capabilities from this process; tell whether permissions bind now."""
    if os.geteuid() != 0:
        return True
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = Header(VERSION, 0), (Sets * 2)()
    if libc.capget(ctypes.byref(header), sets) != 0:
        return False
    kept = ~(1 << CAP_DAC_OVERRIDE | 1 << CAP_DAC_READ_SEARCH)
    sets[0].effective &= kept
    sets[0].permitted &= kept
    sets[0].inheritable &= kept
    return libc.capset(ctypes.byref(header), sets) == 0


if __name__ == "__main__":
    if not give_up():
        sys.exit(CAN_NOT)
    from tracker.__main__ import main

    main()
