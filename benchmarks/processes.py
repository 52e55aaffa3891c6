"""The processes of the benchmark: commands that are measured, and the servers."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

BENCHMARKS = Path(__file__).resolve().parent
ROOT = BENCHMARKS.parent
PORTAL, BARE = "portal.settings.base", "bare.settings"

# As README.md has it served in production: a process answers one request at a time (docs/scaling.md).
# Without the control socket, which two servers cannot share.
SERVER_OPTIONS = ["--workers=2", "--preload", "--no-control-socket"]
START_SECONDS = 60
# ru_maxrss is in kibibytes on Linux, in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def environment(settings: str, data_dir: Path, port: int = 8000) -> dict:
    """Return the variables of a child: those of the shell would measure another site."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATA_DIR": str(data_dir),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO_PASSWORD": "bench",
        "PYTHONPATH": f"{ROOT}:{BENCHMARKS}:{data_dir}",
    }


def run(arguments: list, env: dict, stdin: str = "") -> str:
    """Run Python with `arguments` and return what it wrote; stop the benchmark where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=ROOT, input=stdin, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def run_measured(arguments: list, env: dict, log: Path) -> dict:
    """Run Python with `arguments`, its output in `log`; return seconds and peak memory (MiB)."""
    with log.open("w") as output:
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *arguments], env=env, cwd=ROOT, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))} failed:\n{log.read_text()[-2000:]}")
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mib": round(usage.ru_maxrss * RSS_UNIT / 2**20),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(application: str, env: dict, port: int, path: str, log: Path):
    """Serve a WSGI application while the block runs, from the moment it answers at `path`.

    The block gets the id of the server's process, for `workers_seconds`.
    """
    command = [sys.executable, "-m", "gunicorn", *SERVER_OPTIONS]
    command += ["--bind", f"127.0.0.1:{port}", application]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stderr=output)
    try:
        wait_for(f"http://127.0.0.1:{port}{path}", process, log)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def workers_seconds(server_pid: int) -> float:
    """Return the processor seconds that the workers of a server have taken, 0 where it is not told.

    Other work on the machine makes a request wait, but hardly adds to what it takes.
    """
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # the process has ended
            # After the name, in parentheses: state, parent, …; user and system time are 14 and 15.
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == server_pid:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    """Return once `url` answers; stop the benchmark where it does not."""
    reason, deadline = "it stopped", time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(url, timeout=START_SECONDS).close()
            return
        except (URLError, OSError) as error:
            reason = error
            time.sleep(0.2)
    raise SystemExit(f"{url} does not answer ({reason}):\n{log.read_text()[-2000:]}")
