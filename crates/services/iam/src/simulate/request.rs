//! SimulateCustomPolicy and SimulatePrincipalPolicy: what both are asked, and their answer.

use std::collections::BTreeMap;

use cognitab_policy::{Context, Kind, Principal};

use crate::entity::{self, EntityType};
use crate::error::Error;
use crate::page;
use crate::policy::managed_policy;
use crate::simulate::context_entry::ContextEntry;
use crate::simulate::evaluation::{Evaluation, PolicyOrigin, ResourceEvaluation, SourcePolicy};
use crate::simulate::resource_handling;
use crate::simulate::response::{
    EvalDecision, EvaluationResult, MatchedStatement, OrganizationsDecisionDetail,
    PermissionsBoundaryDecisionDetail, ResourceSpecificResult, SimulatePolicyResponse,
};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// What both operations are asked.
pub(crate) struct SimulationRequest {
    pub(crate) policies: Vec<String>,
    pub(crate) boundaries: Vec<String>,
    pub(crate) organization: Vec<Vec<String>>,
    pub(crate) actions: Vec<String>,
    pub(crate) resources: Vec<String>,
    pub(crate) resource_policy: Option<String>,
    pub(crate) resource_owner: Option<String>,
    pub(crate) caller: Option<String>,
    pub(crate) context: Vec<ContextEntry>,
    pub(crate) handling: Option<String>,
    pub(crate) max_items: Option<i64>,
    pub(crate) marker: Option<String>,
}

/// What the user or role brings whose policies are simulated.
#[derive(Default)]
pub(crate) struct PrincipalPolicies {
    pub(crate) identity: Vec<SourcePolicy>,
    pub(crate) boundary: Option<SourcePolicy>,
}

fn wrong<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::InvalidInput(message.into()))
}

/// Judges every action on every resource, page by page.
pub(crate) fn run(
    cx: &Cx<'_>,
    asked: SimulationRequest,
    held: PrincipalPolicies,
) -> Result<SimulatePolicyResponse, Stop> {
    check(&asked)?;
    let resources = match asked.resources.as_slice() {
        [] => vec!["*".to_owned()],
        list => list.to_vec(),
    };
    let (actions, max_items, marker) =
        (asked.actions.clone(), asked.max_items, asked.marker.clone());
    let simulation = simulation(cx, asked, held)?;
    let (actions, marker) = page::of(actions, max_items, marker.as_deref());
    let results = actions.into_iter().map(|action| result(cx, &simulation, action, &resources));
    Ok(SimulatePolicyResponse {
        evaluation_results: results.collect(),
        is_truncated: marker.is_some(),
        marker,
    })
}

fn check(asked: &SimulationRequest) -> Result<(), Error> {
    for action in &asked.actions {
        if !action.contains(':') {
            return wrong("The action is invalid since it is missing names");
        }
        if action.contains(['*', '?']) {
            return wrong(format!("Action names must not contain wildcards: {action}."));
        }
    }
    let lone = asked.resources.len() == 1;
    let well = |arn: &&String| {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let full = matches!(parts.as_slice(), ["arn", partition, service, _, _, rest]
            if !partition.is_empty() && !service.is_empty() && !rest.is_empty());
        full || (lone && *arn == "*")
    };
    if let Some(arn) = asked.resources.iter().find(|arn| !well(arn)) {
        return wrong(format!("ResourceNames are not in a valid ARN format: {arn}."));
    }
    if asked.boundaries.len() > 1 {
        return wrong("The list of Permissions Boundary policies cannot exceed 1 items.");
    }
    if let Some(level) = asked.organization.iter().position(Vec::is_empty) {
        let level = level + 1;
        return wrong(format!(
            "Organization policy at index {level} must contain at least one service control policy"
        ));
    }
    if asked.resource_policy.is_some() {
        if asked.caller.is_none() {
            return wrong("Invalid caller - Caller cannot be null or empty.");
        }
        if asked.resources.iter().all(|arn| arn == "*") {
            return wrong("Invalid Entity Arn: * does not clearly define entity type and name.");
        }
    }
    resource_handling::check(asked.handling.as_deref(), &asked.actions, &asked.resources)
}

