//! Code that is not the team's own: runtimes and libraries that everybody uses. Frames in them identify an error only
//! where there are no others.

const JAVA: &[&str] = &[
    "java.",
    "javax.",
    "jakarta.",
    "jdk.",
    "sun.",
    "com.sun.",
    "jrockit.",
    "kotlin.",
    "kotlinx.",
    "scala.",
    "groovy.",
    "clojure.",
    "org.codehaus.groovy.",
    "org.springframework.",
    "org.hibernate.",
    "org.apache.catalina.",
    "org.apache.coyote.",
    "org.apache.tomcat.",
    "org.apache.jasper.",
    "org.apache.commons.",
    "org.apache.http.",
    "org.apache.hc.",
    "org.apache.log4j.",
    "org.apache.logging.",
    "org.apache.maven.",
    "org.apache.tools.ant.",
    "org.apache.geronimo.",
    "org.apache.xbean.",
    "org.apache.mina.",
    "org.apache.derby.",
    "org.apache.felix.",
    "org.apache.aries.",
    "org.apache.xerces.",
    "org.apache.cxf.",
    "org.apache.camel.",
    "org.eclipse.jetty.",
    "org.mortbay.",
    "org.eclipse.jdt.",
    "org.eclipse.core.",
    "org.junit.",
    "junit.",
    "org.testng.",
    "org.mockito.",
    "org.gradle.",
    "org.slf4j.",
    "ch.qos.logback.",
    "io.netty.",
    "io.reactivex.",
    "reactor.",
    "io.vertx.core.",
    "io.micrometer.",
    "com.fasterxml.",
    "com.google.common.",
    "com.google.inject.",
    "com.google.gson.",
    "com.zaxxer.",
    "com.mysql.",
    "org.postgresql.",
    "org.mariadb.",
    "oracle.jdbc.",
    "com.microsoft.sqlserver.",
    "org.h2.",
    "org.hsqldb.",
    "okhttp3.",
    "okio.",
    "retrofit2.",
    "android.",
    "androidx.",
    "com.android.",
    "dalvik.",
    "libcore.",
    "akka.",
    "play.",
    "org.aopalliance.",
    "net.sf.cglib.",
    "net.bytebuddy.",
    "javassist.",
    "org.jboss.",
    "org.wildfly.",
    "io.undertow.",
    "weblogic.",
    "com.ibm.",
    "com.evermind.",
    "com.caucho.",
    "org.quartz.",
    "EDU.oswego.",
    "edu.emory.mathcs.backport.",
    "com.intellij.rt.",
    "org.osgi.",
    "org.yaml.snakeyaml.",
    "feign.",
    "com.netflix.",
    "org.thymeleaf.",
    "freemarker.",
];

const DOTNET: &[&str] = &[
    "System.", "Microsoft.", "MS.", "Newtonsoft.", "NUnit.", "Xunit.", "Castle.", "Autofac.", "log4net.", "NLog.",
    "Serilog.", "Dapper.", "MediatR.", "AutoMapper.", "Polly.", "Npgsql.", "MySql.", "MySqlConnector.", "Oracle.",
    "Grpc.", "MassTransit.", "RabbitMQ.", "StackExchange.", "Hangfire.", "Quartz.", "Amazon.", "Azure.", "Google.",
    "UnityEngine.", "UnityEditor.", "FluentValidation.", "Swashbuckle.", "IdentityServer4.", "RestSharp.", "Refit.",
    "lambda_method",
];

const RUST: &[&str] = &[
    "std::",
    "core::",
    "alloc::",
    "tokio::",
    "futures",
    "hyper::",
    "tower::",
    "axum::",
    "actix",
    "rayon",
    "serde",
    "tracing",
    "backtrace::",
    "anyhow::",
    "eyre::",
    "color_eyre::",
    "reqwest::",
    "h2::",
    "mio::",
    "parking_lot",
    "crossbeam",
    "tonic::",
    "__rust",
    "_rust",
    "rust_begin_unwind",
    "rust_panic",
    "__libc",
    "_start",
    "clone",
    "start_thread",
    "__clone",
    "main",
    "__pthread",
    "test::",
    "console_error_panic_hook",
    "wasm_bindgen",
    "tauri::",
    "rusqlite::",
    "sqlx",
    "_main",
];

/// First element of the import path of Go's own packages.
const GO: &[&str] = &[
    "archive", "bufio", "builtin", "bytes", "compress", "container", "context", "crypto", "database", "debug", "embed",
    "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image", "internal", "io", "iter", "log",
    "maps", "math", "mime", "net", "os", "path", "plugin", "reflect", "regexp", "runtime", "slices", "sort", "strconv",
    "strings", "sync", "syscall", "testing", "text", "time", "unicode", "unsafe", "vendor", "panic", "created",
];

