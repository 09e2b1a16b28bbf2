//! One file of each language, and the function that each of its lines lies in.

use super::*;
use proptest::prelude::*;

/// Lines marked `//= Name` (or `#= Name`) lie in that symbol; `-` in none.
fn check(path: &str, text: &str) {
    let outline = Outline::of(path, text);
    let mut checked = 0;
    for (number, line) in (1..).zip(text.lines()) {
        let Some((_, wanted)) = line.split_once("//= ").or_else(|| line.split_once("#= ")) else { continue };
        let found = outline.name_at(number).unwrap_or_else(|| "-".into());
        assert_eq!(found, wanted.trim_end_matches("*/").trim(), "{path}:{number}: {line}\n{outline:#?}");
        checked += 1;
    }
    assert!(checked > 2, "{path} has no marks");
}

#[test]
fn java_methods_constructors_initialisers_anonymous_classes_and_constants_with_bodies() {
    check(
        "Cart.java",
        r#"
package org.acme; //= -
/** { not a brace */
@SuppressWarnings({"a", "b{"})
public class Cart<T extends Foo> implements Bar, Baz { //= Cart
    private static final Map<String, Integer> SIZES = new HashMap<>(); //= Cart
    private char open = '{', quote = '\''; //= Cart
    private final Runnable later = new Runnable() {
        @Override public void run() {
            go(); //= Cart.run
        }
    };
    static {
        load(); //= Cart.<clinit>
    }
    @Inject("x{") public Cart(final @Named("a") int a, String... b) throws IOException, Oops {
        super(a); //= Cart.Cart
    }
    @Override
    public <R> Map<String, List<R>> total(int[] items)
            throws Exception {
        if (items.length > 0) { for (int i : items) { //= Cart.total
            work(i); //= Cart.total
        } } else if (x) { y(); } //= Cart.total
        synchronized (this) { go("}"); } //= Cart.total
        executor.submit(() -> {
            inner(); //= Cart.total
        });
        pool.run(new Callable<R>() {
            public R call() { return null; } //= Cart.total.call
        }, new Other(3) {
            void other() {
                x(); //= Cart.total.other
            }
        });
        int[] values = new int[] { 1, 2 };
        String text = """
            } not a brace "
            """;
        return null; //= Cart.total
    }
    public synchronized void stop() throws Oops {
        tx.execute(new Closure<Integer, Oops>() {
            public Integer execute(Tx tx) throws Oops {
                x(); //= Cart.stop.execute
            }
        });
        y(); //= Cart.stop
    }
    void lock(Key key) { key.take(); } //= Cart.lock
    Cart with(int size) throws Oops { return match(size); } //= Cart.with
    abstract void nothing();
    enum Kind { ONE("x") { void go() { z(); } }, TWO; //= Cart.Kind.go
        Kind() { a(); } //= Cart.Kind.Kind
    }
    record Point(int x, int y) { Point { check(x); } } //= Cart.Point.Point
    @interface Mark { String[] value() default {}; } //= Cart.Mark
    interface Inner { default void hi() { say(); } } //= Cart.Inner.hi
} //= Cart
"#,
    );
}

#[test]
fn kotlin_and_scala_functions_with_and_without_braces() {
    check(
        "Cart.kt",
        r#"
class Cart(val a: Int) : Base(a), Other { //= Cart
    val size: Int get() = 1
    init { check(a) } //= Cart.<init>
    fun short(x: Int) = x + 1 //= Cart.short
    fun <T> List<T>.total(by: (T) -> Int): Int { //= Cart.total
        return sumOf { item -> by(item) } //= Cart.total
    }
    companion object { fun make() { go() } } //= Cart.Companion.make
    suspend fun later() {
        launch { work() } //= Cart.later
    }
}
fun main() { start('{') } //= main
"#,
    );
    check(
        "Cart.scala",
        r#"
object Cart extends App { //= Cart
  def short(x: Int): Int = x + 1 //= Cart.short
  def total(items: List[Int])(implicit c: C): Int = {
    items.map { i => i * 2 }.sum //= Cart.total
  }
}
trait Named { def name: String; def go(): Unit = { run() } } //= Named.go
"#,
    );
}

#[test]
fn csharp_methods_properties_and_expression_bodies() {
    check(
        "Cart.cs",
        r#"
#if DEBUG {
#endif
namespace Acme.Shop { //= -
    public class Cart : Base, IDisposable where T : new() { //= Cart
        public int Size { get { return size; } set { size = value; } } //= Cart.Size
        public Cart(int a) : base(a) {
            Path = @"C:\"; //= Cart.Cart
        }
        public int Twice(int x) => x * 2; //= Cart.Twice
        [HttpPost("a")] public async Task<int> TotalAsync(List<int> items) {
            foreach (var i in items) { Add(i); } //= Cart.TotalAsync
            var q = items.Select(i => { return i; }); //= Cart.TotalAsync
            using (var x = Open()) { Go(); } //= Cart.TotalAsync
            return 1; //= Cart.TotalAsync
        }
        ~Cart() { Close(); } //= Cart.~Cart
    }
}
"#,
    );
}

