//! A source file in which each function chooses, at run time, which mutant of itself it is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::list::{Mutant, Place};

/// What cannot be woven into the others, as the compiler has told.
#[derive(Debug, Default)]
pub struct Excluded {
    /// No program: the compiler refuses these.
    pub unviable: BTreeSet<usize>,
    /// Functions, by their file and first byte, that have to stay as they are.
    pub whole: BTreeSet<(String, usize)>,
    /// Functions of these names are called where a constant is asked for.
    pub constant: BTreeSet<String>,
}

/// What is at a place of the woven file.
#[derive(Clone, Debug)]
pub enum There {
    Mutant(usize),
    /// The function as it was, or its head.
    Function(usize),
}

#[derive(Debug)]
pub struct Woven {
    pub text: String,
    /// The numbers of the mutants that are in it, each with the first of its function, by which the function is known.
    pub mutants: BTreeMap<usize, usize>,
    ranges: Vec<(Range<usize>, There)>,
}

impl Woven {
    pub fn at(&self, byte: usize) -> Option<&There> {
        // The innermost was written first.
        self.ranges.iter().find(|(range, _)| range.contains(&byte)).map(|(_, there)| there)
    }
}

struct Function {
    name: String,
    whole: Range<usize>,
    block: Range<usize>,
    constant: Option<Range<usize>>,
    output: Output,
}

/// What a function says of what it returns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    /// Its type.
    Plain,
    /// Only that it is an iterator: each mutant returns its own, in a box.
    Iterator,
    /// What else it can do, so that each of its mutants would have to return the same type.
    Opaque,
}

impl Output {
    fn of(signature: &syn::Signature) -> Self {
        struct Hidden(bool);
        impl Visit<'_> for Hidden {
            fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
                self.0 = true;
            }
        }
        let is_iterator = |bound: &syn::TypeParamBound| {
            matches!(bound, syn::TypeParamBound::Trait(of)
                if of.path.segments.last().is_some_and(|last| last.ident == "Iterator"))
        };
        let is_trait = |bound: &&syn::TypeParamBound| matches!(bound, syn::TypeParamBound::Trait(_));
        if let syn::ReturnType::Type(_, output) = &signature.output
            && let syn::Type::ImplTrait(output) = &**output
            && output.bounds.iter().filter(is_trait).all(is_iterator)
        {
            return Self::Iterator;
        }
        let mut hidden = Hidden(false);
        hidden.visit_return_type(&signature.output);
        if hidden.0 { Self::Opaque } else { Self::Plain }
    }

    /// What stands before and after a body.
    const fn around(self) -> [&'static str; 2] {
        match self {
            Self::Iterator => [
                "{ let boxed: ::std::boxed::Box<dyn Iterator<Item = _> + '_> = ::std::boxed::Box::new({",
                "}); boxed }\n",
            ],
            Self::Plain | Self::Opaque => ["{", "}\n"],
        }
    }
}

#[derive(Default)]
struct Functions(Vec<Function>);

impl Functions {
    fn take(&mut self, signature: &syn::Signature, whole: Range<usize>, block: &syn::Block) {
        self.0.push(Function {
            name: signature.ident.to_string(),
            whole,
            block: block.span().byte_range(),
            constant: signature.constness.map(|token| token.span.byte_range()),
            output: Output::of(signature),
        });
    }
}

// What is inside of a function goes with it.
impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.take(&item.sig, item.span().byte_range(), &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.take(&item.sig, item.span().byte_range(), &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.take(&item.sig, item.span().byte_range(), block);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let tests = item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !tests {
            visit::visit_item_mod(self, item);
        }
    }
}

/// The file with all of its mutants that can be in one build.
pub fn weave(file: &str, text: &str, mutants: &[(usize, &Mutant)], excluded: &Excluded) -> Result<Woven> {
    let mut functions = Functions::default();
    functions.visit_file(&syn::parse_file(text).with_context(|| file.to_owned())?);
    let lines = Lines::of(text);
    let mut of_function: BTreeMap<usize, Vec<(usize, Range<usize>, &Mutant)>> = BTreeMap::new();
    for (number, mutant) in mutants.iter().filter(|(number, _)| !excluded.unviable.contains(number)) {
        let span = lines.byte(mutant.span.start)..lines.byte(mutant.span.end);
        let inside = functions
            .0
            .iter()
            .position(|function| function.block.start < span.start && span.end < function.block.end + 1);
        if let Some(function) = inside {
            of_function.entry(function).or_default().push((*number, span, mutant));
        }
    }
    let mut woven = Woven { text: String::new(), mutants: BTreeMap::new(), ranges: Vec::new() };
    let mut copied = 0;
    for (index, function) in functions.0.iter().enumerate() {
        let stays = function.constant.is_some() && excluded.constant.contains(&function.name);
        if let Some(token) = function.constant.clone().filter(|_| !stays) {
            woven.text.push_str(&text[copied..token.start]);
            copied = token.end;
        }
        let fixed = stays
            || excluded.whole.contains(&(file.to_owned(), function.whole.start))
            || function.output == Output::Opaque;
        let Some(mutants) = of_function.get(&index).filter(|_| !fixed) else { continue };
        let (open, close) = (function.block.start + 1, function.block.end - 1);
        woven.text.push_str(&text[copied..open]);
        let head = woven.text.len() - (open - function.whole.start).min(woven.text.len());
        let first = mutants[0].0;
        woven.text.push_str(&format!(" match crate::mutant({first}) {{\n"));
        let [before, after] = function.output.around();
        for (number, span, mutant) in mutants {
            woven.text.push_str(&format!("{number} => {before}"));
            let start = woven.text.len();
            woven.text.push_str(&text[open..span.start]);
            woven.text.push_str(&mutant.replacement);
            woven.text.push_str(&text[span.end..close]);
            woven.ranges.push((start..woven.text.len() + 1, There::Mutant(*number)));
            woven.text.push_str(after);
            woven.mutants.insert(*number, first);
        }
        woven.text.push_str(&format!("_ => {before}"));
        woven.text.push_str(&text[open..close]);
        woven.text.push_str(after);
        woven.text.push('}');
        copied = close;
        woven.ranges.push((head..woven.text.len(), There::Function(function.whole.start)));
    }
    woven.text.push_str(&text[copied..]);
    Ok(woven)
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    fn byte(&self, place: Place) -> usize {
        let start = self.starts[place.line - 1];
        let characters = self.text[start..].char_indices().map(|(at, _)| start + at);
        characters.chain([self.text.len()]).nth(place.column - 1).unwrap_or(self.text.len())
    }
}
