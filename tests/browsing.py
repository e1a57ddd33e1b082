"""A real Chromium without a window, spoken to over WebDriver (W3C) with the standard library alone."""

import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
)  # fmt: skip
"""Without those about the network, Chromium itself asks its maker's hosts at every start."""

PATIENCE = 60.0
"""Seconds until a browser that has not answered is given up."""


def missing():
    """What keeps a browser from being started here; None where nothing does."""
    found = {name: shutil.which(name) for name in ("chromedriver", "chromium")}
    lacking = [name for name, path in found.items() if path is None]
    return f"no {' and no '.join(lacking)} on this machine (Debian: apt-get install chromium chromium-driver)" * bool(
        lacking
    )


class Browser:
    """One browser; ``open`` shows a file, ``run`` asks the page, ``said`` and ``asked`` tell what it did."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="tracker-browser-", ignore_cleanup_errors=True)
        self.log = Path(self.folder.name, "log").open("w+")  # noqa: SIM115 - as long as the browser
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=self.log, stderr=self.log)
        self.base = f"http://127.0.0.1:{self._port()}"
        arguments = [*OPTIONS, f"--user-data-dir={self.folder.name}/profile"]
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": shutil.which("chromium"), "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.base += f"/session/{made['sessionId']}"

    def _port(self):
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            said = Path(self.log.name).read_text(encoding="utf-8")
            if "successfully on port " in said:
                return int(said.split("successfully on port ")[1].split(".")[0])
            time.sleep(0.05)
        raise TimeoutError(said)

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(self.base + path, data, method=method), timeout=PATIENCE) as answer:  # noqa: S310 - ours
                return json.load(answer)["value"]
        except HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from error

    def devtools(self, command, **parameters):
        """Say something in the language of Chromium's own tools."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, path, *, width=1000, height=800, scheme="light"):
        """Show a file, or an address, in a window of this size and scheme of colours; what was said is forgotten."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.devtools("Emulation.setDeviceMetricsOverride", **size)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.said()
        self.asked()
        self._call("POST", "/url", {"url": path if str(path).startswith("http") else Path(path).as_uri()})

    def run(self, script, *arguments):
        """Return what a piece of JavaScript returns."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def press(self, key, *, code=0, text=""):
        """Press a key, as a person does."""
        said = {"key": key, "windowsVirtualKeyCode": code, "text": text}
        self.devtools("Input.dispatchKeyEvent", type="keyDown", **said)
        self.devtools("Input.dispatchKeyEvent", type="keyUp", **said)

    def said(self):
        """What stands in the console since the page was opened: errors of scripts, of the policy, of loading."""
        return [line["message"] for line in self._call("POST", "/se/log", {"type": "browser"})]

    def asked(self):
        """The addresses that were asked for since the page was opened, but for what the page's policy stopped."""
        lines = self._call("POST", "/se/log", {"type": "performance"})
        events = [json.loads(line["message"])["message"] for line in lines]
        wanted = {
            one["params"]["requestId"]: one["params"]["request"]["url"]
            for one in events
            if one["method"] == "Network.requestWillBeSent"
        }
        for one in events:
            if one["method"] == "Network.loadingFailed" and one["params"].get("blockedReason") == "csp":
                wanted.pop(one["params"]["requestId"], None)
        return list(wanted.values())

    def close(self):
        """End the browser and its driver."""
        with contextlib.suppress(AssertionError, URLError, OSError):
            self._call("DELETE", "")
        self.driver.terminate()
        self.driver.wait(PATIENCE)
        self.log.close()
        self.folder.cleanup()
