"""What python3-icalendar reads at each address of the JSON array on standard input, as a JSON array."""
import json
import sys
from urllib.request import urlopen

from icalendar import Calendar


def read(address):
    with urlopen(address) as answer:
        calendar = Calendar.from_ical(answer.read())
        media_type = answer.headers.get_content_type()
    return {
        "address": address,
        "mediaType": media_type,
        "title": str(calendar["X-WR-CALNAME"]),
        "faults": [str(fault) for part in calendar.walk() for fault in getattr(part, "errors", [])],
        "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
        "events": [read_event(event) for event in calendar.walk("VEVENT")],
    }


def read_event(event):
    starts = event["DTSTART"]
    return {
        "id": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "starts": starts.dt.isoformat(),
        "ends": event["DTEND"].dt.isoformat() if "DTEND" in event else None,
        "parameters": dict(starts.params),
        "title": str(event["SUMMARY"]),
        "place": str(event["LOCATION"]),
        "description": str(event["DESCRIPTION"]),
        "url": str(event["URL"]),
    }


json.dump([read(address) for address in json.load(sys.stdin)], sys.stdout)
