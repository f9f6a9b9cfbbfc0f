"""Addresses that would lure us into private networks, and where the lured would end."""

from __future__ import annotations

import socket

from tests.raw_server import RawServer
from wizard.connection import Place, reach
from wizard.errors import Unreachable

PUBLIC = "93.184.216.34"

# Names that answer with what a person who means harm wants them to.
NAMES = {
    "rebound.example": ["127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "half.example": [PUBLIC, "10.0.0.1"],
    "six.example": ["2606:2800:220:1::1", "::1"],
    "wrapped.example": ["::ffff:127.0.0.1"],
    "nothing.example": [],
    "odd.example": ["not an address"],
    "pictures.example": [PUBLIC],
    "other.example": ["1.1.1.1", "2606:4700::1111"],
}

FORBIDDEN = [
    # this computer, in every spelling
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.9.9.9/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://2130706433/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://127.0.0.1./",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001::7f00:1]/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    # the house, the cloud, the provider
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://198.18.0.1/",
    "http://192.0.2.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[fc00::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://0xa9fea9fe/",
    "http://2852039166/",
    # names that lead there
    "http://rebound.example/",
    "https://rebound.example/",
    "http://metadata.example/",
    "http://half.example/",
    "http://six.example/",
    "http://wrapped.example/",
    "http://nothing.example/",
    "http://odd.example/",
    # tricks of spelling
    "http://pictures.example@127.0.0.1/",
    "http://ann:secret@pictures.example/",
    "http://127.0.0.1\\@pictures.example/",
    "http://127.0.0.1#@pictures.example/",
    "http://127.0.0.1?@pictures.example/",
    "http://pictures.example:22/",
    "http://pictures.example:8080/",
    "http://pictures.example:65536/",
    "https://pictures.example:25/",
    "http:127.0.0.1/",
    "http:///127.0.0.1/",
    "//127.0.0.1/",
    "\\\\127.0.0.1\\share\\a.jpg",
    "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "ftp://pictures.example/a.jpg",
    "gopher://127.0.0.1:80/_GET",
    "data:image/png;base64,AAAA",
    "smb://127.0.0.1/share",
    "jar:http://127.0.0.1!/",
    "dict://127.0.0.1:11211/",
    "javascript:1",
    "C:\\photos\\a.jpg",
    "",
]


def names(host: str, port: int) -> list[Place]:
    """The names above, and numbers in each spelling that the C library understands."""
    bare = host.rstrip(".").lower()
    if bare in NAMES:
        addresses = NAMES[bare]
    elif bare == "localhost":
        addresses = ["127.0.0.1", "::1"]
    else:
        try:
            addresses = [socket.inet_ntoa(socket.inet_aton(bare))]
        except OSError:
            if ":" not in bare:
                raise Unreachable("No such name", code="no-such-name") from None
            addresses = [bare]
    return [(socket.AF_INET, (address, port)) for address in addresses]


class Canary:
    """Every line that passed the check ends here, whatever it was meant for."""

    def __init__(self, server: RawServer) -> None:
        self.server = server
        self.meant: list[tuple[str, str]] = []

    def reach(self, host: str, places: list[Place], seconds: float) -> socket.socket:
        self.meant.append((host, places[0][1][0]))
        return reach(host, [(socket.AF_INET, ("127.0.0.1", self.server.port))], seconds)
