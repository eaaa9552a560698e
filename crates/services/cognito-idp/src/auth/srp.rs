//! SRP-6a as Cognito uses it: a client proves that it knows a password without sending it.
//!
//! The group is the 3072-bit group of RFC 5054, with generator 2. Numbers are hashed as Java encodes
//! them: with a leading zero byte if the top bit is set.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use num_bigint_dig::BigUint;
use sha2::{Digest, Sha256};

const PRIME: &[u8] = b"FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

fn prime() -> BigUint {
    BigUint::parse_bytes(PRIME, 16).unwrap_or_default()
}

fn generator() -> BigUint {
    BigUint::from(2_u32)
}

/// Parses a number in hexadecimal.
fn number(hex: &str) -> Option<BigUint> {
    BigUint::parse_bytes(hex.as_bytes(), 16)
}

fn padded(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|b| b & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    bytes
}

fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let sum = parts.iter().fold(Sha256::new(), |sum, part| sum.chain_update(part));
    sum.finalize().to_vec()
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// The part of a pool ID that is hashed.
fn pool_name(pool: &str) -> &str {
    pool.split_once('_').map_or(pool, |(_, name)| name)
}

/// The private key of a password, `x`, in hexadecimal. It is what the pool stores.
pub(crate) fn private_key(pool: &str, username: &str, password: &str, salt: &str) -> String {
    let salt = padded(&number(salt).unwrap_or_default());
    let (name, user, password) =
        (pool_name(pool).as_bytes(), username.as_bytes(), password.as_bytes());
    let inner = digest(&[name, user, b":", password]);
    BigUint::from_bytes_be(&digest(&[&salt, &inner])).to_str_radix(16)
}

/// The server's side of a session.
pub(crate) struct Server {
    verifier: BigUint,
    private: BigUint,
    public: BigUint,
}

impl Server {
    /// The side of a stored private key and the server's private value of at least 32 bytes, both in
    /// hexadecimal.
    pub(crate) fn new(key: &str, private: &str) -> Option<Server> {
        let prime = prime();
        let verifier = generator().modpow(&number(key)?, &prime);
        let private = number(private)?;
        let k = BigUint::from_bytes_be(&digest(&[&padded(&prime), &padded(&generator())]));
        let public = (k * &verifier + generator().modpow(&private, &prime)) % &prime;
        Some(Server { verifier, private, public })
    }

    /// The server's public value, `SRP_B`, in hexadecimal.
    pub(crate) fn public(&self) -> String {
        self.public.to_str_radix(16)
    }

    /// `PASSWORD_CLAIM_SIGNATURE` of a client that knows the password, given its public value.
    pub(crate) fn signature(
        &self,
        client: &str,
        pool: &str,
        username: &str,
        block: &str,
        timestamp: &str,
    ) -> Option<String> {
        let (prime, client) = (prime(), number(client)?);
        let u = BigUint::from_bytes_be(&digest(&[&padded(&client), &padded(&self.public)]));
        let base = (&client * self.verifier.modpow(&u, &prime)) % &prime;
        let shared = base.modpow(&self.private, &prime);
        let key = mac(&padded(&u), &[&padded(&shared)]);
        let key = mac(&key, &[b"Caldera Derived Key", &[1]]);
        let block = STANDARD.decode(block).ok()?;
        let parts: [&[u8]; 4] =
            [pool_name(pool).as_bytes(), username.as_bytes(), &block, timestamp.as_bytes()];
        Some(STANDARD.encode(mac(key.get(..16)?, &parts)))
    }
}

/// Whether a client's public value is not a number, or one that would make the shared key known.
pub(crate) fn is_invalid(client: &str) -> bool {
    number(client).is_none_or(|n| n % prime() == BigUint::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A test vector computed with `amazon-cognito-identity-js`.
    #[test]
    fn signatures_are_those_of_the_clients() {
        let pool = "us-east-1_Ab12Cd34E";
        let salt = "d3adbeef00112233445566778899aabb";
        let key = private_key(pool, "alice", "Passw0rd!", salt);
        assert_eq!(key, "6a0506f6c08fb54bbb8af43768ff5043a8766335de58d4ada8884d97b5ab1e48");
        let server = Server::new(&key, &"22".repeat(32)).unwrap();
        assert!(server.public().starts_with("198d3bbff5eb52652a283a26a965b355"));
        let private = number(&"11".repeat(32)).unwrap();
        let client = generator().modpow(&private, &prime()).to_str_radix(16);
        assert!(client.starts_with("f2c4e7407ccfac452a7c7e1034e8388b"));
        let block = "Y29nbml0YWItc2VjcmV0LWJsb2Nr";
        let signature =
            server.signature(&client, pool, "alice", block, "Mon Nov 2 03:04:05 UTC 2026");
        assert_eq!(signature.unwrap(), "wMjLsaN4UG2RXQomZPlyAGStNFw5F0AD3DKA1YwGknU=");
    }

    #[test]
    fn public_values_that_are_invalid() {
        let prime = String::from_utf8(PRIME.to_vec()).unwrap();
        for invalid in ["0", "", "xyz", &prime] {
            assert!(is_invalid(invalid), "{invalid}");
        }
        assert!(!is_invalid("2"));
    }
}
