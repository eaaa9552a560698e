//! HTTP/1.1 on loopback.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use bytes::Bytes;
use cognitab_wire::http::{Request, Response};
use cognitab_wire::internet;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::serve::Server;

/// Serves requests until the process ends, after printing the address.
pub(crate) async fn listen(port: u16, server: Server) -> Result<(), String> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    println!("listening on http://{address}");
    let server = Rc::new(RefCell::new(server));
    let tasks = tokio::task::LocalSet::new();
    tasks
        .run_until(async {
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    // Too many connections are open: others must end before one can be accepted.
                    tokio::task::yield_now().await;
                    continue;
                };
                // A client that waits for each response must not wait for Nagle's timer as well.
                let _ = stream.set_nodelay(true);
                let server = server.clone();
                tokio::task::spawn_local(async move {
                    let service = service_fn(move |request| one(server.clone(), request));
                    let io = TokioIo::new(stream);
                    // A broken connection concerns only its client.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(io, service)
                        .await;
                });
            }
        })
        .await
}

async fn one(
    server: Rc<RefCell<Server>>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Full<Bytes>>, Infallible> {
    let answer = match read(request).await {
        Ok((request, local)) => {
            let host = request.url().host.to_owned();
            let answer = server.borrow_mut().answer(request);
            answer.map(|response| if local { localized(response, &host) } else { response })
        }
        Err(message) => Err(message),
    };
    Ok(write(answer.unwrap_or_else(|message| Response::new(500, message))))
}

/// Reads a request, and whether its path is below `/~/`.
async fn read(request: hyper::Request<Incoming>) -> Result<(Request, bool), String> {
    let (parts, body) = request.into_parts();
    let headers: Vec<(String, String)> = parts
        .headers
        .iter()
        .map(|(n, v)| (n.as_str().to_owned(), String::from_utf8_lossy(v.as_bytes()).into_owned()))
        .collect();
    let path = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    let host = parts.headers.get("host").and_then(|h| h.to_str().ok()).unwrap_or("127.0.0.1");
    let simulated = internet::from_local("/", path);
    let local = simulated.is_some();
    let url = simulated.unwrap_or_else(|| format!("http://{host}{path}"));
    let mut request = Request { method: parts.method.to_string(), url, headers, body: Vec::new() };
    if local {
        // The host of a page is the one in its path.
        request.headers.retain(|(name, _)| name != "host");
    }
    request.body = body.collect().await.map_err(|e| e.to_string())?.to_bytes().to_vec();
    Ok((request, local))
}

/// Rewrites redirects and cookies of a simulated host to its path below `/~/` on this origin.
fn localized(mut response: Response, host: &str) -> Response {
    for (name, value) in &mut response.headers {
        if name.eq_ignore_ascii_case("location") {
            let own = value.starts_with('/') && !value.starts_with("//");
            *value = if own { format!("/~/{host}{value}") } else { internet::to_local("/", value) };
        } else if name.eq_ignore_ascii_case("set-cookie") {
            *value = value.replace("Path=/", &format!("Path=/~/{host}/")).replace("; Secure", "");
        }
    }
    response
}

fn write(response: Response) -> hyper::Response<Full<Bytes>> {
    let mut built = hyper::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        built = built.header(name, value);
    }
    let body = Full::new(Bytes::from(response.body));
    built.body(body).unwrap_or_else(|error| {
        let mut answer = hyper::Response::new(Full::new(Bytes::from(error.to_string())));
        *answer.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        answer
    })
}
