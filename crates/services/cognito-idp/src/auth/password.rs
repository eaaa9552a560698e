//! Passwords: the policy of a pool and the stored form.

use cognitab_macros::Shape;

use crate::auth::srp;
use crate::model::user::User;
use cognitab_kernel::Random;

/// What AWS counts as a symbol.
const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";

/// What a pool asks of passwords.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct PasswordPolicyType {
    /// Shortest password.
    #[shape(range = 6..=99)]
    pub(crate) minimum_length: Option<i64>,
    /// Whether it needs `A` to `Z`.
    #[shape(optional)]
    pub(crate) require_uppercase: bool,
    /// Whether it needs `a` to `z`.
    #[shape(optional)]
    pub(crate) require_lowercase: bool,
    /// Whether it needs a digit.
    #[shape(optional)]
    pub(crate) require_numbers: bool,
    /// Whether it needs a symbol.
    #[shape(optional)]
    pub(crate) require_symbols: bool,
    /// Life of an administrator's password in days.
    #[shape(range = 0..=365)]
    pub(crate) temporary_password_validity_days: Option<i64>,
}

impl Default for PasswordPolicyType {
    fn default() -> PasswordPolicyType {
        PasswordPolicyType {
            minimum_length: Some(8),
            require_uppercase: true,
            require_lowercase: true,
            require_numbers: true,
            require_symbols: true,
            temporary_password_validity_days: Some(7),
        }
    }
}

/// What a password lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weak {
    Short,
    Upper,
    Lower,
    Digit,
    Symbol,
}

impl Weak {
    /// AWS's words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Weak::Short => "Password not long enough",
            Weak::Upper => "Password must have uppercase characters",
            Weak::Lower => "Password must have lowercase characters",
            Weak::Digit => "Password must have numeric characters",
            Weak::Symbol => "Password must have symbol characters",
        }
    }
}

impl PasswordPolicyType {
    /// The first thing that a password lacks, in AWS's order.
    pub(crate) fn lacks(&self, password: &str) -> Option<Weak> {
        let least = usize::try_from(self.minimum_length.unwrap_or(8)).unwrap_or(8);
        let any = |test: fn(char) -> bool| password.chars().any(test);
        if password.chars().count() < least {
            Some(Weak::Short)
        } else if self.require_uppercase && !any(|c| c.is_ascii_uppercase()) {
            Some(Weak::Upper)
        } else if self.require_lowercase && !any(|c| c.is_ascii_lowercase()) {
            Some(Weak::Lower)
        } else if self.require_numbers && !any(|c| c.is_ascii_digit()) {
            Some(Weak::Digit)
        } else if self.require_symbols && !any(|c| SYMBOLS.contains(c)) {
            Some(Weak::Symbol)
        } else {
            None
        }
    }

    /// A password that fulfils every policy.
    pub(crate) fn generate(&self, random: &mut Random) -> String {
        let least = usize::try_from(self.minimum_length.unwrap_or(8)).unwrap_or(8);
        let classes: [(&[u8], usize); 4] = [
            (b"ABCDEFGHJKLMNPQRSTUVWXYZ", 2),
            (b"abcdefghijkmnopqrstuvwxyz", least.max(8) - 4),
            (b"23456789", 2),
            (b"!#%&*+-?@", 1),
        ];
        classes.iter().map(|(alphabet, n)| random.text(alphabet, *n)).collect()
    }
}

/// A password as it is stored: a salt, and the salted digest that is its secret number in SRP.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Password {
    salt: String,
    secret: String,
}

impl Password {
    /// The stored form of a user's password.
    pub(crate) fn of(random: &mut Random, user: &User, password: &str) -> Password {
        let salt: String = random.bytes(16).iter().map(|b| format!("{b:02x}")).collect();
        let secret = srp::secret(&user.pool, &user.username, password, &salt);
        Password { salt, secret }
    }

    /// Whether it is this one.
    pub(crate) fn is(&self, user: &User, password: &str) -> bool {
        let given = srp::secret(&user.pool, &user.username, password, &self.salt);
        cognitab_wire::sigv4::constant_time_eq(&self.secret, &given)
    }

    /// The salt in hexadecimal.
    pub(crate) fn salt(&self) -> &str {
        &self.salt
    }

    /// The secret number in hexadecimal.
    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reason_at_a_time_in_order() {
        let policy = PasswordPolicyType::default();
        for (password, reason) in [
            ("a", Some(Weak::Short)),
            ("password", Some(Weak::Upper)),
            ("PASSWORD", Some(Weak::Lower)),
            ("Password", Some(Weak::Digit)),
            ("Passw0rd", Some(Weak::Symbol)),
            ("Passw0rd!", None),
        ] {
            assert_eq!(policy.lacks(password), reason, "{password}");
        }
        let made = policy.generate(&mut Random::new([1; 32]));
        assert_eq!(policy.lacks(&made), None, "{made}");
    }
}
