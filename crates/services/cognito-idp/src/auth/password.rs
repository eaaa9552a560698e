//! Passwords: the policy of a user pool, and how a password is stored.

use cognitab_kernel::Random;
use cognitab_macros::Shape;
use cognitab_wire::sigv4::constant_time_eq;

use crate::auth::srp;
use crate::model::types::{PasswordPolicyMinLengthType, TemporaryPasswordValidityDaysType};
use crate::model::user::User;

/// The characters that count as symbols.
const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";

/// The requirements for passwords.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct PasswordPolicyType {
    pub(crate) minimum_length: Option<PasswordPolicyMinLengthType>,
    /// `A` to `Z`.
    #[shape(optional)]
    pub(crate) require_uppercase: bool,
    /// `a` to `z`.
    #[shape(optional)]
    pub(crate) require_lowercase: bool,
    #[shape(optional)]
    pub(crate) require_numbers: bool,
    #[shape(optional)]
    pub(crate) require_symbols: bool,
    pub(crate) temporary_password_validity_days: Option<TemporaryPasswordValidityDaysType>,
}

impl Default for PasswordPolicyType {
    fn default() -> PasswordPolicyType {
        PasswordPolicyType {
            minimum_length: Some(8.into()),
            require_uppercase: true,
            require_lowercase: true,
            require_numbers: true,
            require_symbols: true,
            temporary_password_validity_days: Some(7.into()),
        }
    }
}

/// The requirement that a password violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyViolation {
    TooShort,
    NoUppercase,
    NoLowercase,
    NoNumber,
    NoSymbol,
}

impl PolicyViolation {
    /// AWS's message.
    pub(crate) fn message(self) -> &'static str {
        match self {
            PolicyViolation::TooShort => "Password not long enough",
            PolicyViolation::NoUppercase => "Password must have uppercase characters",
            PolicyViolation::NoLowercase => "Password must have lowercase characters",
            PolicyViolation::NoNumber => "Password must have numeric characters",
            PolicyViolation::NoSymbol => "Password must have symbol characters",
        }
    }
}

impl PasswordPolicyType {
    fn least(&self) -> usize {
        self.minimum_length.and_then(|n| usize::try_from(*n).ok()).unwrap_or(8)
    }

    /// The first requirement that a password violates, in AWS's order.
    pub(crate) fn violation(&self, password: &str) -> Option<PolicyViolation> {
        let least = self.least();
        let any = |test: fn(char) -> bool| password.chars().any(test);
        if password.chars().count() < least {
            Some(PolicyViolation::TooShort)
        } else if self.require_uppercase && !any(|c| c.is_ascii_uppercase()) {
            Some(PolicyViolation::NoUppercase)
        } else if self.require_lowercase && !any(|c| c.is_ascii_lowercase()) {
            Some(PolicyViolation::NoLowercase)
        } else if self.require_numbers && !any(|c| c.is_ascii_digit()) {
            Some(PolicyViolation::NoNumber)
        } else if self.require_symbols && !any(|c| SYMBOLS.contains(c)) {
            Some(PolicyViolation::NoSymbol)
        } else {
            None
        }
    }

    /// A password that conforms to every policy of this minimum length.
    pub(crate) fn generate(&self, random: &mut Random) -> String {
        let least = self.least();
        let classes: [(&[u8], usize); 4] = [
            (b"ABCDEFGHJKLMNPQRSTUVWXYZ", 2),
            (b"abcdefghijkmnopqrstuvwxyz", least.max(8) - 4),
            (b"23456789", 2),
            (b"!#%&*+-?@", 1),
        ];
        classes.iter().map(|(alphabet, n)| random.text(alphabet, *n)).collect()
    }
}

/// A password as it is stored: a salt, and the salted hash that is the private key in SRP.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Password {
    salt: String,
    secret: String,
}

impl Password {
    /// The password of a user, with a new salt.
    pub(crate) fn new(random: &mut Random, user: &User, password: &str) -> Password {
        let salt: String = random.bytes(16).iter().map(|b| format!("{b:02x}")).collect();
        let secret = srp::private_key(&user.pool, &user.username, password, &salt);
        Password { salt, secret }
    }

    /// Whether it is the hash of this password.
    pub(crate) fn matches(&self, user: &User, password: &str) -> bool {
        let hash = srp::private_key(&user.pool, &user.username, password, &self.salt);
        constant_time_eq(&self.secret, &hash)
    }

    /// The salt, in hexadecimal.
    pub(crate) fn salt(&self) -> &str {
        &self.salt
    }

    /// The private key, in hexadecimal.
    pub(crate) fn private_key(&self) -> &str {
        &self.secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_violation_is_reported_at_a_time() {
        let policy = PasswordPolicyType::default();
        for (password, reason) in [
            ("a", Some(PolicyViolation::TooShort)),
            ("password", Some(PolicyViolation::NoUppercase)),
            ("PASSWORD", Some(PolicyViolation::NoLowercase)),
            ("Password", Some(PolicyViolation::NoNumber)),
            ("Passw0rd", Some(PolicyViolation::NoSymbol)),
            ("Passw0rd!", None),
        ] {
            assert_eq!(policy.violation(password), reason, "{password}");
        }
        let generated = policy.generate(&mut Random::new([1; 32]));
        assert_eq!(policy.violation(&generated), None, "{generated}");
    }
}
