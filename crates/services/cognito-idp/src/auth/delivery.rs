//! Codes and invitations on their way to a user.

use cognitab_macros::Shape;
use cognitab_wire::http::encode;
use cognitab_wire::shape::Timestamp;

use crate::model::domain;
use crate::model::pool::{Contact, DefaultEmailOptionType, Pool};
use crate::model::schema;
use crate::model::user::{Attempts, User, VerificationCode};
use cognitab_kernel::Cx;
use cognitab_kernel::inbox;
use cognitab_kernel::inbox::Mail;
use cognitab_kernel::inbox::Medium;

/// Where a code went.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct CodeDeliveryDetailsType {
    /// The address, masked.
    pub(crate) destination: String,
    pub(crate) delivery_medium: Medium,
    pub(crate) attribute_name: String,
}

/// The attribute that a sign-up is confirmed through: of two, the phone.
pub(crate) fn verification_contact(pool: &Pool, user: &User) -> Option<Contact> {
    let usable = |contact: &Contact| {
        pool.auto_verified_attributes.contains(contact)
            && user.attribute(contact.as_str()).is_some_and(|v| !v.is_empty())
    };
    [Contact::Phone, Contact::Email].into_iter().find(usable)
}

/// Sends a fresh code of six digits to one of the user's addresses and remembers it.
pub(crate) fn send_code(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &str,
    user: &mut User,
    contact: Contact,
    life: i64,
) -> CodeDeliveryDetailsType {
    let code = cx.random.digits(6);
    let attribute = contact.as_str();
    user.verification_code = Some(VerificationCode {
        code: code.clone(),
        expires: Timestamp(cx.now + life),
        attribute: attribute.to_owned(),
    });
    user.code_attempts = Attempts::default();
    let to = user.attribute(attribute).unwrap_or_default().to_owned();
    let (subject, body) = verification_message(cx, pool, client, user, contact, &code);
    send(cx, user, contact, &to, subject, body, code);
    details(contact, &to)
}

fn verification_message(
    cx: &Cx<'_>,
    pool: &Pool,
    client: &str,
    user: &User,
    contact: Contact,
    code: &str,
) -> (String, String) {
    let texts = &pool.verification;
    let or =
        |text: &Option<String>, default: &str| text.clone().unwrap_or_else(|| default.to_owned());
    let default = "Your verification code is {####}. ";
    if contact == Contact::Phone {
        return (String::new(), or(&texts.sms_message, default).replace("{####}", code));
    }
    let by_link = texts.default_email_option == Some(DefaultEmailOptionType::ConfirmWithLink);
    if let Some(domain) = domain::of_pool(&cx.world, &pool.id).filter(|_| by_link) {
        let link = format!(
            "https://{}/confirmUser?client_id={}&user_name={}&confirmation_code={code}",
            domain.host(),
            encode(client),
            encode(&user.username)
        );
        let body = or(
            &texts.email_message_by_link,
            "Please click the link below to verify your email address. {##Verify Email##} ",
        );
        return (
            or(&texts.email_subject_by_link, "Your verification link"),
            insert_link(&body, &link),
        );
    }
    let body = or(&texts.email_message, default).replace("{####}", code);
    (or(&texts.email_subject, "Your verification code"), body)
}

/// Puts the address in place of `{##any words##}`.
fn insert_link(body: &str, link: &str) -> String {
    let cut = body.split_once("{##").and_then(|(before, rest)| {
        let (words, after) = rest.split_once("##}")?;
        Some(format!("{before}{words}: {link}{after}"))
    });
    cut.unwrap_or_else(|| body.to_owned())
}

/// Tells a user whom an administrator has made their first password.
pub(crate) fn send_invitation(
    cx: &mut Cx<'_>,
    pool: &Pool,
    user: &User,
    contact: Contact,
    password: &str,
) {
    let texts = pool.admin_create.invite_message_template.clone().unwrap_or_default();
    let default = || "Your username is {username} and temporary password is {####}. ".to_owned();
    let (subject, body) = match contact {
        Contact::Phone => (String::new(), texts.sms_message.unwrap_or_else(default)),
        Contact::Email => (
            texts.email_subject.unwrap_or_else(|| "Your temporary password".to_owned()),
            texts.email_message.unwrap_or_else(default),
        ),
    };
    let to = user.attribute(contact.as_str()).unwrap_or_default().to_owned();
    let name = if user.username == user.sub { to.clone() } else { user.username.clone() };
    let body = body.replace("{username}", &name).replace("{####}", password);
    send(cx, user, contact, &to, subject, body, password.to_owned());
}

fn send(
    cx: &mut Cx<'_>,
    user: &User,
    contact: Contact,
    to: &str,
    subject: String,
    body: String,
    code: String,
) {
    let mail = Mail {
        number: 0,
        at: cx.now,
        medium: medium(contact),
        to: to.to_owned(),
        subject,
        body,
        code,
        pool: user.pool.clone(),
        username: user.username.clone(),
    };
    inbox::deliver(cx, mail);
}

fn medium(contact: Contact) -> Medium {
    match contact {
        Contact::Email => Medium::Email,
        Contact::Phone => Medium::Sms,
    }
}

/// Where a code went, with the address masked as AWS does.
pub(crate) fn details(contact: Contact, to: &str) -> CodeDeliveryDetailsType {
    CodeDeliveryDetailsType {
        destination: mask(contact, to),
        delivery_medium: medium(contact),
        attribute_name: contact.as_str().to_owned(),
    }
}

/// What a pool that keeps its users secret says of one that does not exist.
pub(crate) fn simulated(name: &str) -> CodeDeliveryDetailsType {
    if schema::is_phone(name) {
        return details(Contact::Phone, name);
    }
    let address = if name.contains('@') { name.to_owned() } else { format!("{name}@example") };
    details(Contact::Email, &address)
}

fn mask(contact: Contact, to: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    match contact {
        Contact::Email => {
            let (local, domain) = to.split_once('@').unwrap_or((to, ""));
            format!("{}***@{}***", first(local), first(domain))
        }
        Contact::Phone => {
            let digits = to.trim_start_matches('+');
            let shown = digits.len().saturating_sub(4);
            let last = digits.get(shown..).unwrap_or_default();
            format!("+{}{last}", "*".repeat(shown))
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
    fn a_link_takes_the_place_of_its_words() {
        assert_eq!(insert_link("See {##here##}.", "https://x/"), "See here: https://x/.");
    }
}
