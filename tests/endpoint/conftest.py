"""Runs the endpoint as a process, with boto3 as its client."""

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
        # Cargo may compile first; the endpoint then prints its address.
        line = next(line for line in self.process.stdout if "listening on " in line)
        self.url = line.split("listening on ")[1].strip()

    def kill(self):
        """Kills the process without a shutdown; acknowledged changes must survive."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def client(self, service, keys=STUDIO):
        """A boto3 client; `keys` are access key ID, secret access key and optionally a session token."""
        return boto3.session.Session().client(
            service,
            region_name=REGION,
            endpoint_url=self.url,
            aws_access_key_id=keys[0],
            aws_secret_access_key=keys[1],
            aws_session_token=keys[2] if len(keys) > 2 else None,
            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
        )

    def control(self, path, body=None):
        """Calls the control API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_cognitab/{path}", data=data)
        with urllib.request.urlopen(request) as response:
            return json.load(response)


@pytest.fixture
def run():
    """Starts endpoints, and kills them after the test."""
    running = []

    def start(*arguments):
        running.append(Endpoint(*arguments))
        return running[-1]

    yield start
    for endpoint in running:
        if endpoint.process.poll() is None:
            endpoint.kill()
