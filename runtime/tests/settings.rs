//! Tests that the settings of both transports take effect, with servers that use TLS, compression and HTTP/2, and with proxies. Misbehaving
//! servers are tested in `transports.rs`.
#![cfg(all(feature = "ureq", feature = "reqwest"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

#[path = "support/mod.rs"]
mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use webex_xml::testing::Canned;
use webex_xml::transport::reqwest::Reqwest;
use webex_xml::transport::ureq::Ureq;
use webex_xml::transport::{HttpSettings, Transport};
use webex_xml::{AsyncClient, Client, Error, Reply, Retry, Site, ep};

/// Returns the response of `getSiteType` with the type 3.
fn answer() -> Vec<u8> {
    let canned = Canned::new().answer(ep::GetSiteTypeResponse::new(3));
    let client = Client::with_transport("acme", canned.clone());
    Transport::send(&canned, client.core().prepare(&ep::GetSiteType::new()).unwrap().http()).unwrap().body
}

/// Returns a certificate for this machine and its key, as PEM.
fn certificate() -> (String, String) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned(), "localhost".to_owned()]).unwrap();
    (made.cert.pem(), made.signing_key.serialize_pem())
}

fn server_config(certificate: &str, key: &str) -> ServerConfig {
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    builder.with_no_client_auth().with_single_cert(chain, key).unwrap()
}

/// Starts a server with TLS that responds to every request. Returns its address, and its certificate as PEM.
fn tls_server() -> (String, String) {
    let (certificate, key) = certificate();
    let config = Arc::new(server_config(&certificate, &key));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let mut request = Vec::new();
            let mut buffer = [0; 4096];
            while !request.ends_with(b"</serv:message>") {
                match stream.read(&mut buffer) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => request.extend_from_slice(&buffer[..count]),
                }
            }
            let body = answer();
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(&body);
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (address, certificate)
}

/// Makes a call over ureq and one over reqwest with these settings.
fn calls(site: &Site, settings: &HttpSettings) -> [Result<Reply<ep::GetSiteTypeResponse>, Error>; 2] {
    let request = ep::GetSiteType::new();
    let limit = 100_000;
    let blocking =
        Client::with_transport(site.clone(), Ureq::with(settings).unwrap()).with_retry(Retry::never()).with_response_limit(limit);
    let tasks =
        AsyncClient::with_transport(site.clone(), Reqwest::with(settings).unwrap()).with_retry(Retry::never()).with_response_limit(limit);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    [blocking.call(&request), runtime.block_on(tasks.call(&request))]
}

#[test]
fn roots_decide_which_servers_are_trusted() {
    let (address, certificate) = tls_server();
    let site = Site::named("acme").at(address);
    for settings in [HttpSettings::new().with_only_roots(&certificate), HttpSettings::new().with_more_roots(&certificate)] {
        for outcome in calls(&site, &settings.without_proxy()) {
            assert_eq!(outcome.unwrap().site_type, 3);
        }
    }
    let (_, other) = tls_server();
    for settings in [HttpSettings::new(), HttpSettings::new().with_only_roots(other)] {
        for outcome in calls(&site, &settings.without_proxy()) {
            assert!(matches!(outcome.unwrap_err(), Error::MaybeSent(e) if !e.is_timeout()), "an unknown certificate is refused");
        }
    }
}

#[test]
fn errors_of_a_settings_file_are_reported() {
    for settings in [
        HttpSettings::new().with_only_roots("no PEM"),
        HttpSettings::new().with_more_roots(""),
        HttpSettings::new().with_proxy("c4n4ry://:c4n4ry@:::"),
    ] {
        for told in [Ureq::with(&settings).unwrap_err().to_string(), Reqwest::with(&settings).unwrap_err().to_string()] {
            assert!(!told.contains("c4n4ry") && !told.is_empty(), "{told}");
        }
    }
}

#[test]
fn requests_go_through_the_proxy() {
    let proxy = support::serve(|stream, request| {
        let mut request = request.to_owned();
        if request.starts_with("CONNECT acme.invalid:80 ") {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            request = support::read_request(stream);
            assert!(request.starts_with("POST /WBXService/XMLService "), "{request}");
        } else {
            assert!(request.starts_with("POST http://acme.invalid/WBXService/XMLService "), "{request}");
        }
        support::respond(stream, "200 OK", "", &answer());
    });
    let site = Site::named("acme").at("http://acme.invalid").allowing_plain_http();
    for outcome in calls(&site, &HttpSettings::new().with_proxy(proxy)) {
        assert_eq!(outcome.unwrap().site_type, 3);
    }
    for outcome in calls(&site, &HttpSettings::new().with_proxy(support::nobody().replace("http://", "http://jane:c4n4ry@"))) {
        let error = outcome.unwrap_err();
        assert!(matches!(&error, Error::MaybeSent(e) if e.is_connect()), "{error:?}");
        assert!(!format!("{error:?} {error}").contains("c4n4ry"), "{error:?}");
    }
}

fn zipped(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn responses_may_be_compressed() {
    let server = support::serve(|stream, request| {
        if request.to_lowercase().contains("accept-encoding: gzip") {
            support::respond(stream, "200 OK", "Content-Encoding: gzip\r\n", &zipped(&answer()));
        } else {
            support::respond(stream, "418 Plain", "", b"asked for plain text");
        }
    });
    let site = Site::named("acme").at(server);
    for outcome in calls(&site, &HttpSettings::new()) {
        assert_eq!(outcome.unwrap().site_type, 3);
    }
    for outcome in calls(&site, &HttpSettings::new().without_gzip()) {
        assert!(matches!(outcome.unwrap_err(), Error::HttpStatus(e) if e.status == 418));
    }
}

#[test]
fn the_size_limit_applies_to_the_decompressed_response() {
    let bomb = zipped(&vec![b' '; 50_000_000]);
    let server = support::serve(move |stream, _| support::respond(stream, "200 OK", "Content-Encoding: gzip\r\n", &bomb));
    for outcome in calls(&Site::named("acme").at(server), &HttpSettings::new()) {
        let error = outcome.unwrap_err();
        assert!(matches!(&error, Error::Undecodable(e) if e.raw_size == 100_001), "{error:?}");
    }
}

#[tokio::test]
async fn http2_is_used_if_the_site_supports_it() {
    let (certificate, key) = certificate();
    let mut config = server_config(&certificate, &key);
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let site = Site::named("acme").at(format!("https://{}", listener.local_addr().unwrap()));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let Ok(mut connection) = h2::server::handshake(stream).await else { continue };
            tokio::spawn(async move {
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    let mut sending = respond.send_response(http::Response::new(()), false).unwrap();
                    sending.send_data(answer().into(), true).unwrap();
                }
            });
        }
    });
    let settings = HttpSettings::new().with_only_roots(&certificate).without_proxy();
    let client =
        |settings: &HttpSettings| AsyncClient::with_transport(site.clone(), Reqwest::with(settings).unwrap()).with_retry(Retry::never());
    assert_eq!(client(&settings).call(&ep::GetSiteType::new()).await.unwrap().site_type, 3);
    let old = client(&settings.without_http2()).call(&ep::GetSiteType::new()).await;
    assert!(matches!(old, Err(Error::MaybeSent(_))), "the server has nothing else");
}
