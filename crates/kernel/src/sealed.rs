//! Sealed texts: encrypted and authenticated, readable only in the world and for the account that
//! they were sealed for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_macros::Shape;
use cognitab_wire::shape::Blob;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::random::Random;
use crate::world::{Row, World};

/// The sealing key of a world.
#[derive(Clone, Debug, Shape)]
struct Seal {
    key: Blob,
}

impl Row for Seal {
    const TABLE: &'static str = "seal";
    fn key(&self) -> String {
        String::new()
    }
}

/// Creates the key of a new world. The same time and seed create the same key.
pub fn make(world: &mut World, now: i64, seed: u64) {
    let key = Sha256::new().chain_update(now.to_be_bytes()).chain_update(seed.to_be_bytes());
    world.put(&Seal { key: Blob(key.finalize().to_vec()) });
}

/// Seals a text for an account. The nonce is derived from the text (a synthetic IV), so equal texts
/// give equal results. `None` if the world has no key.
pub fn close(world: &World, account: &str, text: &str) -> Option<String> {
    let seal: Seal = world.get("")?;
    let tag = seal.tag(account, text.as_bytes())?;
    let hidden = seal.stream(&tag, text.as_bytes())?;
    Some(URL_SAFE_NO_PAD.encode([tag, hidden].concat()))
}

/// The text that was sealed for this account in this world; `None` if it was not, or was altered.
pub fn open(world: &World, account: &str, sealed: &str) -> Option<String> {
    let seal: Seal = world.get("")?;
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (tag, hidden) = bytes.split_at_checked(32)?;
    let text = seal.stream(tag, hidden)?;
    let known = seal.tag(account, &text)? == tag;
    known.then(|| String::from_utf8(text).ok()).flatten()
}

impl Seal {
    fn tag(&self, account: &str, text: &[u8]) -> Option<Vec<u8>> {
        self.mac(&[b"tag", account.as_bytes(), b"\0", text])
    }

    /// The bytes XORed with the key stream of a tag. Applying it twice restores them.
    fn stream(&self, tag: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
        let seed = self.mac(&[b"stream", tag])?.try_into().ok()?;
        let stream = Random::new(seed).bytes(bytes.len());
        Some(bytes.iter().zip(stream).map(|(byte, mask)| byte ^ mask).collect())
    }

    fn mac(&self, parts: &[&[u8]]) -> Option<Vec<u8>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key.0).ok()?;
        parts.iter().for_each(|part| mac.update(part));
        Some(mac.finalize().into_bytes().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_world_opens_it_and_only_whole() {
        let mut world = World::default();
        make(&mut world, 1, 2);
        let sealed = close(&world, "111122223333", "tell nobody").unwrap();
        assert!(!sealed.contains("tell"));
        assert_eq!(open(&world, "111122223333", &sealed).as_deref(), Some("tell nobody"));
        assert_eq!(open(&world, "444455556666", &sealed), None);
        let mut other = World::default();
        make(&mut other, 1, 3);
        assert_eq!(open(&other, "111122223333", &sealed), None);
        for at in 0..sealed.len() {
            let swap = if sealed.as_bytes()[at] == b'A' { "B" } else { "A" };
            let changed = [&sealed[..at], swap, &sealed[at + 1..]].concat();
            assert_eq!(open(&world, "111122223333", &changed), None, "{at}");
        }
        for junk in ["", "AAAA", "%", &sealed[..40]] {
            assert_eq!(open(&world, "111122223333", junk), None);
        }
    }
}