#[test]
fn scripts_with_classes_arrows_objects_and_templates() {
    check(
        "cart.ts",
        r#"
export class Cart<T> extends Base { //= Cart
  constructor(private a: number) {
    super(); //= Cart.constructor
  }
  static async total({ a, b }: Props, c = {}): Promise<Map<string, number>> {
    if (a) { go(/[{]"/.test(a)); } //= Cart.total
    const text = `a ${b ? `{` : "}"} {`; //= Cart.total
    items.forEach(function (i) { add(i); }); //= Cart.total
    return a / b / c; //= Cart.total
  }
  get size() { return 1; } //= Cart.size
  later = async () => {
    run(); //= Cart.later
  };
}
const twice = (x: number) => x * 2; //= twice
const handler = async (event) => {
  pay(event); //= handler
};
module.exports = {
  start() { go(); }, //= start
  stop: function () { halt(); } //= stop
};
Cart.prototype.old = function (x) {
  return x; //= old
};
function* walk(items) {
  while (true) { yield 1; } //= walk
}
describe("x", () => { it("y", () => { ok(); }); }); //= -
"#,
    );
}

#[test]
fn go_rust_swift_and_php() {
    check(
        "ring.go",
        r#"
package queue //= -
type Ring struct { items map[string]struct{} } //= Ring
func (r *Ring) At(i int, f func() interface{}) (x interface{}, err error) {
	go func() {
		send('{', `}`) //= At
	}()
	return r.items[i], nil //= At
}
func main() {
	if x := f(); x > 1 { panic("}") } //= main
}
"#,
    );
    check(
        "cart.rs",
        r##"
pub struct Cart<'a> { name: &'a str } //= Cart
impl<'a, T: Fn(u8) -> char> Drop for shop::Cart<'a, T> where T: Copy {
    fn drop(&mut self) {
        let open = '{'; let text = r#"}""#; //= Cart.drop
        match open { 'a' => { go(); } _ => {} } //= Cart.drop
        items.map(|x| { x + 1 }); //= Cart.drop
    }
}
mod tests { async fn later() -> impl Fn() { /* } /* } */ */ run() } } //= tests.later
"##,
    );
    check(
        "Cart.swift",
        r#"
extension Cart: Codable { //= Cart
    init?(name: String) { self.name = name } //= Cart.init
    var total: Int { return items.reduce(0) { $0 + $1 } } //= Cart.total
    @objc override class func make<T>(_ x: T) throws -> Cart where T: Base {
        guard let y = x else { return nil } //= Cart.make
        DispatchQueue.main.async { self.run() } //= Cart.make
    }
    deinit { close() } //= Cart.deinit
}
"#,
    );
    check(
        "Cart.php",
        r#"<p class="it's {"></p>
<?php
namespace Shop; # {
final class Cart extends Base { //= Cart
    public static function total(array $items, ?int $x = null): int {
        foreach ($items as $i) { add($i); } //= Cart.total
        $f = function ($x) use ($items) { return 1; }; //= Cart.total
    }
}
"#,
    );
}

#[test]
fn c_and_its_children() {
    check(
        "cart.cpp",
        r#"
#define LOOP(x) for (;;) { \
   x }
namespace shop { //= -
template <class T> class EXPORT Cart final : public Base<T> { //= Cart
    Cart(int a) : Base(a), size{1}, name{"x"} {
        init(); //= Cart.Cart
    }
    virtual ~Cart() { free(); } //= Cart.~Cart
    bool operator==(const Cart& o) const { return true; } //= Cart.operator==
};
struct item *Cart::add(int x, std::string const& y) const noexcept {
    LOOP(x) { go(); } //= add
    if (x) { y('{'); } else { z(1'000'000); } //= add
    auto f = [&](int i) { return i; }; //= add
}
extern "C" { static inline int main(void) { return 0; } } //= main
}
"#,
    );
}

#[test]
fn languages_of_indents() {
    check(
        "views.py",
        r#"
import os #= -
class Cart(Base): #= Cart
    """Text
def not_one(): nothing
    """
    size = 1 #= Cart

    @property
    def total(self, items=(1,
  2)):
        def inner(x): return x #= Cart.total.inner
        # a comment
        for i in items:
            go() #= Cart.total
# at the edge
        return 1 #= Cart.total

    async def later(self): await go() #= Cart.later
run() #= -
"#,
    );
    check(
        "cart.rb",
        r#"
module Shop
  class Cart < Base
    SIZE = 1 #= Shop.Cart
    def self.make(x) = new(x) #= Shop.Cart.make
    def total?(items)
      items.each do |i|
        add(i) #= Shop.Cart.total?
      end
    rescue Oops
      nil #= Shop.Cart.total?
    end
    def after
      1 #= Shop.Cart.after
    end
  end
end
"#,
    );
}

#[test]
fn a_frame_agrees_where_its_function_stands_and_differs_elsewhere() {
    let java = "class Cart {\n int size = make();\n Cart() {\n  go();\n }\n void pay() {\n  run(new Runnable() {\n   public void run() {\n    x();\n   }\n  });\n }\n}\n";
    let outline = Outline::of("Cart.java", java);
    for (function, line, expected) in [
        ("org.Cart.pay", 7, Some(true)),
        ("org.Cart.lambda$pay", 7, Some(true)),
        ("org.Cart$1.run", 9, Some(true)),
        ("org.Cart.pay", 4, Some(false)),
        ("org.Cart.<init>", 4, Some(true)),
        ("org.Cart.<init>", 2, Some(true)),
        ("org.Cart.<init>", 7, Some(false)),
        ("org.Cart$1.<init>", 7, Some(true)),
        ("org.Cart$Line.<init>", 7, Some(false)),
        ("org.Cart.access", 1, Some(true)),
        ("org.Cart.refund", 7, Some(false)),
        ("org.Cart.pay", 2, Some(false)),
    ] {
        assert_eq!(agrees(&outline, "Cart.java", function, line), expected, "{function} at {line}");
    }
    for (path, text, function, line, expected) in [
        ("a.py", "def pay():\n    go()\nx()\n", "a.pay", 2, Some(true)),
        ("a.py", "def pay():\n    go()\nx()\n", "a.<module>", 3, Some(true)),
        ("a.py", "def pay():\n    go()\nx()\n", "a.<module>", 2, Some(false)),
        ("a.py", "def pay():\n    go()\nx()\n", "a.<lambda>", 2, None),
        ("a.rs", "impl Cart {\n fn pay() {\n  go();\n }\n}\n", "shop::Cart::pay::{closure}", 3, Some(true)),
        ("a.go", "func (c *Cart) Pay() {\n go()\n}\n", "acme/shop.(*Cart).Pay", 2, Some(true)),
        ("a.rb", "class A\n  def pay\n    go\n  end\nend\n", "block in pay", 3, Some(true)),
        ("a.rb", "class A\n  def pay\n    go\n  end\nend\n", "A#refund", 3, Some(false)),
        ("a.ts", "class Cart {\n  pay() {\n    go();\n  }\n}\n", "Cart.pay", 3, Some(true)),
        ("a.cpp", "void Cart::pay() {\n go();\n}\n", "shop::Cart::pay", 2, Some(true)),
        ("a.swift", "class Cart {\n func pay() {\n  go()\n }\n}\n", "closure #1 in Cart.pay()", 3, Some(true)),
        ("A.cs", "class A {\n int Size {\n  get { return 1; }\n }\n}\n", "Acme.A.get_Size", 3, Some(true)),
        ("a.php", "<?php function pay() {\n go();\n}\n", "Db->connect", 2, None),
        ("a.txt", "pay", "pay", 1, None),
    ] {
        assert_eq!(agrees(&Outline::of(path, text), path, function, line), expected, "{path} {function}");
    }
}

#[test]
fn a_large_file_of_brackets_alone_is_read_in_no_time() {
    let began = std::time::Instant::now();
    for text in
        ["{".repeat(1 << 18), "(".repeat(1 << 18), "({".repeat(1 << 17), "f(a,{b}".repeat(1 << 15), "'".repeat(1 << 18)]
    {
        for path in ["a.java", "a.ts", "a.rs", "a.kt", "a.py", "a.cpp"] {
            let _ = Outline::of(path, &text);
        }
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(60), "{:?}", began.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_symbols_lie_in_it(
        words in prop::collection::vec(prop_oneof![
            "\\PC{0,8}", Just("class".into()), Just("{".into()), Just("}".into()), Just("(".into()), Just(")".into()),
            Just("fun".into()), Just("fn".into()), Just("=".into()), Just("=>".into()), Just(";".into()), Just("\n".into()),
            Just("\"".into()), Just("`".into()), Just("'".into()), Just("/*".into()), Just("def x".into()), Just("::".into()),
            Just("operator".into()), Just("~".into()), Just("@".into()), Just("for".into()), Just("impl".into()),
        ], 0..60),
    ) {
        let words: Vec<String> = words;
        let text = words.join(" ");
        let lines = text.lines().count() as u32;
        for path in ["a.java", "a.kt", "a.scala", "a.cs", "a.ts", "a.go", "a.rs", "a.swift", "a.php", "a.cpp", "a.py", "a.rb"] {
            let outline = Outline::of(path, &text);
            for symbol in outline.all() {
                prop_assert!(1 <= symbol.first && symbol.first <= symbol.last && symbol.last <= lines.max(1), "{path} {symbol:?}");
            }
            for line in 0..=lines {
                let _ = agrees(&outline, path, "a.b$c.d", line);
            }
        }
    }
}
