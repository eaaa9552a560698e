"""The models that the endpoint describes itself with, beside those of the SDK."""

import json

import botocore.session
from botocore.model import ServiceModel

# Types that a form edits as JSON or as bytes.
AS_DOCUMENT = {"map", "list", "structure"}
NUMBERS = {"integer", "long", "float", "double"}
KNOWN = {
    # Creation and update of an app client share the shape of their settings.
    "cognito-idp.CreateUserPoolClient.ClientId",
    "cognito-idp.UpdateUserPoolClient.GenerateSecret",
    "cognito-idp.UpdateUserPoolClient.ClientSecret",
    # S3 answers a number that it cannot read with an error of its own.
    "s3.ListObjects.MaxKeys",
    "s3.ListObjectsV2.MaxKeys",
}


def agrees(ours, theirs):
    if ours == theirs or {ours, theirs} <= NUMBERS:
        return True
    return theirs in AS_DOCUMENT and ours in {"document", "blob", "string"}


def test_models_are_those_of_the_sdk(run):
    models = run().control("operations")
    session = botocore.session.get_session()
    wrong = []
    for service, model in models.items():
        reference, described = session.get_service_model(service), ServiceModel(model)
        for name in model["operations"]:
            theirs, ours = reference.operation_model(name), described.operation_model(name)
            members = theirs.input_shape.members if theirs.input_shape else {}
            for member, shape in ours.input_shape.members.items():
                known = members.get(member)
                if known is None or not agrees(shape.type_name, known.type_name):
                    wrong.append(f"{service}.{name}.{member}")
    assert set(wrong) == KNOWN


def test_results_have_the_wrapper_that_the_sdk_reads(run):
    iam = run().client("iam")
    trust = {"Version": "2012-10-17", "Statement": []}
    trust["Statement"].append(
        {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}
    )
    iam.create_role(RoleName="wrapped", AssumeRolePolicyDocument=json.dumps(trust))
    iam.update_role(RoleName="wrapped", Description="changed")
    assert iam.get_role(RoleName="wrapped")["Role"]["Description"] == "changed"
