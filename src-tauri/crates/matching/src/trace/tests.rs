//! One trace of each runtime, as people paste them, and what is read in it.

use super::*;
use proptest::prelude::*;

/// Language, exception, template, the frames that identify it.
fn first(text: &str) -> (String, String, String, Vec<String>) {
    let found = signatures(text);
    let one = found.first().unwrap_or_else(|| panic!("nothing is read in {text}"));
    let SignatureKind::StackTrace(language) = one.kind else { panic!("{:?} is no trace: {text}", one.kind) };
    let frames = one.top_frames().map(|frame| frame.function.clone()).collect();
    (language.as_str().into(), one.exception.clone(), one.template(), frames)
}

fn expect(text: &str, language: &str, exception: &str, template: &str, frames: &[&str]) {
    let frames = frames.iter().map(|frame| (*frame).to_owned()).collect();
    assert_eq!(first(text), (language.into(), exception.into(), template.into(), frames), "{text}");
}

fn has_trace(text: &str) -> bool {
    signatures(text).iter().any(|one| matches!(one.kind, SignatureKind::StackTrace(_)))
}

const JAVA: &str = "org.springframework.web.util.NestedServletException: Request processing failed
\tat org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:1014)
\tat java.base/java.lang.Thread.run(Thread.java:833)
Caused by: java.lang.IllegalStateException: No session for user 4711 at 10.2.3.4
\tat com.acme.web.Sessions.find(Sessions.java:112)
\tat com.acme.web.Checkout$$Lambda$14/0x0000000800c.pay(Unknown Source)
\tat com.acme.web.Checkout.pay(Checkout.java:40)
\t... 23 more";

#[test]
fn of_a_java_chain_the_root_cause_is_the_error() {
    let (language, exception, template, frames) = first(JAVA);
    assert_eq!((language.as_str(), exception.as_str()), ("java", "java.lang.IllegalStateException"));
    assert_eq!(template, "No session for user <number> at <address>");
    assert_eq!(frames.first().map(String::as_str), Some("com.acme.web.Sessions.find"));
    assert!(frames.contains(&"com.acme.web.Checkout.pay".to_owned()), "{frames:?}");
}

#[test]
fn python_is_read_from_its_last_line_and_innermost_frame() {
    expect(
        "Traceback (most recent call last):
  File \"/srv/shop/api/orders.py\", line 88, in submit
    charge(order)
  File \"/srv/shop/billing/charge.py\", line 31, in charge
    raise CardDeclined(order.id)
shop.billing.CardDeclined: order 7731 was declined",
        "python",
        "shop.billing.CardDeclined",
        "order <number> was declined",
        &["charge.charge", "orders.submit"],
    );
}

#[test]
fn javascript_is_read_from_node_and_from_browsers() {
    let node = "TypeError: Cannot read properties of undefined (reading 'total')
    at Cart.total (/app/src/cart.ts:41:17)
    at async checkout (/app/src/checkout.ts:12:5)
    at processTicksAndRejections (node:internal/process/task_queues:95:5)";
    let (language, exception, template, frames) = first(node);
    assert_eq!((language.as_str(), exception.as_str()), ("javascript", "TypeError"));
    assert_eq!(template, "Cannot read properties of undefined (reading '<quoted>')");
    assert_eq!(frames.len(), 2, "{frames:?}");
    let firefox = "TypeError: cart is undefined
total@https://shop.example/assets/main.8f3a2b1c.js:1:20442
checkout@https://shop.example/assets/main.8f3a2b1c.js:1:30001";
    let other_build = firefox.replace("8f3a2b1c", "1d2c3b4a");
    assert_eq!(first(firefox).3, first(&other_build).3, "a build's hash is volatile");
    assert_eq!(first(firefox).0, "javascript");
}