fn simulation(
    cx: &Cx<'_>,
    asked: SimulationRequest,
    held: PrincipalPolicies,
) -> Result<Evaluation, Error> {
    let (caller, context) = caller(cx, asked.caller.as_deref())?;
    let mut simulation = Evaluation {
        identity: held.identity,
        boundary: held.boundary,
        resource: None,
        organization: Vec::new(),
        owner: caller.account().unwrap_or_default().to_owned(),
        context,
        caller,
    };
    simulation.identity.extend(sent("PolicyInputList", asked.policies)?);
    let boundary = sent("PermissionsBoundaryPolicyInputList", asked.boundaries)?.pop();
    simulation.boundary = boundary.or(simulation.boundary);
    for (i, level) in asked.organization.into_iter().enumerate() {
        let name =
            format!("OrderedOrganizationPolicyInputList.{}.ServiceControlPolicyInputList", i + 1);
        simulation.organization.push(sent(&name, level)?);
    }
    asked.context.into_iter().try_for_each(|entry| entry.put(&mut simulation.context))?;
    if let Some(text) = asked.resource_policy {
        let source = SourcePolicy::sent("ResourcePolicy".to_owned(), text, Kind::Resource)?;
        let foreign = |arn: &&String| !source.speaks_of(arn, &simulation.context);
        if let Some(arn) = asked.resources.iter().find(foreign) {
            return wrong(format!("The resource policy is not applicable to {arn}."));
        }
        simulation.resource = Some(source);
    }
    if let Some(owner) = asked.resource_owner {
        simulation.owner = match account(&owner) {
            Some(account) => account.to_owned(),
            None => return wrong(format!("'{owner}' is not a valid as a Resource Owner.")),
        };
    }
    Ok(simulation)
}

/// Identity policies that came with the request, numbered from 1.
pub(crate) fn sent(name: &str, texts: Vec<String>) -> Result<Vec<SourcePolicy>, Error> {
    let each = texts.into_iter().enumerate();
    each.map(|(i, text)| SourcePolicy::sent(format!("{name}.{}", i + 1), text, Kind::Identity))
        .collect()
}

