//! What a long command prints about itself while it runs.

use std::time::Instant;

use anyhow::Result;

/// Numbers the steps of a command and times them.
pub(crate) struct Progress {
    total: usize,
    started: usize,
}

impl Progress {
    /// Of a command with so many steps.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, started: 0 }
    }

    /// Runs the next step.
    pub(crate) fn step<T>(&mut self, title: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        self.started += 1;
        let number = format!("[{}/{}]", self.started, self.total);
        println!("{number} {title}");
        let start = Instant::now();
        let result = run()?;
        let seconds = start.elapsed().as_secs();
        if seconds > 0 {
            println!("{number} took {seconds} s");
        }
        Ok(result)
    }
}
