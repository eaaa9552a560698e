//! Verification codes and invitations that are sent to users.

use cognitab_kernel::Cx;
use cognitab_kernel::inbox::{self, Mail, Medium};
use cognitab_macros::Shape;
use cognitab_wire::http::encode;
use cognitab_wire::shape::Timestamp;

use crate::model::domain;
use crate::model::pool::{Contact, DefaultEmailOptionType, Pool};
use crate::model::schema;
use crate::model::types::AttributeNameType;
use crate::model::types::text;
use crate::model::user::{Attempts, User, VerificationCode};

/// Where a code was sent.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct CodeDeliveryDetailsType {
    /// The masked address.
    pub(crate) destination: String,
    pub(crate) delivery_medium: Medium,
    pub(crate) attribute_name: AttributeNameType,
}

impl CodeDeliveryDetailsType {
    fn new(contact: Contact, address: &str) -> CodeDeliveryDetailsType {
        CodeDeliveryDetailsType {
            destination: mask(contact, address),
            delivery_medium: medium(contact),
            attribute_name: contact.as_str().into(),
        }
    }

    /// The details of a delivery that never happens, which hide that the user does not exist.
    pub(crate) fn simulated(username: &str) -> CodeDeliveryDetailsType {
        if schema::is_phone(username) {
            return CodeDeliveryDetailsType::new(Contact::Phone, username);
        }
        if username.contains('@') {
            return CodeDeliveryDetailsType::new(Contact::Email, username);
        }
        CodeDeliveryDetailsType::new(Contact::Email, &format!("{username}@example"))
    }
}

/// The contact that the code of a sign-up is sent to.
pub(crate) fn verification_contact(pool: &Pool, user: &User) -> Option<Contact> {
    let usable = |contact: &Contact| {
        pool.auto_verified_attributes.contains(contact) && user.address(*contact).is_some()
    };
    Contact::ALL.into_iter().find(usable)
}

/// Sends a new verification code, which replaces the one before. The caller writes the user. The
/// validity is in milliseconds.
pub(crate) fn send_code(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &str,
    user: &mut User,
    contact: Contact,
    validity: i64,
) -> CodeDeliveryDetailsType {
    let code = cx.random.digits(6);
    let expires = Timestamp(cx.now + validity);
    user.verification_code =
        Some(VerificationCode { code: code.clone(), expires, attribute: contact });
    user.code_attempts = Attempts::default();
    let (subject, body) = verification_message(cx, pool, client, user, contact, &code);
    send(cx, user, contact, subject, body, code);
    CodeDeliveryDetailsType::new(contact, user.address(contact).unwrap_or_default())
}

/// Subject and body of a message with a code, or with a link that carries the code.
fn verification_message(
    cx: &Cx<'_>,
    pool: &Pool,
    client: &str,
    user: &User,
    contact: Contact,
    code: &str,
) -> (String, String) {
    let template = &pool.verification;
    let default = "Your verification code is {####}. ";
    if contact == Contact::Phone {
        let body = text(&template.sms_message).unwrap_or(default);
        return (String::new(), body.replace("{####}", code));
    }
    let by_link = template.default_email_option == Some(DefaultEmailOptionType::ConfirmWithLink);
    if let Some(domain) = domain::of_pool(&cx.world, &pool.id).filter(|_| by_link) {
        let link = format!(
            "https://{}/confirmUser?client_id={}&user_name={}&confirmation_code={code}",
            domain.host(),
            encode(client),
            encode(&user.username)
        );
        let body = template.email_message_by_link.as_deref().unwrap_or(
            "Please click the link below to verify your email address. {##Verify Email##} ",
        );
        let subject = template.email_subject_by_link.as_deref();
        let subject = subject.unwrap_or("Your verification link").to_owned();
        return (subject, insert_link(body, &link));
    }
    let subject = text(&template.email_subject).unwrap_or("Your verification code").to_owned();
    (subject, text(&template.email_message).unwrap_or(default).replace("{####}", code))
}

/// Replaces the placeholder `{##link text##}` by the link text and the link.
fn insert_link(body: &str, link: &str) -> String {
    let parts = body.split_once("{##").and_then(|(before, rest)| {
        let (text, after) = rest.split_once("##}")?;
        Some(format!("{before}{text}: {link}{after}"))
    });
    parts.unwrap_or_else(|| body.to_owned())
}

/// Sends a user whom an administrator has created their user name and temporary password.
pub(crate) fn send_invitation(
    cx: &mut Cx<'_>,
    pool: &Pool,
    user: &User,
    contact: Contact,
    password: &str,
) {
    let template = pool.admin_create.invite_message_template.clone().unwrap_or_default();
    let default = "Your username is {username} and temporary password is {####}. ";
    let (subject, body) = match contact {
        Contact::Phone => ("", text(&template.sms_message)),
        Contact::Email => (
            text(&template.email_subject).unwrap_or("Your temporary password"),
            text(&template.email_message),
        ),
    };
    let name = match user.address(contact) {
        Some(address) if user.is_named_by_sub() => address,
        _ => &user.username,
    };
    let body = body.unwrap_or(default).replace("{username}", name).replace("{####}", password);
    send(cx, user, contact, subject.to_owned(), body, password.to_owned());
}

fn send(
    cx: &mut Cx<'_>,
    user: &User,
    contact: Contact,
    subject: String,
    body: String,
    code: String,
) {
    let mail = Mail {
        number: 0,
        at: cx.now,
        medium: medium(contact),
        to: user.address(contact).unwrap_or_default().to_owned(),
        subject,
        body,
        code,
        pool: user.pool.to_string(),
        username: user.username.to_string(),
    };
    inbox::deliver(cx, mail);
}

/// The medium over which messages to a contact go.
pub(crate) fn medium(contact: Contact) -> Medium {
    match contact {
        Contact::Email => Medium::Email,
        Contact::Phone => Medium::Sms,
    }
}

fn mask(contact: Contact, address: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    match contact {
        Contact::Email => {
            let (local, domain) = address.split_once('@').unwrap_or((address, ""));
            format!("{}***@{}***", first(local), first(domain))
        }
        Contact::Phone => {
            let digits = address.trim_start_matches('+');
            let hidden = digits.len().saturating_sub(4);
            let last = digits.get(hidden..).unwrap_or_default();
            format!("+{}{last}", "*".repeat(hidden))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_masked() {
        assert_eq!(mask(Contact::Email, "ana@photos.example"), "a***@p***");
        assert_eq!(mask(Contact::Phone, "+14155551234"), "+*******1234");
    }

    #[test]
    fn a_link_replaces_its_placeholder() {
        assert_eq!(insert_link("See {##here##}.", "https://x/"), "See here: https://x/.");
    }
}
