"""The original platform's Python client, written anew: the same calls with the same library, in the same order.

python3 platform.py SERVER USERNAME PASSWORD OUTPUT [SECONDS_BETWEEN_LOOKS]
"""
import sys
import time

import requests

SERVER, USERNAME, PASSWORD, OUTPUT = sys.argv[1:5]
PAUSE = float(sys.argv[5]) if len(sys.argv) > 5 else 5.0


def answered(response):
    response.raise_for_status()
    return response.json()


token = answered(requests.post(f"{SERVER}/api/auth/login", json={"username": USERNAME, "password": PASSWORD}))["token"]
sign = {"Authorization": f"Bearer {token}"}

# A plain form, every field as text.
wanted = {"prompt": "A serene lake at sunset with mountains in the background", "model": "sora-2-pro", "size": "1280x720", "seconds": "8"}
video = answered(requests.post(f"{SERVER}/api/videos", headers=sign, data=wanted))
print("created", video["id"])

while True:
    seen = answered(requests.get(f"{SERVER}/api/videos/{video['id']}", headers=sign))
    print("looked", seen["status"], seen.get("progress", 0))
    if seen["status"] == "completed":
        break
    if seen["status"] == "failed":
        raise SystemExit(f"failed: {seen.get('error_message')}")
    time.sleep(PAUSE)

content = requests.get(f"{SERVER}/api/videos/{video['id']}/content", headers=sign, stream=True)
content.raise_for_status()
with open(OUTPUT, "wb") as file:
    for chunk in content.iter_content(chunk_size=8192):
        file.write(chunk)
print("downloaded")
