//! The shapes of the contract, in TypeScript.

/// Adds `T` and everything it is made of.
pub(super) fn collect<T: ts_rs::TS + 'static>(
    shapes: &mut std::collections::BTreeMap<String, String>,
    config: &ts_rs::Config,
) {
    struct Visitor<'a>(&'a mut std::collections::BTreeMap<String, String>, &'a ts_rs::Config);
    impl ts_rs::TypeVisitor for Visitor<'_> {
        fn visit<T: ts_rs::TS + 'static + ?Sized>(&mut self) {
            if T::output_path().is_none() || self.0.contains_key(&T::ident(self.1)) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.0.insert(T::ident(self.1), format!("{docs}export {}", T::decl(self.1)));
            T::visit_dependencies(&mut Visitor(self.0, self.1));
        }
    }
    let mut visitor = Visitor(shapes, config);
    ts_rs::TypeVisitor::visit::<T>(&mut visitor);
    T::visit_dependencies(&mut visitor);
    // What a list is of.
    T::visit_generics(&mut visitor);
}