#[test]
fn csharp_is_read_through_state_machines_and_inner_exceptions() {
    let (language, exception, template, frames) = first(
        "System.AggregateException: One or more errors occurred. ---> System.InvalidOperationException: Sequence contains no elements
   at System.Linq.Enumerable.First[TSource](IEnumerable`1 source)
   at Acme.Orders.OrderService.<SubmitAsync>d__12.MoveNext() in C:\\src\\Acme\\OrderService.cs:line 77
   --- End of inner exception stack trace ---
   at Acme.Web.Controller.Post(Order order) in C:\\src\\Acme\\Controller.cs:line 20",
    );
    assert_eq!((language.as_str(), exception.as_str()), ("csharp", "System.InvalidOperationException"));
    assert_eq!(template, "Sequence contains no elements");
    assert_eq!(frames.first().map(String::as_str), Some("Acme.Orders.OrderService.SubmitAsync"));
}

#[test]
fn go_is_read_from_its_panic() {
    expect(
        "panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
github.com/acme/relay/queue.(*Ring).At(0xc000012345, 0x5)
\t/build/queue/ring.go:41 +0x1d
main.main()
\t/build/main.go:12 +0x65
exit status 2",
        "go",
        "runtime error",
        "index out of range [<number>] with length <number>",
        &["github.com/acme/relay/queue.(*Ring).At", "main.main"],
    );
}

#[test]
fn rust_is_read_from_its_panic() {
    let (language, exception, template, frames) = first(
        "thread 'main' panicked at src/ledger.rs:41:9:
index out of bounds: the len is 3 but the index is 5
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
             at /rustc/abc/library/core/src/panicking.rs:72:14
   2: ledger::post::h0123456789abcdef
             at ./src/ledger.rs:41:9
   3: ledger::main
             at ./src/main.rs:5:5",
    );
    assert_eq!((language.as_str(), exception.as_str()), ("rust", "panic"));
    assert_eq!(template, "index out of bounds: the len is <number> but the index is <number>");
    assert_eq!(frames, ["ledger::post", "ledger::main"]);
}

#[test]
fn ruby_is_read_with_its_error_before_or_after_the_place() {
    let (language, exception, template, frames) = first(
        "app/models/invoice.rb:27:in `total': undefined method `sum' for nil:NilClass (NoMethodError)
\tfrom app/controllers/invoices_controller.rb:14:in `show'
\tfrom /usr/lib/ruby/gems/3.2.0/gems/actionpack-7.0.4/lib/action_controller/metal.rb:5:in `process'",
    );
    assert_eq!((language.as_str(), exception.as_str()), ("ruby", "NoMethodError"));
    assert!(template.starts_with("undefined method"), "{template}");
    assert_eq!(frames.len(), 2, "{frames:?}");
}

#[test]
fn php_is_read_from_a_fatal_error() {
    let (language, exception, template, frames) = first(
        "PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /var/www/shop/src/Db.php:31
Stack trace:
#0 /var/www/shop/src/Db.php(31): PDO->__construct('mysql:host=db...')
#1 /var/www/shop/src/Orders.php(12): Shop\\Db->connect()
#2 {main}
  thrown in /var/www/shop/src/Db.php on line 31",
    );
    assert_eq!((language.as_str(), exception.as_str()), ("php", "PDOException"));
    assert!(template.contains("Connection refused"), "{template}");
    assert!(!frames.is_empty());
}

#[test]
fn native_code_is_read_from_a_debugger_and_from_a_sanitizer() {
    let gdb = "Program received signal SIGSEGV, Segmentation fault.
#0  0x00007ffff7a42428 in Decoder::next (this=0x0, out=...) at src/decoder.cpp:88
#1  0x0000000000401136 in Player::play (this=0x7ffe) at src/player.cpp:41
#2  0x0000000000401200 in main (argc=1, argv=0x7ffe) at src/main.cpp:7";
    let (language, _, _, frames) = first(gdb);
    assert_eq!(
        (language.as_str(), frames.as_slice()),
        ("cpp", ["Decoder::next", "Player::play", "main"].map(String::from).as_slice())
    );
    let asan = "==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010
    #0 0x4f5a21 in Decoder::next() /src/decoder.cpp:88:5
    #1 0x4f5b00 in main /src/main.cpp:7:3";
    let (language, exception, _, frames) = first(asan);
    assert_eq!(language, "cpp");
    assert!(exception.contains("heap-use-after-free"), "{exception}");
    assert_eq!(frames, ["Decoder::next", "main"]);
}

#[test]
fn what_surrounds_a_trace_does_not_change_its_code() {
    let code = |text: &str| signatures(text).first().map(Signature::code);
    let plain = code(JAVA);
    let quoted: String = JAVA.lines().map(|line| format!("> {line}\n")).collect();
    let logged = format!(
        "2026-03-10 12:00:00,123 ERROR [http-1] c.a.Web - It failed\n{JAVA}\n2026-03-10 12:00:01,000 INFO x - on"
    );
    let squashed = JAVA.replace('\n', " ");
    let container: String = JAVA.lines().map(|line| format!("web-1  | {line}\n")).collect();
    let windows = JAVA.replace('\n', "\r\n");
    for (what, text) in
        [("quoted", quoted), ("logged", logged), ("squashed", squashed), ("container", container), ("windows", windows)]
    {
        assert_eq!(code(&text), plain, "{what}");
    }
    assert_eq!(code(&JAVA.replace("4711", "12").replace(":112)", ":119)").replace("10.2.3.4", "10.9.9.9")), plain);
    assert_ne!(code(&JAVA.replace("Sessions.find", "Sessions.open")), plain);
}

#[test]
fn spans_lead_to_the_trace_in_the_text() {
    let text = format!("Hello,\nwe see this:\n{JAVA}\n\nRegards");
    let found = signatures(&text);
    let (start, end) = found[0].span;
    assert!(text[start..end].starts_with("org.springframework"), "{}", &text[start..end]);
    assert!(text[start..end].contains("Checkout.pay(Checkout.java:40)"));
    assert!(!text[start..end].contains("Regards"));
}

#[test]
fn prose_holds_no_trace() {
    for text in [
        "We met at the office (room 12) and looked at Foo.java together.",
        "Please look at https://shop.example/orders:12:3 at noon",
        "The price is #12 (special) and the error is gone.",
    ] {
        assert!(!has_trace(text), "{text}: {:?}", signatures(text));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_its_spans_lie_in_it(
        lines in prop::collection::vec(prop_oneof![
            "\\PC{0,60}",
            Just("\tat com.acme.A.b(A.java:1)".to_owned()),
            Just("Caused by: java.io.IOException: x".to_owned()),
            Just("Traceback (most recent call last):".to_owned()),
            Just("  File \"a.py\", line 3, in f".to_owned()),
            Just("goroutine 1 [running]:".to_owned()),
            Just("    at f (a.js:1:2)".to_owned()),
            Just("   at A.B.C(String s) in x.cs:line 3".to_owned()),
            Just("thread 'x' panicked at a.rs:1:2:".to_owned()),
            Just("#0 /a/b.php(3): f()".to_owned()),
            Just("#1  0x00ff in g (x=1) at a.c:2".to_owned()),
        ], 0..40),
    ) {
        let text = lines.join("\n");
        for one in signatures(&text) {
            prop_assert!(text.get(one.span.0..one.span.1).is_some(), "{:?}", one.span);
            prop_assert_eq!(one.code().len(), 9);
        }
    }
}
