"""A search engine on this machine: the distribution that Elasticsearch makes for tests.

    python3 .ci/search_server.py check            fail where no JDK here can run it
    python3 .ci/search_server.py start FOLDER     start a server in the folder; print its address
    python3 .ci/search_server.py runs FOLDER      fail where it does not run
    python3 .ci/search_server.py stop FOLDER      end it and delete the folder

`start` fills an empty folder, or starts what lies in it again at its old address. With `--user` and
`--password` the server knows only that user. Needs the standard library, Maven, which fetches it
once into `.cache`, and a JDK: `ES_JAVA_HOME`, or one that is found. A server has its own ports,
data and 512 MB of heap, and never runs as root.
"""

import argparse
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

VERSION = "9.5.3"
SHA256 = "bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
CACHE = Path(__file__).resolve().parent.parent / ".cache" / "elasticsearch"
ZIP = CACHE / f"elasticsearch-{VERSION}.zip"
JAVA = 21
JVMS = Path("/usr/lib/jvm")
OWNER = "portal-search"
START_SECONDS = 300
SETTINGS = """\
discovery.type: single-node
network.host: 127.0.0.1
http.port: 0
transport.port: 0
node.portsfile: true
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: {security}
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog=".ci/search_server.py")
    parser.add_argument("verb", choices=["check", "start", "runs", "stop"])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    given = parser.parse_args()
    if given.verb == "check":
        java_home()
    elif given.folder is None:
        parser.error("which folder?")
    elif given.verb == "start":
        print(start(given.folder.resolve(), given.user, given.password))
    elif given.verb == "runs":
        sys.exit(not processes(given.folder.resolve()))
    else:
        stop(given.folder.resolve())


def start(folder: Path, user: str, password: str) -> str:
    """Start the server of a folder and return its address."""
    java = java_home()
    home = folder / f"elasticsearch-{VERSION}"
    try:
        if not home.exists():
            unpack(fetched(), folder)
            configure(home, security=bool(user))
            give(folder)
            if user:
                account = ["useradd", user, "-p", password, "-r", "superuser"]
                run(home, java, "elasticsearch-users", *account)
        run(home, java, "elasticsearch", "--daemonize", "--pidfile", str(folder / "pid"))
        keep_ports(home)
    except BaseException:
        end(folder)
        raise
    return f"http://127.0.0.1:{ports(home)['http']}"


def stop(folder: Path) -> None:
    """End the server of a folder and delete all of it."""
    end(folder)
    shutil.rmtree(folder, ignore_errors=True)


def java_home() -> Path:
    """Return the folder of the newest Java that is new enough; stops with one line without one."""
    given = os.environ.get("ES_JAVA_HOME")
    if given:
        if java_version(Path(given)) < JAVA:
            sys.exit(f"ES_JAVA_HOME={given} holds no JDK {JAVA} or newer.")
        return Path(given)
    places = [java.parent.parent for java in JVMS.glob("*/bin/java")]
    if os.environ.get("JAVA_HOME"):
        places.append(Path(os.environ["JAVA_HOME"]))
    if command := shutil.which("java"):
        places.append(Path(command).resolve().parent.parent)
    version, home = max(((java_version(place), str(place)) for place in places), default=(0, ""))
    if version < JAVA:
        sys.exit(f"Elasticsearch needs a JDK {JAVA} or newer: install one, or set ES_JAVA_HOME.")
    return Path(home)


def java_version(home: Path) -> int:
    """Return the number that the Java of a folder tells of itself; 0 where it does not run."""
    try:
        done = subprocess.run(
            [home / "bin/java", "-version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'version "(\d+)', done.stderr)
    return int(found[1]) if found else 0


def fetched() -> Path:
    """Return the distribution, fetched where it is not there or not as it should be.

    A second try has a Maven repository of its own, since the usual one may hold what is broken.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for attempt in range(3):
            if ZIP.exists() and checksum(ZIP) == SHA256:
                return ZIP
            if attempt < 2:
                fetch(afresh=attempt == 1)
    sys.exit(f"{ZIP.name} was fetched twice and has another checksum than it should have.")


