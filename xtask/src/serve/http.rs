//! A file server for one folder on loopback, behaving as static hosts do: `index.html` of a folder,
//! `404.html` with status 404 for what is not there, nothing outside the folder.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use percent_encoding::percent_decode_str;

use crate::site::links_at_depth;

const HTML: &str = "text/html; charset=utf-8";

/// A base path with a slash at both ends.
pub(crate) fn base_path(given: &str) -> String {
    match given.trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{inner}/"),
    }
}

/// A server that is bound to its port and does not answer yet.
pub(crate) struct Server {
    listener: TcpListener,
    port: u16,
    site: Site,
}

struct Site {
    base: String,
    dir: PathBuf,
    single_page: bool,
}

impl Server {
    /// Takes the port; 0 takes any.
    pub(crate) fn bind(port: u16, base: &str, dir: PathBuf) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("port {port} is not available; choose another with --port"))?;
        let port = listener.local_addr()?.port();
        let site = Site { base: base.to_owned(), dir, single_page: false };
        Ok(Self { listener, port, site })
    }

    /// Whether `index.html` is the page of every address that names no file. A debug site has no
    /// other page: it draws them all in the browser.
    pub(crate) fn set_single_page(&mut self, single_page: bool) {
        self.site.single_page = single_page;
    }

    /// Where it answers.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.site.base)
    }

    /// Answers from now on, with a thread for each connection.
    pub(crate) fn start(self) -> JoinHandle<()> {
        let Self { listener, site, .. } = self;
        let site = Arc::new(site);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&site);
                std::thread::spawn(move || site.serve_connection(stream));
            }
        })
    }
}

impl Site {
    /// Answers one connection's requests, until the browser closes it.
    fn serve_connection(&self, stream: TcpStream) {
        let Ok(mut writer) = stream.try_clone() else { return };
        let mut reader = BufReader::new(stream);
        while let Some((method, target)) = read_request(&mut reader) {
            let response = self.respond(&method, &target);
            if response.write(&mut writer, method == "HEAD").is_err() {
                return;
            }
        }
    }

    fn respond(&self, method: &str, target: &str) -> Response {
        if method != "GET" && method != "HEAD" {
            return Response::text(405, "Method Not Allowed");
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let Some(inner) = path.strip_prefix(&self.base) else {
            return match path.len() + 1 == self.base.len() && self.base.starts_with(path) {
                true => Response::redirect(&self.base),
                false => Response::text(404, "Not Found"),
            };
        };
        let Some(file) = self.resolve(inner) else { return self.not_found(inner) };
        if !file.is_dir() {
            return Response::file(&file, 200).unwrap_or_else(|| self.not_found(inner));
        }
        if !path.ends_with('/') {
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            return Response::redirect(&format!("{path}/{query}"));
        }
        Response::file(&file.join("index.html"), 200).unwrap_or_else(|| self.not_found(inner))
    }

    /// The file that a path names, if it is inside the folder.
    fn resolve(&self, path: &str) -> Option<PathBuf> {
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        let relative = Path::new(decoded.as_ref());
        let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
        (plain && !decoded.contains('\\')).then(|| self.dir.join(relative))
    }

    fn not_found(&self, path: &str) -> Response {
        let names_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        if self.single_page && !names_file {
            let page = std::fs::read_to_string(self.dir.join("index.html")).unwrap_or_default();
            let html = links_at_depth(&page, path.matches('/').count());
            return Response { content_type: HTML, ..Response::text(200, &html) };
        }
        Response::file(&self.dir.join("404.html"), 404)
            .unwrap_or_else(|| Response::text(404, "Not Found"))
    }
}

/// Method and target of the next request; its headers and body are skipped.
fn read_request(reader: &mut BufReader<TcpStream>) -> Option<(String, String)> {
    let line = read_line(reader)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let header = read_line(reader)?;
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
    }
    std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink()).ok()?;
    Some((method, target))
}

/// One line without its end; none when the connection ends or the line has no end.
fn read_line(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    reader.by_ref().take(64 * 1024).read_line(&mut line).ok()?;
    line.ends_with('\n').then(|| line.trim_end().to_owned())
}

struct Response {
    status: &'static str,
    content_type: &'static str,
    location: Option<String>,
    body: Vec<u8>,
}

impl Response {
    fn file(path: &Path, status: u16) -> Option<Self> {
        let body = std::fs::read(path).ok()?;
        Some(Self {
            status: status_line(status),
            content_type: content_type_of(path),
            location: None,
            body,
        })
    }

    fn text(status: u16, body: &str) -> Self {
        let content_type = "text/plain; charset=utf-8";
        Self { status: status_line(status), content_type, location: None, body: body.into() }
    }

    fn redirect(to: &str) -> Self {
        Self { location: Some(to.to_owned()), ..Self::text(301, "Moved Permanently") }
    }

    fn write(&self, to: &mut TcpStream, head_only: bool) -> std::io::Result<()> {
        let mut head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
             X-Content-Type-Options: nosniff\r\n",
            self.status,
            self.content_type,
            self.body.len()
        );
        if let Some(location) = &self.location {
            head.push_str(&format!("Location: {location}\r\n"));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if !head_only {
            bytes.extend_from_slice(&self.body);
        }
        to.write_all(&bytes)
    }
}

fn status_line(status: u16) -> &'static str {
    match status {
        200 => "200 OK",
        301 => "301 Moved Permanently",
        405 => "405 Method Not Allowed",
        _ => "404 Not Found",
    }
}

fn content_type_of(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let dir = crate::program::root().join("xtask");
        Site { base: "/x/y/".to_owned(), dir, single_page: false }
    }

    #[test]
    fn only_addresses_below_the_base_are_served() {
        let site = site();
        assert_eq!(site.respond("GET", "/x/y/src/main.rs").status, "200 OK");
        assert_eq!(site.respond("GET", "/x/y").location.as_deref(), Some("/x/y/"));
        assert_eq!(site.respond("GET", "/src/main.rs").status, "404 Not Found");
        assert_eq!(site.respond("POST", "/x/y/").status, "405 Method Not Allowed");
    }

    #[test]
    fn folders_get_their_slash_and_keep_the_query() {
        assert_eq!(
            site().respond("GET", "/x/y/src?a=1").location.as_deref(),
            Some("/x/y/src/?a=1")
        );
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        for path in [
            "/x/y/../Cargo.toml",
            "/x/y/%2e%2e/Cargo.toml",
            "/x/y/%2fetc/passwd",
            "/x/y//etc/passwd",
        ] {
            assert_eq!(site().respond("GET", path).status, "404 Not Found", "{path}");
        }
    }

    #[test]
    fn a_single_page_answers_every_address_that_names_no_file() {
        let site = Site { dir: crate::program::root().to_owned(), single_page: true, ..site() };
        let page = site.respond("GET", "/x/y/lab/?a=1");
        assert_eq!((page.status, page.content_type), ("200 OK", HTML));
        let html = String::from_utf8(page.body).unwrap();
        assert!(html.contains("src=\"../cognitab.js\"") && !html.contains("\"./"));
        assert_eq!(site.respond("GET", "/x/y/lab/start.js").status, "404 Not Found");
    }

    #[test]
    fn a_base_has_a_slash_at_both_ends() {
        assert_eq!(["", "/", "x/y", "/x/y/"].map(base_path), ["/", "/", "/x/y/", "/x/y/"]);
    }
}
