//! Prints the figures of a text: `cargo run --example client -- [TEXT] [ADDRESS]`, with a running
//! `factfigures serve`.

use std::time::Duration;

use factfigures::proto::v1::fact_figure_service_client::FactFigureServiceClient;
use factfigures::proto::v1::{Document, ExtractFiguresRequest};
use tonic::Request;
use tonic::transport::Endpoint;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().unwrap_or_else(|| "Sales rose 12 percent to $56 million.".to_owned());
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:50051".to_owned());

    let channel = Endpoint::from_shared(format!("http://{address}"))?.connect().await?;
    let mut client = FactFigureServiceClient::new(channel);
    let document = Document { text: text.clone(), ..Default::default() };
    let mut request = Request::new(ExtractFiguresRequest { document: Some(document), ..Default::default() });
    request.set_timeout(Duration::from_secs(5));
    let found = client.extract_figures(request).await?.into_inner();

    for figure in found.figures {
        let span = figure.span.clone().unwrap_or_default();
        // Offsets count bytes unless the request asks for others: what Rust's strings count.
        assert_eq!(text[span.start as usize..span.end as usize], span.text);
        let quantity = figure.quantity.clone().unwrap_or_default();
        let unit = quantity.unit.unwrap_or_default();
        println!(
            "{} {} {} {}: {}",
            figure.id,
            figure.kind().as_str_name(),
            quantity.value,
            unit.code,
            span.text
        );
    }
    Ok(())
}