def fetch(*, afresh: bool) -> None:
    """Have Maven put the distribution into the cache; stops with one line where it cannot."""
    if not shutil.which("mvn"):
        sys.exit("Maven is missing: apt-get install maven")
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        command = ["mvn", "-q", "-B", COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        if afresh:
            command.append(f"-Dmaven.repo.local={folder}/repository")
        log = CACHE / "fetch.log"
        with log.open("w") as words:
            done = subprocess.run(command, cwd=folder, stdout=words, stderr=words, check=False)
        if done.returncode:
            sys.exit(f"Maven could not fetch Elasticsearch; why stands in {log}.")
        os.replace(Path(folder) / ZIP.name, ZIP)


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(archive: Path, folder: Path) -> None:
    """Unpack with the permissions that the archive tells; zipfile alone forgets them."""
    with zipfile.ZipFile(archive) as files:
        for member in files.infolist():
            path = files.extract(member, folder)
            os.chmod(path, 0o755 if member.is_dir() else member.external_attr >> 16 & 0o777)


def configure(home: Path, *, security: bool) -> None:
    """Write the settings; port 0 lets the server choose."""
    text = SETTINGS.format(security=str(security).lower())
    (home / "config/elasticsearch.yml").write_text(text)
    (home / "config/jvm.options.d/heap.options").write_text("-Xms512m\n-Xmx512m\n")
    for name in ("data", "logs", "tmp"):
        (home / name).mkdir(exist_ok=True)


def keep_ports(home: Path) -> None:
    """Write into the settings what the server chose, so that it comes back at the same address."""
    path = home / "config/elasticsearch.yml"
    text = path.read_text()
    for name, port in ports(home).items():
        text = text.replace(f"{name}.port: 0\n", f"{name}.port: {port}\n")
    path.write_text(text)


def ports(home: Path) -> dict[str, int]:
    """Return the ports that a running server tells in its files."""
    return {
        name: int((home / f"logs/{name}.ports").read_text().split()[0].rpartition(":")[2])
        for name in ("http", "transport")
    }


def give(folder: Path) -> None:
    """Give the folder to the user under whom the server runs, made where there is none.

    Only root has to: for anyone else the server runs under her own name.
    """
    if os.getuid() != 0:
        return
    if not known(OWNER):
        useradd = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OWNER]
        subprocess.run(useradd, capture_output=True, check=False)
        if not known(OWNER):  # as long as no other run has made it meanwhile
            sys.exit(f"The user {OWNER}, under whom Elasticsearch runs, could not be made.")
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, OWNER, OWNER)


def known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def run(home: Path, java: Path, command: str, *arguments: str) -> None:
    """Run one of the distribution's commands as its user; stops with one line where it fails."""
    owner = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.getuid() == 0 else {}
    process = subprocess.Popen(
        [home / "bin" / command, *arguments],
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "ES_JAVA_HOME": str(java),
            "ES_TMPDIR": str(home / "tmp"),
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # an interrupt of ours is not the server's
        **owner,
    )
    try:
        words, _ = process.communicate(timeout=START_SECONDS)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    if process.returncode:
        lines = words.strip().splitlines() or ["it said nothing"]
        told = [line for line in lines if re.search("error|exception|fail", line, re.IGNORECASE)]
        sys.exit(f"{command} failed: {(told or lines)[0]}")


def end(folder: Path) -> None:
    """Kill the server of a folder and wait until it is gone."""
    for pid in processes(folder):
        os.kill(pid, signal.SIGKILL)
    while processes(folder):
        time.sleep(0.05)


def processes(folder: Path) -> list[int]:
    """Return the numbers of the Java processes that run from a folder."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended meanwhile
        place = os.fsencode(folder) + b"/"
        if words[0].endswith(b"/java") and any(place in word for word in words[1:]):
            found.append(int(command.parent.name))
    return found


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped.")
