//! `CrossCheckFigures` over a real connection on loopback.

use factfigures::proto::v1;
use server::Running;
use tonic::Code;

mod server;

fn of(texts: &[&str]) -> v1::CrossCheckFiguresRequest {
    let document = |text: &&str| v1::Document { text: (*text).to_owned(), ..Default::default() };
    v1::CrossCheckFiguresRequest { documents: texts.iter().map(document).collect(), ..Default::default() }
}

#[tokio::test]
async fn a_slip_is_found_and_both_figures_are_named() {
    let running = Running::start(&[]).await;
    let request = of(&[
        "Orbis Energy reported results. It posted a quarterly profit of $4.69 million.",
        "Orbis Energy's quarterly profit came to $4.69 billion.",
    ]);
    let response = running.client().await.cross_check_figures(request.clone()).await.unwrap().into_inner();
    assert_eq!(response.extractions.len(), 2);
    let [finding] = &response.findings[..] else { panic!("{:#?}", response.findings) };
    assert_eq!((finding.verdict(), finding.reason()), (v1::Verdict::Conflict, v1::Reason::ScaleSlip));
    assert_eq!(finding.difference, "0.999");
    assert!((0.5..=1.0).contains(&finding.similarity), "{}", finding.similarity);
    assert!(finding.explanation.contains("$4.69 million") && finding.explanation.contains("$4.69 billion"));
    for (figure, written) in finding.figures.iter().zip(["$4.69 million", "$4.69 billion"]) {
        let extraction = &response.extractions[figure.document_index as usize];
        let found =
            extraction.figures.iter().find(|f| f.id == figure.figure_id).expect("the figure is there");
        assert_eq!(found.span.as_ref().unwrap().text, written);
        assert_eq!(figure.time_id, "");
    }
    let again = running.client().await.cross_check_figures(request).await.unwrap().into_inner();
    assert_eq!(response, again);
    running.stop().await;
}

#[tokio::test]
async fn an_age_is_checked_against_a_time() {
    let running = Running::start(&[]).await;
    let request = of(&["Born in Lubo in 1950, the sculptor died in 2010 at the age of 70."]);
    let response = running.client().await.cross_check_figures(request).await.unwrap().into_inner();
    let finding = &response.findings[0];
    assert_eq!((finding.verdict(), finding.reason()), (v1::Verdict::Conflict, v1::Reason::TimeArithmetic));
    let [figure, time] = &finding.figures[..] else { panic!("{finding:?}") };
    assert_eq!((figure.figure_id.as_str(), figure.time_id.as_str()), ("f1", ""));
    let times = &response.extractions[0].times;
    let named = times.iter().find(|t| t.id == time.time_id).expect("the time is there");
    assert_eq!(named.timex, "1950");
    running.stop().await;
}

#[tokio::test]
async fn what_cannot_be_compared_is_silent_unless_asked_for() {
    let running = Running::start(&[]).await;
    let mut request =
        of(&["Unemployment in Estmark was 6.1% in March.", "Unemployment in Estmark was 5.8% in February."]);
    let silent = running.client().await.cross_check_figures(request.clone()).await.unwrap().into_inner();
    assert_eq!(silent.findings, []);
    request.include_not_comparable = true;
    let asked = running.client().await.cross_check_figures(request).await.unwrap().into_inner();
    assert_eq!(asked.findings.len(), 1);
    let finding = &asked.findings[0];
    assert_eq!(
        (finding.verdict(), finding.reason()),
        (v1::Verdict::NotComparable, v1::Reason::DifferentTime)
    );
    running.stop().await;
}

#[tokio::test]
async fn an_empty_document_has_no_findings_and_a_document_agrees_with_itself() {
    let running = Running::start(&[]).await;
    let empty = running.client().await.cross_check_figures(of(&[""])).await.unwrap().into_inner();
    assert_eq!((empty.extractions.len(), empty.findings.len()), (1, 0));
    let text = "The port shipped about 6,700 containers to Chile. It employs nearly 900 people.";
    let twice = running.client().await.cross_check_figures(of(&[text, text])).await.unwrap().into_inner();
    assert_eq!(twice.findings.len(), 2);
    assert!(twice.findings.iter().all(|f| f.verdict() == v1::Verdict::Agree), "{:#?}", twice.findings);
    running.stop().await;
}

#[tokio::test]
async fn every_mistake_is_named_with_its_document() {
    let running = Running::start(&["--max-text-bytes", "1000"]).await;
    let none = running.client().await.cross_check_figures(of(&[])).await.unwrap_err();
    assert_eq!(
        server::violations(&none),
        [("documents".to_owned(), "is empty; expected 1 to 50 documents".to_owned())]
    );

    let many = running.client().await.cross_check_figures(of(&["5 km"; 51])).await.unwrap_err();
    let named = server::violations(&many);
    assert_eq!(named.len(), 1, "{named:?}");
    assert_eq!(named[0].0, "documents");
    assert!(named[0].1.contains("51") && named[0].1.contains("50"), "{named:?}");
    running.client().await.cross_check_figures(of(&["5 km"; 50])).await.unwrap();

    let mut request = of(&["5 km", &"x".repeat(1001)]);
    request.offset_unit = 9;
    request.documents[0].language_code = "de".into();
    let status = running.client().await.cross_check_figures(request).await.unwrap_err();
    let mut named: Vec<String> = server::violations(&status).into_iter().map(|(field, _)| field).collect();
    named.sort();
    assert_eq!(named, ["documents[0].language_code", "documents[1].text", "offset_unit"]);
    running.stop().await;
}

#[tokio::test]
async fn a_passed_deadline_stops_the_work() {
    let running = Running::start(&["--workers", "1"]).await;
    let long = "Prices rose 3.5 percent to $12 at Tarn. ".repeat(500);
    let mut request = tonic::Request::new(of(&[long.as_str(); 40]));
    request.set_timeout(std::time::Duration::from_millis(5));
    let status = running.client().await.cross_check_figures(request).await.unwrap_err();
    assert!(matches!(status.code(), Code::DeadlineExceeded | Code::Cancelled), "{status:?}");
    // The only worker is free again.
    running.client().await.cross_check_figures(of(&["5 km"])).await.unwrap();
    running.stop().await;
}
