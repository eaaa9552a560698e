"""The chain from an empty account to an object in a bucket, with restarts of the endpoint."""

import json

import pytest
from botocore.exceptions import ClientError
from conftest import ARCHIVE, REGION, STUDIO

USER, EMAIL, PASSWORD = "cleo", "cleo@studio.example", "Cleo-Photos-1!"
BUCKET, TABLE = "chain-photos", "chain-albums"
SUB = "${cognito-identity.amazonaws.com:sub}"
OTHER_IDENTITY = "us-east-1:00000000-0000-4000-8000-000000000000"


def refused(code, call, **arguments):
    """Expects that a call fails with this error code; returns the message."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    assert caught.value.response["Error"]["Code"] == code, caught.value
    return caught.value.response["Error"]["Message"]


def policy(*statements):
    listed = [{"Effect": "Allow", **statement} for statement in statements]
    return json.dumps({"Version": "2012-10-17", "Statement": listed})


def sign_up(at):
    """Creates a user pool, an app client and an unconfirmed user."""
    pools = at.client("cognito-idp")
    pool = pools.create_user_pool(PoolName="photos", AutoVerifiedAttributes=["email"])
    pool_id = pool["UserPool"]["Id"]
    client = pools.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="web",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )["UserPoolClient"]["ClientId"]
    request = {
        "ClientId": client,
        "Username": USER,
        "UserAttributes": [{"Name": "email", "Value": EMAIL}],
    }
    refused("InvalidPasswordException", pools.sign_up, Password="weak", **request)
    assert pools.sign_up(Password=PASSWORD, **request)["UserConfirmed"] is False
    refused("UsernameExistsException", pools.sign_up, Password=PASSWORD, **request)
    refused("UserNotConfirmedException", lambda: sign_in(at, client))
    return pool_id, client


def confirm(at, client):
    pools = at.client("cognito-idp")
    code = next(m["code"] for m in at.control("inbox")["messages"] if m["to"] == EMAIL)
    named = {"ClientId": client, "Username": USER}
    wrong = "000001" if code == "000000" else "000000"
    refused("CodeMismatchException", pools.confirm_sign_up, ConfirmationCode=wrong, **named)
    pools.confirm_sign_up(ConfirmationCode=code, **named)


def sign_in(at, client, password=PASSWORD):
    return at.client("cognito-idp").initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=client,
        AuthParameters={"USERNAME": USER, "PASSWORD": password},
    )["AuthenticationResult"]


def build(at, pool, client):
    """Creates the bucket, the table, the identity pool and its two roles."""
    provider = f"cognito-idp.{REGION}.amazonaws.com/{pool}"
    identities, iam = at.client("cognito-identity"), at.client("iam")
    identity_pool = identities.create_identity_pool(
        IdentityPoolName="photos",
        AllowUnauthenticatedIdentities=True,
        CognitoIdentityProviders=[{"ProviderName": provider, "ClientId": client}],
    )["IdentityPoolId"]
    at.client("s3").create_bucket(Bucket=BUCKET)
    at.client("s3").put_object(Bucket=BUCKET, Key="public/hello.txt", Body=b"hello")
    names = ["owner", "album"]
    table = at.client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
        KeySchema=[
            {"AttributeName": "owner", "KeyType": "HASH"},
            {"AttributeName": "album", "KeyType": "RANGE"},
        ],
    )["TableDescription"]["TableArn"]
    home = {"Action": ["s3:GetObject", "s3:PutObject"]}
    home["Resource"] = f"arn:aws:s3:::{BUCKET}/home/{SUB}/*"
    listing = {"Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{BUCKET}"}
    listing["Condition"] = {"StringLike": {"s3:prefix": f"home/{SUB}/*"}}
    items = {"Action": ["dynamodb:PutItem", "dynamodb:GetItem"], "Resource": table}
    items["Condition"] = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [SUB]}}
    public = {"Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/public/*"}
    allowed = {"authenticated": [home, listing, items], "unauthenticated": [public]}
    roles = {}
    for amr, statements in allowed.items():
        trust = {
            "Principal": {"Federated": "cognito-identity.amazonaws.com"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {"cognito-identity.amazonaws.com:aud": identity_pool},
                "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": amr},
            },
        }
        role = iam.create_role(RoleName=f"chain-{amr}", AssumeRolePolicyDocument=policy(trust))
        iam.put_role_policy(
            RoleName=f"chain-{amr}", PolicyName="allowed", PolicyDocument=policy(*statements)
        )
        roles[amr] = role["Role"]["Arn"]
    identities.set_identity_pool_roles(IdentityPoolId=identity_pool, Roles=roles)
    return identity_pool, provider


def get_credentials(at, identity_pool, logins=None):
    """Gets an identity, and its credentials as the keys of a client."""
    identities = at.client("cognito-identity")
    optional = {"Logins": logins} if logins else {}
    identity = identities.get_id(IdentityPoolId=identity_pool, **optional)["IdentityId"]
    response = identities.get_credentials_for_identity(IdentityId=identity, **optional)
    keys = response["Credentials"]
    return identity, (keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"])


def check_own_resources(at, identity, keys):
    """The user can access its own folder and its own items, and nothing else."""
    s3, tables = at.client("s3", keys), at.client("dynamodb", keys)
    s3.put_object(Bucket=BUCKET, Key=f"home/{identity}/lake.txt", Body=b"a lake")
    got = s3.get_object(Bucket=BUCKET, Key=f"home/{identity}/lake.txt")
    assert got["Body"].read() == b"a lake"
    listed = s3.list_objects_v2(Bucket=BUCKET, Prefix=f"home/{identity}/")["Contents"]
    assert [entry["Key"] for entry in listed] == [f"home/{identity}/lake.txt"]
    refused("AccessDenied", s3.put_object, Bucket=BUCKET, Key=f"home/{OTHER_IDENTITY}/x", Body=b"x")
    refused("AccessDenied", s3.get_object, Bucket=BUCKET, Key="public/hello.txt")
    refused("AccessDenied", s3.list_objects_v2, Bucket=BUCKET)
    item = {"owner": {"S": identity}, "album": {"S": "lakes"}, "photos": {"N": "3"}}
    tables.put_item(TableName=TABLE, Item=item)
    key = {"owner": item["owner"], "album": item["album"]}
    assert tables.get_item(TableName=TABLE, Key=key)["Item"] == item
    other = {**item, "owner": {"S": "somebody else"}}
    message = refused("AccessDeniedException", tables.put_item, TableName=TABLE, Item=other)
    assert "because no identity-based policy allows the dynamodb:PutItem action" in message


def check_cross_account_access(at, keys):
    """Cross-account access with a role of Archive that callers in Studio can assume."""
    s3, iam = at.client("s3", ARCHIVE), at.client("iam", ARCHIVE)
    s3.create_bucket(Bucket="chain-archive")
    s3.put_object(Bucket="chain-archive", Key="old.txt", Body=b"old")
    trust = {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}
    trust["Condition"] = {"StringEquals": {"sts:ExternalId": "photos-7"}}
    role = iam.create_role(RoleName="chain-readers", AssumeRolePolicyDocument=policy(trust))
    reading = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::chain-archive/*"}
    iam.put_role_policy(
        RoleName="chain-readers", PolicyName="read", PolicyDocument=policy(reading)
    )
    request = {"RoleArn": role["Role"]["Arn"], "RoleSessionName": "dana", "ExternalId": "photos-7"}
    refused("AccessDenied", at.client("sts", keys).assume_role, **request)
    sts = at.client("sts")
    refused("AccessDenied", sts.assume_role, **{**request, "ExternalId": "photos-8"})
    session = sts.assume_role(**request)["Credentials"]
    reader = (session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
    got = at.client("s3", reader).get_object(Bucket="chain-archive", Key="old.txt")
    assert got["Body"].read() == b"old"
    mine = {"Bucket": "chain-archive", "Key": "x", "Body": b"x"}
    refused("AccessDenied", at.client("s3", reader).put_object, **mine)


def test_chain_with_restarts(run, tmp_path):
    at = run("--state", str(tmp_path / "world"))

    def restart():
        at.kill()
        at.start()

    pool, client = sign_up(at)
    restart()
    confirm(at, client)
    refused("NotAuthorizedException", lambda: sign_in(at, client, "Wrong-Photos-1!"))
    tokens = sign_in(at, client)
    restart()
    user = at.client("cognito-idp").get_user(AccessToken=tokens["AccessToken"])
    assert user["Username"] == USER
    identity_pool, provider = build(at, pool, client)
    identity, keys = get_credentials(at, identity_pool, {provider: tokens["IdToken"]})
    restart()
    caller = at.client("sts", keys).get_caller_identity()
    assert caller["Arn"].endswith(":assumed-role/chain-authenticated/CognitoIdentityCredentials")
    check_own_resources(at, identity, keys)
    _, guest = get_credentials(at, identity_pool)
    hello = {"Bucket": BUCKET, "Key": "public/hello.txt"}
    assert at.client("s3", guest).get_object(**hello)["Body"].read() == b"hello"
    refused("AccessDenied", at.client("s3", guest).put_object, Body=b"mine", **hello)
    restart()
    check_cross_account_access(at, keys)
    fresh = at.client("cognito-idp").initiate_auth(
        AuthFlow="REFRESH_TOKEN_AUTH",
        ClientId=client,
        AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
    )
    assert fresh["AuthenticationResult"]["IdToken"]


def test_a_wrong_signature_is_refused_with_an_explanation_header(run):
    at = run()
    sts = at.client("sts", (STUDIO[0], "w" * 40))
    with pytest.raises(ClientError) as caught:
        sts.get_caller_identity()
    response = caught.value.response
    assert response["Error"]["Code"] == "SignatureDoesNotMatch"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 403
    ladder = json.loads(response["ResponseMetadata"]["HTTPHeaders"]["x-cognitab-why"])
    assert [rung["kind"] for rung in ladder if rung["state"] == "refused"] == ["authentication"]
    unknown = at.client("sts", ("AKIAQQQQQQQQQQEXAMPLE", "w" * 40))
    refused("InvalidClientTokenId", unknown.get_caller_identity)
    bucket = at.client("s3", (STUDIO[0], "w" * 40))
    refused("SignatureDoesNotMatch", bucket.create_bucket, Bucket="never-made")
    refused("NoSuchBucket", at.client("s3").list_objects_v2, Bucket="never-made")


def test_the_option_open_accepts_any_credentials_as_the_administrator(run):
    at = run("--open")
    caller = at.client("sts", ("anything", "at all")).get_caller_identity()
    assert caller["Account"] == "111122223333"
    at.client("s3", ("anything", "at all")).create_bucket(Bucket="open-photos")
    buckets = at.client("s3").list_buckets()["Buckets"]
    assert [bucket["Name"] for bucket in buckets] == ["open-photos"]


def test_events_and_reset(run):
    at = run()
    assert at.control("health")["status"] == "ok"
    at.client("s3").create_bucket(Bucket="gone-photos")
    log = at.control("events?since=0")
    assert any("CreateBucket" in event["call"] for event in log["events"])
    last = log["events"][-1]["number"]
    assert at.control(f"events?since={last}")["events"] == []
    scenario = at.control("reset", {"scenario": "photo-app"})
    assert scenario["name"] == "photo-app"
    assert at.control("scenario") == scenario
    names = [bucket["Name"] for bucket in at.client("s3").list_buckets()["Buckets"]]
    assert names == [scenario["values"]["bucket"]]
    at.control("reset", {})
    assert at.client("s3").list_buckets().get("Buckets", []) == []


def test_the_last_change_can_be_undone_after_a_restart(run, tmp_path):
    at = run("--state", tmp_path / "world")
    for bucket in ["kept-photos", "gone-photos"]:
        at.client("s3").create_bucket(Bucket=bucket)
    before = at.control("events")
    at.kill()
    at.start()
    assert at.control("undo", {})["undone"] == "CreateBucket"
    buckets = at.client("s3").list_buckets()["Buckets"]
    assert [bucket["Name"] for bucket in buckets] == ["kept-photos"]
    after = at.control("events")
    assert (after["world"], after["turn"]) == (before["world"], before["turn"] + 1)


def test_the_same_seed_creates_the_same_world(run):
    first, second = run(), run()
    request = {"scenario": "photo-app", "seed": 7}
    assert first.control("reset", request) == second.control("reset", request)
    assert first.control("reset", {**request, "seed": 8}) != second.control("scenario")
