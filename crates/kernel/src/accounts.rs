//! The two accounts that every world begins with.

/// An account and its administrator's access key, which AWS publishes as an example.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// Twelve digits.
    pub id: &'static str,
    /// `AKIA…`.
    pub access_key_id: &'static str,
    /// The secret access key.
    pub secret_access_key: &'static str,
}

/// Studio, where the scenarios live.
pub const STUDIO: Account = Account {
    id: "111122223333",
    access_key_id: "AKIAIOSFODNN7EXAMPLE",
    secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/// Archive, the other side of cross-account access.
pub const ARCHIVE: Account = Account {
    id: "444455556666",
    access_key_id: "AKIAI44QH8DHBEXAMPLE",
    secret_access_key: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
};

/// Both accounts.
pub const ACCOUNTS: [Account; 2] = [STUDIO, ARCHIVE];
