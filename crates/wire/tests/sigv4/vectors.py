"""Writes vectors.json: requests signed by botocore, with all that it signs on the way.

    pip install botocore==1.43.106
    python vectors.py > vectors.json

The cases are those of AWS's test suite for signature version 4, and those that S3 adds.
"""

import datetime
import json
import sys

import botocore.auth as auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
HOST = "https://example.amazonaws.com"
BUCKET = "https://demo.s3.us-east-1.amazonaws.com"
NOW = datetime.datetime(2015, 8, 30, 12, 36, 0, tzinfo=datetime.timezone.utc)
STREAMING = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"

auth.get_current_datetime = lambda remove_tzinfo=True: NOW.replace(tzinfo=None) if remove_tzinfo else NOW


def watched(kind):
    """The signer, keeping what it computes."""

    class Watched(kind):
        def canonical_request(self, request):
            self.canonical = super().canonical_request(request)
            return self.canonical

        def string_to_sign(self, request, canonical):
            self.to_sign = super().string_to_sign(request, canonical)
            return self.to_sign

        def signature(self, to_sign, request):
            self.signed = super().signature(to_sign, request)
            return self.signed

        def _modify_request_before_signing(self, request):
            declared = request.headers.get("X-Amz-Content-SHA256")
            super()._modify_request_before_signing(request)
            if declared in (STREAMING, "UNSIGNED-PAYLOAD"):
                del request.headers["X-Amz-Content-SHA256"]
                request.headers["X-Amz-Content-SHA256"] = declared

    return Watched


def case(name, url, headers=(), body="", method="GET", kind=auth.SigV4Auth, service="service", token=None, params=None, **more):
    request = AWSRequest(method=method, url=url, data=body.encode())
    for key, value in headers:
        request.headers.add_header(key, value)
    if params:
        request.url, request.params = url.split("?")[0], params
    signer = watched(kind)(Credentials("AKIDEXAMPLE", SECRET, token), service, "us-east-1", **more)
    signer.add_auth(request)
    return {
        "name": name,
        "method": method,
        "url": url if params else request.url,
        "headers": list(request.headers.items()),
        "body": body,
        "canonical": signer.canonical,
        "toSign": signer.to_sign,
        "signature": signer.signed,
    }


def s3(name, path, **more):
    return case(name, BUCKET + path, kind=auth.S3SigV4Auth, service="s3", **more)


ALPHABET = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FORM = ("Content-Type", "application/x-www-form-urlencoded")
CASES = [
    case("get-vanilla", HOST + "/"),
    case("get-unreserved", HOST + "/" + ALPHABET),
    case("get-utf8", HOST + "/ሴ"),
    case("get-space", HOST + "/example space/"),
    case("get-encoded-twice", HOST + "/us-east-1%3Aaaaa/d%20s/%E1%88%B4"),
    case("normalize-path/get-relative", HOST + "/example/.."),
    case("normalize-path/get-relative-relative", HOST + "/example1/example2/../.."),
    case("normalize-path/get-slash", HOST + "//"),
    case("normalize-path/get-slash-dot-slash", HOST + "/./"),
    case("normalize-path/get-slash-pointless-dot", HOST + "/./example"),
    case("normalize-path/get-slashes", HOST + "//example//"),
    case("normalize-path/get-above-the-root", HOST + "/../../a/./b/../c"),
    case("get-vanilla-query", HOST + "/?Param1=value1"),
    case("get-vanilla-query-order-key", HOST + "/?Param2=value2&Param1=value1"),
    case("get-vanilla-query-order-key-case", HOST + "/?Param1=a&param1=b&PARAM1=c"),
    case("get-vanilla-query-order-value", HOST + "/?Param1=value2&Param1=Value1&Param1=value1"),
    case("get-vanilla-query-order-encoded", HOST + "/?a-b=1&a%3Db=2&a=3&a.b=4"),
    case("get-vanilla-empty-query-key", HOST + "/?Param1="),
    case("get-vanilla-query-name-only", HOST + "/?Param1&Param2=x"),
    case("get-vanilla-query-unreserved", f"{HOST}/?{ALPHABET}={ALPHABET}"),
    case("get-vanilla-query-encoded", HOST + "/?a%20b=c%2Fd%2Be&%E1%88%B4=%26"),
    case("get-vanilla-utf8-query", HOST + "/?ሴ=bar", params=[("ሴ", "bar")]),
    case("get-header-key-duplicate", HOST + "/", [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")]),
    case("get-header-value-multiline", HOST + "/", [("My-Header1", "value1\n  value2\n     value3")]),
    case("get-header-value-order", HOST + "/", [("My-Header1", v) for v in ("value4", "value1", "value3", "value2")]),
    case("get-header-value-trim", HOST + "/", [("My-Header1", " value1"), ("My-Header2", ' "a   b   c"  ')]),
    case("get-header-key-case", HOST + "/", [("MY-HEADER1", "value1"), ("my-header2", "Value2"), ("Aa", "x"), ("Zz", "y")]),
    case("post-vanilla", HOST + "/", method="POST"),
    case("post-vanilla-query", HOST + "/?Param1=value1", method="POST"),
    case("post-sts-token", HOST + "/", method="POST", token="AQoDYXdzEPT//////////wEXAMPLE+token=="),
    case("post-x-www-form-urlencoded", HOST + "/", [FORM], "Param1=value1", "POST"),
    case("post-x-www-form-urlencoded-parameters", HOST + "/", [(FORM[0], FORM[1] + "; charset=utf8")], "Param1=ሴ", "POST"),
    case("post-json-target", HOST + "/", [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "DynamoDB_20120810.ListTables")], "{}", "POST"),
    s3("s3-path-as-it-is", "/a//b/../c%20d/x%3Ay~"),
    s3("s3-put", "/photo.jpg", method="PUT", body="a lake", headers=[("x-amz-meta-place", "Oslo")]),
    s3("s3-token", "/photo.jpg", token="TOKEN"),
    s3("s3-unsigned-payload", "/photo.jpg", method="PUT", body="a lake", headers=[("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")]),
    s3("s3-streaming", "/photo.jpg", method="PUT", headers=[
        ("X-Amz-Content-SHA256", STREAMING), ("Content-Encoding", "aws-chunked"), ("X-Amz-Decoded-Content-Length", "6"),
    ]),
    case("s3-presigned", BUCKET + "/us-east-1%3Abbbb/a%20b.txt?versionId=1", kind=auth.S3SigV4QueryAuth, service="s3", token="TO/KEN=", expires=900),
    case("presigned", HOST + "/?Action=GetCallerIdentity&Version=2011-06-15", kind=auth.SigV4QueryAuth, expires=60),
]

if __name__ == "__main__":
    json.dump(CASES, sys.stdout, indent=1, ensure_ascii=False)
    print()
