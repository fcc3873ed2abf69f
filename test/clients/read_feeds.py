"""What feedparser makes of each address of the JSON array on standard input, as a JSON array.

Each feed is asked for three times: plainly, with its ETag, and with its Last-Modified.
"""
import calendar
import json
import sys

import feedparser


def read(address):
    feed = feedparser.parse(address)
    return {
        "address": address,
        "status": feed.get("status"),
        "fault": str(feed.bozo_exception) if feed.bozo else None,
        "version": feed.version,
        "title": feed.feed.get("title"),
        "url": feed.feed.get("link"),
        "language": feed.feed.get("language"),
        "links": {link.rel: link.href for link in feed.feed.get("links", [])},
        "items": [read_item(item) for item in feed.entries],
        "again": {
            "with ETag": feedparser.parse(address, etag=feed.get("etag")).get("status"),
            "with Last-Modified": feedparser.parse(address, modified=feed.get("modified")).get("status"),
        },
    }


def read_item(item):
    title = item.title_detail
    return {
        "id": item.id,
        "title": item.title,
        "titleType": title.type,
        "url": item.link,
        "summary": item.summary,
        "html": item.content[0].value if "content" in item else None,
        # Atom says it as xml:lang, RSS in an element of Dublin Core.
        "language": title.language if item.get("language") is None else item.language,
        "kind": [tag.term for tag in item.get("tags", [])],
        "published": calendar.timegm(item.published_parsed),
        "updated": calendar.timegm(item.updated_parsed),
        "attachments": [
            {"url": file.href, "type": file.type, "length": int(file.length)}
            for file in item.get("enclosures", [])
        ],
        "event": [item.get(name) for name in ("ev_startdate", "ev_enddate", "ev_location")],
    }


json.dump([read(address) for address in json.load(sys.stdin)], sys.stdout)