/// The account of `arn:aws:iam::{account}:root`.
fn account(owner: &str) -> Option<&str> {
    let account = owner.strip_prefix("arn:aws:iam::")?.strip_suffix(":root")?;
    (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then_some(account)
}

/// The simulated caller with the keys that follow from it. Without one it is somebody of the
/// account whom no policy can name.
fn caller(cx: &Cx<'_>, arn: Option<&str>) -> Result<(Principal, Context), Error> {
    let Some(arn) = arn else {
        let account = cx.call.account.clone();
        let nobody = Principal::User { arn: String::new(), id: String::new(), account };
        let mut context = Context::new().with_principal(&nobody);
        context.set("aws:PrincipalArn", Vec::<String>::new());
        return Ok((nobody, context));
    };
    let Some((account, kind, name)) = entity::parse_arn(arn) else {
        return wrong(
            "Invalid caller - Caller must be an IAM user, role or group in this context.",
        );
    };
    let id = entity::by_arn(&cx.world, arn).map(|entity| entity.id).unwrap_or_default();
    let (account, arn) = (account.to_owned(), arn.to_owned());
    let mut keys = vec![("aws:userid", id.clone())];
    let principal = if kind == "role" {
        let session_arn = format!("arn:aws:sts::{account}:assumed-role/{name}/session");
        Principal::Session { role_arn: arn, session_arn, account }
    } else {
        keys.push(("aws:username", name.to_owned()));
        Principal::User { arn, id, account }
    };
    let mut context = Context::new().with_principal(&principal);
    keys.into_iter().for_each(|(key, value)| context.set(key, [value]));
    Ok((principal, context))
}

/// The trust policy of a role of one's own account that is to be assumed.
fn trust(cx: &Cx<'_>, action: &str, resource: &str) -> Option<SourcePolicy> {
    let assumes = action.to_ascii_lowercase().starts_with("sts:assumerole");
    let own = |role: &entity::RoleView| role.account == cx.call.account;
    let role = entity::role(&cx.world, resource).filter(|role| assumes && own(role))?;
    SourcePolicy::saved("ResourcePolicy".to_owned(), PolicyOrigin::Input, &role.trust)
}

fn result(
    cx: &Cx<'_>,
    simulation: &Evaluation,
    action: String,
    resources: &[String],
) -> EvaluationResult {
    let judge = |resource: &String| {
        let trust = trust(cx, &action, resource).filter(|_| simulation.resource.is_none());
        simulation.judge(&action, resource, trust.as_ref())
    };
    let all: Vec<ResourceEvaluation> = resources.iter().map(judge).collect();
    let named = !matches!(resources, [one] if one == "*");
    let (decision, matched) = together(&all);
    let both = |said: fn(&ResourceEvaluation) -> Option<bool>| {
        all.iter().filter_map(said).reduce(|one, other| one && other)
    };
    let ended = all.iter().any(|one| one.organization == Some(false));
    EvaluationResult {
        eval_resource_name: Some(match resources {
            [one] => one.clone(),
            _ => "*".to_owned(),
        }),
        eval_decision: decision,
        matched_statements: matched,
        missing_context_values: match all.first() {
            Some(one) if !named => one.missing.clone(),
            _ => Vec::new(),
        },
        organizations_decision_detail: both(|one| one.organization).map(organizations),
        permissions_boundary_decision_detail: both(|one| one.boundary).map(boundary),
        eval_decision_details: (named && !ended).then(|| details(&all)),
        resource_specific_results: named
            .then(|| resources.iter().zip(all).map(|(arn, one)| specific(arn, one)).collect()),
        eval_action_name: action,
    }
}

/// The strictest decision, and the statements that made it so.
fn together(all: &[ResourceEvaluation]) -> (EvalDecision, Vec<MatchedStatement>) {
    let decision = all.iter().map(|one| one.decision).max().unwrap_or(EvalDecision::ImplicitDeny);
    let mut matched = Vec::new();
    for one in all.iter().filter(|one| one.decision == decision).flat_map(|one| &one.matched) {
        if !matched.contains(one) {
            matched.push(one.clone());
        }
    }
    (decision, matched)
}

/// The strictest that each type of policy says.
fn details(all: &[ResourceEvaluation]) -> BTreeMap<String, String> {
    let each = || all.iter().flat_map(|one| one.details.iter().flatten());
    let mut details = BTreeMap::new();
    for (name, _) in each() {
        let said = each().filter(|(other, _)| other == name).map(|(_, said)| said).max();
        details.extend(said.map(|said| ((*name).to_owned(), said.as_str().to_owned())));
    }
    details
}

fn specific(arn: &str, one: ResourceEvaluation) -> ResourceSpecificResult {
    ResourceSpecificResult {
        eval_resource_name: arn.to_owned(),
        eval_resource_decision: one.decision,
        eval_decision_details: one.details.as_ref().map(|_| details(std::slice::from_ref(&one))),
        permissions_boundary_decision_detail: one.boundary.map(boundary),
        matched_statements: one.matched,
        missing_context_values: one.missing,
    }
}

fn organizations(allowed_by_organizations: bool) -> OrganizationsDecisionDetail {
    OrganizationsDecisionDetail { allowed_by_organizations }
}

fn boundary(allowed_by_permissions_boundary: bool) -> PermissionsBoundaryDecisionDetail {
    PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary }
}

/// The policies of the user or role of this ARN.
pub(crate) fn held(cx: &Cx<'_>, arn: &str) -> Result<PrincipalPolicies, Error> {
    let Some((account, kind, name)) = entity::parse_arn(arn) else {
        return wrong(format!(
            "Invalid Entity Arn: {arn} does not clearly define entity type and name."
        ));
    };
    let known = if kind == "role" { EntityType::Role } else { EntityType::User };
    let entity = entity::by_arn(&cx.world, arn).filter(|_| account == cx.call.account);
    let entity = entity.ok_or_else(|| match kind {
        "group" => Error::GroupNotFound(name.to_owned()),
        _ => Error::EntityNotFound(known, name.to_owned()),
    })?;
    let saved = |arn: &String, origin: PolicyOrigin| {
        let name = arn.rsplit('/').next().unwrap_or_default();
        SourcePolicy::saved(name.to_owned(), origin, &managed_policy::text(&cx.world, arn)?)
    };
    let inline = entity.inline.iter().filter_map(|(policy, text)| {
        let (kind, holder, policy) = (entity.kind.as_str(), entity.name.clone(), policy.clone());
        let id = format!("{kind}_{holder}_{policy}");
        SourcePolicy::saved(id, PolicyOrigin::Inline { kind, holder, policy }, text)
    });
    let attached =
        entity.attached.iter().filter_map(|arn| saved(arn, PolicyOrigin::Managed(arn.clone())));
    Ok(PrincipalPolicies {
        identity: inline.chain(attached).collect(),
        boundary: entity.boundary.as_ref().and_then(|arn| saved(arn, PolicyOrigin::Boundary)),
    })
}
