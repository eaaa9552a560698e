//! Fresh randomness, and RSA keys made ahead of the question.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};

/// Keys that wait. One more is ready in the thread's hand: two, as many as a user pool takes, and
/// no more, because making them slows down whatever runs beside it.
const AHEAD: usize = 1;

/// 32 random bytes from the system.
pub(crate) fn fresh() -> Result<[u8; 32], String> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| "the system gives no randomness".to_owned())?;
    Ok(bytes)
}

/// A supply of RSA keys of 2048 bits: a key takes a tenth of a second, so a thread makes them
/// before they are asked for.
pub(crate) struct Keys(Receiver<Vec<u8>>);

impl Keys {
    /// Starts the thread.
    pub(crate) fn start() -> Keys {
        let (sender, receiver) = sync_channel(AHEAD);
        thread::spawn(move || {
            loop {
                let der = KeyPair::generate(KeySize::Rsa2048).and_then(|key| key.as_der());
                // Nobody is left to take keys when the endpoint ends.
                if !der.is_ok_and(|der| sender.send(der.as_ref().to_vec()).is_ok()) {
                    return;
                }
            }
        });
        Keys(receiver)
    }

    /// The next key as PKCS #8 in DER; waits where none is ready.
    pub(crate) fn next(&self) -> Result<Vec<u8>, String> {
        self.0.recv().map_err(|_| "no RSA key could be made".to_owned())
    }
}
