//! What SimulateCustomPolicy and SimulatePrincipalPolicy have in common: their request, and how it
//! is evaluated.

use cognitab_kernel::{Cx, Stop};
use cognitab_policy::{Context, Kind, Principal};

use crate::arn;
use crate::entity::{self, EntityArn, EntityType};
use crate::error::Error;
use crate::pagination::page;
use crate::shapes::{
    ActionNameType, MarkerType, MaxItemsType, PolicyDocumentType, ResourceHandlingOptionType,
    ResourceNameType,
};
use crate::simulate::context_entry::ContextEntry;
use crate::simulate::evaluation::Evaluation;
use crate::simulate::principal_policies::PrincipalPolicies;
use crate::simulate::resource_handling;
use crate::simulate::response::{EvaluationResult, SimulatePolicyResponse};
use crate::simulate::source_policy::SourcePolicy;

/// The request of a simulation.
pub(crate) struct SimulationRequest {
    /// Identity-based policies, in addition to those of the user or role.
    pub(crate) policies: Vec<PolicyDocumentType>,
    /// At most one permissions boundary, in place of that of the user or role.
    pub(crate) boundaries: Vec<PolicyDocumentType>,
    /// Service control policies, from the root of the organization down.
    pub(crate) organization: Vec<Vec<PolicyDocumentType>>,
    pub(crate) actions: Vec<ActionNameType>,
    /// `*` if empty.
    pub(crate) resources: Vec<ResourceNameType>,
    /// The resource-based policy of every resource.
    pub(crate) resource_policy: Option<PolicyDocumentType>,
    /// ARN of the account that owns resources whose ARN names none.
    pub(crate) resource_owner: Option<ResourceNameType>,
    /// ARN of a user, role or group.
    pub(crate) caller: Option<ResourceNameType>,
    pub(crate) context: Vec<ContextEntry>,
    pub(crate) resource_handling: Option<ResourceHandlingOptionType>,
    pub(crate) max_items: Option<MaxItemsType>,
    pub(crate) marker: Option<MarkerType>,
}

fn invalid<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::InvalidInput(message.into()))
}

impl SimulationRequest {
    /// Evaluates a page of its actions, each on every resource.
    pub(crate) fn simulate(
        mut self,
        cx: &Cx<'_>,
        principal: PrincipalPolicies,
    ) -> Result<SimulatePolicyResponse, Stop> {
        self.check()?;
        let resources = match self.resources.as_slice() {
            [] => vec!["*".into()],
            list => list.to_vec(),
        };
        let actions = std::mem::take(&mut self.actions);
        let (max_items, marker) = (self.max_items, self.marker.take());
        let evaluation = self.evaluation(cx, principal)?;
        let (actions, marker) = page(actions, max_items, marker)?;
        let result = |action: ActionNameType| {
            let evaluations = evaluation.evaluate(cx, &action, &resources);
            EvaluationResult::new(action, &resources, evaluations)
        };
        Ok(SimulatePolicyResponse {
            evaluation_results: actions.into_iter().map(result).collect(),
            is_truncated: marker.is_some(),
            marker,
        })
    }

    fn check(&self) -> Result<(), Error> {
        for action in &self.actions {
            if !action.contains(':') {
                return invalid("The action is invalid since it is missing names");
            }
            if action.contains(['*', '?']) {
                return invalid(format!("Action names must not contain wildcards: {action}."));
            }
        }
        let alone = self.resources.len() == 1;
        let is_valid = |arn: &&ResourceNameType| is_arn(arn) || (alone && **arn == "*");
        if let Some(arn) = self.resources.iter().find(|arn| !is_valid(arn)) {
            return invalid(format!("ResourceNames are not in a valid ARN format: {arn}."));
        }
        if self.boundaries.len() > 1 {
            return invalid("The list of Permissions Boundary policies cannot exceed 1 items.");
        }
        if let Some(level) = self.organization.iter().position(Vec::is_empty) {
            let level = level + 1;
            return invalid(format!(
                "Organization policy at index {level} must contain at least one service control policy"
            ));
        }
        if self.resource_policy.is_some() {
            if self.caller.is_none() {
                return invalid("Invalid caller - Caller cannot be null or empty.");
            }
            if self.resources.iter().all(|arn| *arn == "*") {
                return invalid(
                    "Invalid Entity Arn: * does not clearly define entity type and name.",
                );
            }
        }
        let option = self.resource_handling.as_ref();
        resource_handling::check(option, &self.actions, &self.resources)
    }

