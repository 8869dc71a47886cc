"""Stands in for the package of this name where that is not installed: the few calls that platform.py makes, over the standard library."""
import json as _json
import urllib.error
import urllib.parse
import urllib.request


class HTTPError(Exception):
    pass


class Response:
    def __init__(self, raw):
        self._raw = raw
        self.status_code = raw.status

    def raise_for_status(self):
        if self.status_code >= 400:
            raise HTTPError(f"{self.status_code}: {self._raw.read().decode(errors='replace')}")

    def json(self):
        return _json.loads(self._raw.read())

    def iter_content(self, chunk_size):
        while chunk := self._raw.read(chunk_size):
            yield chunk


def _send(method, url, headers, body):
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        return Response(urllib.request.urlopen(request))
    except urllib.error.HTTPError as refused:
        return Response(refused)


def get(url, headers=None, stream=False):
    return _send("GET", url, dict(headers or {}), None)


def post(url, headers=None, json=None, data=None):
    headers = dict(headers or {})
    if json is not None:
        headers["Content-Type"] = "application/json"
        return _send("POST", url, headers, _json.dumps(json).encode())
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return _send("POST", url, headers, urllib.parse.urlencode(data or {}).encode())
