"""The IAM policy simulator, versions of managed policies and encoded messages, through boto3."""

import json

import pytest
from botocore.exceptions import ClientError
from conftest import ARCHIVE, STUDIO

ROLE, BUCKET = "reader", "policy-photos"
ADMINISTRATOR = "arn:aws:iam::111122223333:user/administrator"
OBJECT = f"arn:aws:s3:::{BUCKET}/a.txt"


def document(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def reader(at):
    """Creates a role that can read one folder, by a managed policy; returns both ARNs."""
    iam = at.client("iam")
    trust = document(Principal={"AWS": ADMINISTRATOR}, Action="sts:AssumeRole")
    role = iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    own = document(
        Action="s3:GetObject",
        Resource=f"arn:aws:s3:::{BUCKET}/${{aws:PrincipalTag/Team}}/*",
        Condition={"Bool": {"aws:SecureTransport": "true"}},
    )
    policy = iam.create_policy(PolicyName="read", PolicyDocument=own)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName=ROLE, PolicyArn=policy)
    return role, policy


def test_a_custom_policy_is_simulated(run):
    iam = run().client("iam")
    policies = [document(Action="s3:Get*", Resource="*")]
    actions = ["s3:GetObject", "s3:PutObject"]
    request = {"PolicyInputList": policies, "ActionNames": actions, "ResourceArns": [OBJECT]}
    pages = iam.get_paginator("simulate_custom_policy").paginate(
        **request, PaginationConfig={"PageSize": 1}
    )
    read, write = [result for page in pages for result in page["EvaluationResults"]]
    assert read["EvalActionName"] == "s3:GetObject"
    assert read["EvalResourceName"] == OBJECT
    assert read["EvalDecision"] == "allowed"
    start = policies[0].index("[") + 2
    assert read["MatchedStatements"] == [
        {
            "SourcePolicyId": "PolicyInputList.1",
            "SourcePolicyType": "IAM Policy",
            "StartPosition": {"Line": 1, "Column": start},
            "EndPosition": {"Line": 1, "Column": len(policies[0]) - 1},
        }
    ]
    assert read["EvalDecisionDetails"] == {}
    assert read["ResourceSpecificResults"][0]["EvalResourceDecision"] == "allowed"
    assert write["EvalDecision"] == "implicitDeny"
    assert write["MatchedStatements"] == []
    bounded = iam.simulate_custom_policy(
        **request, PermissionsBoundaryPolicyInputList=[document(Action="s3:Put*", Resource="*")]
    )["EvaluationResults"]
    assert [result["EvalDecision"] for result in bounded] == ["implicitDeny", "implicitDeny"]
    detail = [result["PermissionsBoundaryDecisionDetail"] for result in bounded]
    assert [one["AllowedByPermissionsBoundary"] for one in detail] == [False, True]
    keys = iam.get_context_keys_for_custom_policy(
        PolicyInputList=[document(Action="s3:*", Resource=f"arn:aws:s3:::{BUCKET}/${{aws:username}}/*")]
    )
    assert keys["ContextKeyNames"] == ["aws:username"]
    with pytest.raises(iam.exceptions.InvalidInputException) as caught:
        iam.simulate_custom_policy(PolicyInputList=["{"], ActionNames=actions)
    assert "Syntax errors in policy." in str(caught.value)


def test_the_default_version_of_a_policy_decides_the_simulation(run):
    at = run()
    iam = at.client("iam")
    role, policy = reader(at)
    request = {
        "PolicySourceArn": role,
        "ActionNames": ["s3:GetObject"],
        "ResourceArns": [f"arn:aws:s3:::{BUCKET}/blue/a.txt"],
    }

    def simulate(**more):
        return iam.simulate_principal_policy(**request, **more)["EvaluationResults"][0]

    keys = iam.get_context_keys_for_principal_policy(PolicySourceArn=role)["ContextKeyNames"]
    assert keys == ["aws:PrincipalTag/Team", "aws:SecureTransport"]
    missing = simulate()["ResourceSpecificResults"][0]["MissingContextValues"]
    assert missing == keys
    context = [
        {"ContextKeyName": keys[0], "ContextKeyValues": ["blue"], "ContextKeyType": "string"},
        {"ContextKeyName": keys[1], "ContextKeyValues": ["true"], "ContextKeyType": "boolean"},
    ]
    allowed = simulate(ContextEntries=context)
    assert allowed["EvalDecision"] == "allowed"
    assert allowed["MatchedStatements"][0]["SourcePolicyId"] == "read"
    without = simulate(ContextEntries=context, PolicyExclusionList=[{"PolicyArn": policy}])
    assert without["EvalDecision"] == "implicitDeny"

    changed = document(Action="s3:PutObject", Resource="*")
    version = iam.create_policy_version(
        PolicyArn=policy, PolicyDocument=changed, SetAsDefault=True
    )["PolicyVersion"]
    assert version["VersionId"] == "v2" and version["IsDefaultVersion"] is True
    assert simulate(ContextEntries=context)["EvalDecision"] == "implicitDeny"
    read = iam.get_policy_version(PolicyArn=policy, VersionId="v2")["PolicyVersion"]
    assert read["Document"] == json.loads(changed)
    iam.set_default_policy_version(PolicyArn=policy, VersionId="v1")
    assert simulate(ContextEntries=context)["EvalDecision"] == "allowed"
    iam.delete_policy_version(PolicyArn=policy, VersionId="v2")
    listed = iam.list_policy_versions(PolicyArn=policy)["Versions"]
    assert [(one["VersionId"], one["IsDefaultVersion"]) for one in listed] == [("v1", True)]


def test_an_encoded_authorization_message_is_decoded(run):
    at = run()
    role, _ = reader(at)
    at.client("s3").create_bucket(Bucket=BUCKET)
    credentials = at.client("sts").assume_role(RoleArn=role, RoleSessionName="ana")["Credentials"]
    session = credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"]
    with pytest.raises(ClientError) as caught:
        at.client("s3", session).get_object(Bucket=BUCKET, Key="a.txt")
    response = caught.value.response
    assert response["Error"]["Code"] == "AccessDenied"
    encoded = response["ResponseMetadata"]["HTTPHeaders"]["x-cognitab-encoded-message"]
    sts = at.client("sts")
    decoded = json.loads(sts.decode_authorization_message(EncodedMessage=encoded)["DecodedMessage"])
    assert decoded["allowed"] is False and decoded["explicitDeny"] is False
    context = decoded["context"]
    assert context["principal"]["arn"].endswith(":assumed-role/reader/ana")
    assert context["principal"]["id"].startswith("AROA")
    assert (context["action"], context["resource"]) == ("s3:GetObject", OBJECT)
    assert credentials["SessionToken"] not in json.dumps(decoded)
    for keys, message in ((STUDIO, encoded[:-2]), (ARCHIVE, encoded)):
        with pytest.raises(ClientError) as caught:
            at.client("sts", keys).decode_authorization_message(EncodedMessage=message)
        assert caught.value.response["Error"]["Code"] == "InvalidAuthorizationMessageException"
    with pytest.raises(ClientError) as caught:
        at.client("sts", session).decode_authorization_message(EncodedMessage=encoded)
    assert caught.value.response["Error"]["Code"] == "AccessDenied"