    fn evaluation(self, cx: &Cx<'_>, principal: PrincipalPolicies) -> Result<Evaluation, Error> {
        let (caller, mut context) = caller(cx, self.caller.as_ref())?;
        let mut identity = principal.identity;
        identity.extend(SourcePolicy::list("PolicyInputList", self.policies)?);
        let mut boundaries =
            SourcePolicy::list("PermissionsBoundaryPolicyInputList", self.boundaries)?;
        let mut organization = Vec::new();
        for (index, level) in self.organization.into_iter().enumerate() {
            let member = format!(
                "OrderedOrganizationPolicyInputList.{}.ServiceControlPolicyInputList",
                index + 1
            );
            organization.push(SourcePolicy::list(&member, level)?);
        }
        self.context.into_iter().try_for_each(|entry| entry.set(&mut context))?;
        let resource = match self.resource_policy {
            Some(text) => Some(resource_policy(text, &self.resources, &context)?),
            None => None,
        };
        let resource_owner = match self.resource_owner {
            Some(owner) => root_account(&owner)?.to_owned(),
            None => caller.account().unwrap_or_default().to_owned(),
        };
        Ok(Evaluation {
            boundary: boundaries.pop().or(principal.boundary),
            caller,
            identity,
            resource,
            organization,
            context,
            resource_owner,
        })
    }
}

/// Whether a text has the form of an ARN. Wildcards may stand in any field but the first three.
fn is_arn(text: &str) -> bool {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    matches!(fields.as_slice(), ["arn", partition, service, _, _, resource]
        if !partition.is_empty() && !service.is_empty() && !resource.is_empty())
}

/// The resource-based policy of the request, which must apply to every resource.
fn resource_policy(
    text: PolicyDocumentType,
    resources: &[ResourceNameType],
    context: &Context,
) -> Result<SourcePolicy, Error> {
    let policy = SourcePolicy::of_request("ResourcePolicy".to_owned(), text, Kind::Resource)?;
    match resources.iter().find(|arn| !policy.matches_resource(arn, context)) {
        Some(arn) => invalid(format!("The resource policy is not applicable to {arn}.")),
        None => Ok(policy),
    }
}

/// The account of a resource owner, `arn:{partition}:iam::{account}:root`.
fn root_account(owner: &str) -> Result<&str, Error> {
    match arn::root_account(owner) {
        Some(account) => Ok(account),
        None => invalid(format!("'{owner}' is not a valid as a Resource Owner.")),
    }
}

/// The simulated caller, and the condition keys that follow from it. Without an ARN the caller is a
/// principal of the account that no policy can name.
fn caller(
    cx: &Cx<'_>,
    caller_arn: Option<&ResourceNameType>,
) -> Result<(Principal, Context), Error> {
    let Some(caller_arn) = caller_arn else {
        let account = cx.call.account.clone();
        let unnamed = Principal::User { arn: String::new(), id: String::new(), account };
        let mut context = Context::new().with_principal(&unnamed);
        context.set("aws:PrincipalArn", Vec::<String>::new());
        return Ok((unnamed, context));
    };
    let Some(EntityArn { arn: parsed, entity_type, name }) = EntityArn::parse(caller_arn) else {
        return invalid(
            "Invalid caller - Caller must be an IAM user, role or group in this context.",
        );
    };
    let id = entity::by_arn(&cx.world, caller_arn).map(|entity| entity.id).unwrap_or_default();
    let (account, caller_arn) = (parsed.account().to_owned(), caller_arn.to_string());
    let mut keys = vec![("aws:userid", id.clone())];
    let principal = if entity_type == EntityType::Role {
        let session_arn = arn::role_session(parsed.partition(), &account, name);
        Principal::Session { role_arn: caller_arn, session_arn, account }
    } else {
        keys.push(("aws:username", name.to_owned()));
        Principal::User { arn: caller_arn, id, account }
    };
    let mut context = Context::new().with_principal(&principal);
    keys.into_iter().for_each(|(key, value)| context.set(key, [value]));
    Ok((principal, context))
}
