"""The endpoint as a process of its own, and boto3 as its client."""

import json
import os
import subprocess
import urllib.request

import boto3
import pytest
from botocore.config import Config

REGION = "us-east-1"
STUDIO = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
ARCHIVE = ("AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY")


class Endpoint:
    """A running endpoint."""

    def __init__(self, *arguments):
        self.arguments = arguments
        self.start()

    def start(self):
        program = os.environ.get("COGNITAB_ENDPOINT")
        command = [program] if program else ["cargo", "xtask", "endpoint"]
        self.process = subprocess.Popen(
            [*command, "--port", "0", *self.arguments], stdout=subprocess.PIPE, text=True
        )
        # Its first line says where it listens; until then it may be compiling.
        line = next(line for line in self.process.stdout if "listening on " in line)
        self.url = line.split("listening on ")[1].strip()

    def kill(self):
        """Ends it as a power cut would: what it has answered must be kept all the same."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def client(self, service, keys=STUDIO):
        """An ordinary client; `keys` are key id, secret and, for a session, its token."""
        return boto3.session.Session().client(
            service,
            region_name=REGION,
            endpoint_url=self.url,
            aws_access_key_id=keys[0],
            aws_secret_access_key=keys[1],
            aws_session_token=keys[2] if len(keys) > 2 else None,
            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
        )

    def ask(self, path, body=None):
        """Asks the simulator itself."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_cognitab/{path}", data=data)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


@pytest.fixture
def run():
    """Starts endpoints and ends them after the test."""
    running = []

    def start(*arguments):
        running.append(Endpoint(*arguments))
        return running[-1]

    yield start
    for endpoint in running:
        if endpoint.process.poll() is None:
            endpoint.kill()