const NATIVE: &[&str] = &[
    "std::", "__", "_start", "_IO_", "_dl_", "raise", "abort", "malloc", "free", "calloc", "realloc", "memcpy",
    "memmove", "memset", "strlen", "strcpy", "strcmp", "start_thread", "clone", "pthread_", "operator new",
    "operator delete", "main_arena", "boost::", "gsignal", "kill", "poll", "select", "epoll_wait", "read", "write",
    "_Unwind", "g_main", "g_signal", "g_log", "QMetaObject::", "QCoreApplication::", "QApplication::", "testing::",
    "??", "asan_", "BaseThreadInitThunk", "RtlUserThreadStart", "ntdll", "KERNELBASE", "kernel32", "wait", "nanosleep",
    "sleep", "_int_",
];

pub fn is_java(function: &str) -> bool {
    JAVA.iter().any(|prefix| function.starts_with(prefix))
        || function.starts_with("$Proxy")
        || function.contains(".GeneratedMethodAccessor")
}

pub fn is_dotnet(function: &str) -> bool {
    DOTNET.iter().any(|prefix| function.starts_with(prefix))
}

pub fn is_rust(function: &str, path: Option<&str>) -> bool {
    let function = function.trim_start_matches(['<', '&']);
    let own_main = path.is_some_and(|path| path.starts_with("./") || path.starts_with("src/"));
    let path = path.unwrap_or_default();
    path.contains("/rustc/")
        || path.contains(".cargo/registry")
        || path.contains("/.cargo/git")
        || path.starts_with("library/")
        || (!own_main && RUST.iter().any(|prefix| matches(function, prefix)))
}

pub fn is_go(function: &str, path: Option<&str>) -> bool {
    let module = function.split('/').next().unwrap_or_default();
    // `go.acme.example/relay.Run` is somebody's own: only what is published under a host has a dot there.
    let hosted = function.contains('/') && module.contains('.');
    let package = module.split(['.', '(']).next().unwrap_or_default();
    let path = path.unwrap_or_default();
    !hosted && GO.contains(&package)
        || path.contains("/go/src/") && path.contains("/usr/local/")
        || path.contains("/pkg/mod/")
        || path.contains("/vendor/")
}

pub fn is_native(function: &str, module: &str) -> bool {
    let system = ["/lib/", "/lib64/", "/usr/lib", "/lib32/", "System32", "libc.so", "libstdc++", "libpthread"];
    NATIVE.iter().any(|prefix| matches(function, prefix)) || system.iter().any(|mark| module.contains(mark))
}

pub fn is_python(path: &str) -> bool {
    let path = path.replace('\\', "/");
    [
        "site-packages/", "dist-packages/", "/lib/python", "/lib64/python", "<frozen", "<string>",
        "<__array_function__", "/Python3", "/Python2", "/python3.", "/Lib/",
    ]
    .iter()
    .any(|mark| path.contains(mark))
}

pub fn is_javascript(path: &str) -> bool {
    [
        "node_modules", "node:", "internal/", "<anonymous>", "[native code]", "webpack/bootstrap", "extension://",
        "native", "zone.js", "(webpack)",
    ]
    .iter()
    .any(|mark| path.contains(mark))
        || [
            "events.js", "timers.js", "net.js", "module.js", "_stream_", "vm.js", "fs.js", "next_tick.js", "jquery",
            "polyfills", "vendor", "react-dom", "runtime", "cdn.", "unpkg.com",
        ]
        .iter()
        .any(|mark| super::frame::basename(path).starts_with(mark))
}

pub fn is_ruby(path: &str) -> bool {
    ["/gems/", "/lib/ruby/", "<internal:", "/rubies/", "/bin/", "(eval)"].iter().any(|mark| path.contains(mark))
        || path.starts_with("bin/")
}

pub fn is_php(path: &str) -> bool {
    path.contains("/vendor/") || path.contains("[internal") || path.contains("phar://") || path.starts_with("vendor/")
}

/// A prefix that ends in a letter is a whole name: `read` is not `read_config`.
fn matches(function: &str, prefix: &str) -> bool {
    let Some(rest) = function.strip_prefix(prefix) else { return false };
    let open = prefix.ends_with(|c: char| !c.is_ascii_alphanumeric()) || prefix.ends_with("futures");
    open || rest.is_empty()
        || rest.starts_with(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        || matches!(
            prefix,
            "actix"
                | "rayon"
                | "serde"
                | "tracing"
                | "crossbeam"
                | "sqlx"
                | "parking_lot"
                | "__rust"
                | "_rust"
                | "__libc"
                | "__pthread"
        )
}
