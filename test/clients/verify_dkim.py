"""Whether python3-dkim verifies each signature of some mails: a JSON array of {mime, records} on standard
input, the mail in base64 and the TXT records by their names; a JSON array of arrays of booleans."""
import base64
import json
import sys

import dkim


def verify(mail):
    mime = base64.b64decode(mail["mime"])
    records = {name + ".": text.encode() for name, text in mail["records"].items()}
    signatures = mime.split(b"\r\n\r\n")[0].lower().count(b"dkim-signature:")
    return [verify_one(mime, index, records) for index in range(signatures)]


def verify_one(mime, index, records):
    try:
        find = lambda name, timeout=5: records.get(name.decode())
        return bool(dkim.DKIM(mime, minkey=1024).verify(idx=index, dnsfunc=find))
    except dkim.DKIMException:
        return False


json.dump([verify(mail) for mail in json.load(sys.stdin)], sys.stdout)
