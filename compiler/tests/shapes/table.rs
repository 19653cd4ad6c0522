//! Texts of every production of the grammar, as deep, as long or as wide as one likes.

/// A kind of text that grows.
pub(crate) struct Shape {
    /// Its name, for messages.
    pub(crate) name: &'static str,
    /// A kernel with so many repetitions.
    pub(crate) text: fn(usize) -> String,
}

macro_rules! shapes {
    ($($name:literal => |$count:ident| $text:expr;)*) => {
        &[$(Shape { name: $name, text: |$count| $text }),*]
    };
}

/// All shapes. Those in the first part are one expression each, those in the second statements.
pub(crate) const SHAPES: &[Shape] = shapes! {
    // Binary operators: chains, which are left-deep, and the same nested on either side.
    "chain +" => |n| value(&chain(n, "a", " + c"));
    "chain -" => |n| value(&chain(n, "a", " - 1"));
    "chain *" => |n| value(&chain(n, "a", " * c"));
    "chain /" => |n| value(&chain(n, "a", " / c"));
    "chain %" => |n| value(&chain(n, "a", " % c"));
    "chain |" => |n| value(&chain(n, "a", " | k"));
    "chain &" => |n| value(&chain(n, "k", " & i"));
    "chain ^" => |n| value(&chain(n, "k", " ^ i"));
    "chain <<" => |n| value(&chain(n, "k", " << 1"));
    "chain >>" => |n| value(&chain(n, "k", " >> i"));
    "chain >>>" => |n| value(&chain(n, "k", " >>> i"));
    "chain **" => |n| value(&chain(n, "2", " ** 2"));
    "chain ** of loads" => |n| value(&chain(n, "a", " ** c"));
    "chain <" => |n| condition(&chain(n, "a", " < c"));
    "chain ===" => |n| condition(&chain(n, "a === c", " === (a < c)"));
    "chain &&" => |n| condition(&chain(n, "a < c", " && a > k"));
    "chain ||" => |n| condition(&chain(n, "a < c", " || a > k"));
    "chain && of numbers" => |n| value(&chain(n, "a", " && c"));
    "chain && ||" => |n| condition(&chain(n, "a < c", " && a > k || c > i"));
    "chain ??" => |n| value(&chain(n, "a", " ?? c"));
    "chain in" => |n| value(&chain(n, "a", " in c"));
    "chain of products" => |n| value(&chain(n, "a", " + c * k"));
    "chain of integers" => |n| value(&chain(n, "k", " + i * 3"));
    "chain of loads" => |n| value(&chain(n, "a", " + inputs.buffers.o[i + 1]"));
    "chain ,"  => |n| value(&format!("({})", chain(n, "a", ", c")));
    "chain of comma effects" => |n| statements(&chain(n, "a = 1", ", a = c"));
    "nested +" => |n| value(&nest(n, "(c + ", "a", ")"));
    "nested -" => |n| value(&nest(n, "(c - ", "a", ")"));
    "nested *" => |n| value(&nest(n, "(", "a", " * 3)"));
    "nested * of integers" => |n| value(&nest(n, "(", "k", " * 3)"));
    "nested + of integers" => |n| value(&nest(n, "(", "k", " + i)"));
    "nested /" => |n| value(&nest(n, "(c / ", "a", ")"));
    "nested / of integers" => |n| value(&nest(n, "(", "k", " / 3)"));
    "nested %" => |n| value(&nest(n, "(", "a", " % c)"));
    "nested % of integers" => |n| value(&nest(n, "(", "k", " % 7)"));
    "nested % right" => |n| value(&nest(n, "(7 % ", "k", ")"));
    "nested multiples" => |n| value(&nest(n, "(Math.floor(", "k", " / 3) * 3)"));
    "nested **" => |n| value(&nest(n, "(", "a", " + 1) ** 2"));
    "nested ** 0.5" => |n| value(&nest(n, "(", "a", " + 1) ** 0.5"));
    "nested ** of variables" => |n| value(&nest(n, "(", "a", " + 1) ** c"));
    "nested 2 **" => |n| value(&nest(n, "(2 ** ", "a", ")"));
    "nested <" => |n| value(&nest(n, "(", "a", " < c ? 1 : 0)"));
    "nested &" => |n| value(&nest(n, "(", "k", " & 7)"));
    "nested | of floats" => |n| value(&nest(n, "((", "a", " + 0.5) | 0)"));
    "nested <<" => |n| value(&nest(n, "(1 << ", "k", ")"));
    "nested >>>" => |n| value(&nest(n, "(", "k", " >>> 1)"));
    "nested &&" => |n| condition(&nest(n, "(a > k && ", "a < c", ")"));
    "nested && of numbers" => |n| value(&nest(n, "(c && ", "a", ")"));
    "nested || in conditions" => |n| condition(&nest(n, "((", "a < c", ") || a > k)"));
    "nested ===" => |n| condition(&nest(n, "(true === ", "a < c", ")"));
    "balanced +" => |n| value(&balanced(n, "+"));
    "balanced *" => |n| value(&balanced(n, "*"));
    "balanced &&" => |n| condition(&balanced(n, "&&"));
    // Operators with one operand.
    "unary -" => |n| value(&nest(n, "- ", "a", ""));
    "unary +" => |n| value(&nest(n, "+ ", "a", ""));
    "unary !" => |n| condition(&nest(n, "!", "a", ""));
    "unary ~" => |n| value(&nest(n, "~", "k", ""));
    "unary - in brackets" => |n| value(&nest(n, "-(", "a", ")"));
    "unary ~ in brackets" => |n| value(&nest(n, "~(", "a", ")"));
    "unary ! in brackets" => |n| condition(&nest(n, "!(", "a < c", ")"));
    "typeof" => |n| value(&nest(n, "typeof ", "a", ""));
    "void" => |n| value(&nest(n, "void ", "a", ""));
    "delete" => |n| value(&nest(n, "delete ", "a", ""));
    "await" => |n| value(&nest(n, "await ", "a", ""));
    "new" => |n| value(&nest(n, "new ", "a", ""));
    "typeof on lines" => |n| value(&nest(n, "typeof\n", "a", ""));
    "chain of negations" => |n| value(&chain(n, "-a", " + -c"));
    "chain of nots" => |n| condition(&chain(n, "!(a < c)", " && !(a < k)"));
    "++" => |n| statements(&nest(n, "++", "a", ""));
    "a+++ +b" => |n| value(&chain(n, "a", " + + + c"));
    // Choices.
    "ternaries right" => |n| value(&nest(n, "a < c ? c : ", "a", ""));
    "ternaries middle" => |n| value(&nest(n, "a < c ? ", "a", " : c"));
    "ternaries in conditions" => |n| value(&nest(n, "(", "a < c", " ? a < k : c < k) ? 1 : 2"));
    "ternaries of ternaries" => |n| value(&nest(n, "(", "a", " ? c : k)"));
    "ternaries of loads" => |n| value(&nest(n, "a < c ? inputs.buffers.o[i] : ", "a", ""));
    "ternaries as statements" => |n| statements(&nest(n, "a < c ? a = 1 : ", "a = 2", ""));
    "ternaries on lines" => |n| value(&nest(n, "a < c\n ? c\n : ", "a", ""));
    "logical statements" => |n| statements(&chain(n, "a < c", " && (a = c)"));
    // Assignments as values.
    "assignments" => |n| statements(&nest(n, "a = ", "c", ""));
    "compound assignments" => |n| statements(&nest(n, "a += ", "c", ""));
    "assignments of elements" => |n| statements(&nest(n, "inputs.buffers.o[i] = ", "c", ""));
    "assignments on lines" => |n| statements(&nest(n, "a\n=\n", "c", ""));
    "logical assignments" => |n| statements(&nest(n, "a ||= ", "c", ""));
    "updates" => |n| value(&chain(n, "a++", " + a++"));
    "updates in indices" => |n| value(&nest(n, "inputs.buffers.o[k++ + ", "a", "]"));
    // Calls.
    "Math.min" => |n| value(&nest(n, "Math.min(", "a", ", c)"));
    "Math.min right" => |n| value(&nest(n, "Math.min(c, ", "a", ")"));
    "Math.max of integers" => |n| value(&nest(n, "Math.max(", "k", ", i)"));
    "Math.abs" => |n| value(&nest(n, "Math.abs(", "a", " - 5)"));
    "Math.abs of integers" => |n| value(&nest(n, "Math.abs(", "k", " - 5)"));
    "Math.floor" => |n| value(&nest(n, "Math.floor(", "a", " / c)"));
    "Math.floor of integers" => |n| value(&nest(n, "Math.floor(", "k", " / 3)"));
    "Math.ceil" => |n| value(&nest(n, "Math.ceil(", "a", " * c)"));
    "Math.round" => |n| value(&nest(n, "Math.round(", "a", " / 3)"));
    "Math.trunc" => |n| value(&nest(n, "Math.trunc(", "a", " / 3)"));
    "Math.sign" => |n| value(&nest(n, "Math.sign(", "a", " - 1)"));
    "Math.fround" => |n| value(&nest(n, "Math.fround(", "a", " + 0.1)"));
    "Math.imul" => |n| value(&nest(n, "Math.imul(", "k", ", 31)"));
    "Math.sin" => |n| value(&nest(n, "Math.sin(", "a", ")"));
    "Math.tan" => |n| value(&nest(n, "Math.tan(", "a", ")"));
    "Math.exp" => |n| value(&nest(n, "Math.exp(", "a", ")"));
    "Math.log" => |n| value(&nest(n, "Math.log(", "a", ")"));
    "Math.sqrt" => |n| value(&nest(n, "Math.sqrt(", "a", " + 1)"));
    "Math.cbrt" => |n| value(&nest(n, "Math.cbrt(", "a", ")"));
    "Math.hypot" => |n| value(&nest(n, "Math.hypot(", "a", ", c)"));
    "Math.atan2" => |n| value(&nest(n, "Math.atan2(", "a", ", c)"));
    "Math.pow" => |n| value(&nest(n, "Math.pow(", "a", ", 3)"));
    "Math.clz32" => |n| value(&nest(n, "Math.clz32(", "a", ")"));
    "Math.min of many" => |n| value(&format!("Math.min({})", chain(n, "a", ", c")));
    "Math.random" => |n| value(&chain(n, "Math.random()", " + Math.random()"));
    "own function" => |n| helper("function f(p = types.number) { return p + 1; }", &nest(n, "f(", "a", ")"));
    "own function with effects" => |n| helper("function f(p = types.number) { inputs.buffers.o[1] = p; return p + 1; }", &nest(n, "f(", "a", ")"));
    "own function of two" => |n| helper("function f(p = types.number, q = types.number) { return p + q; }", &nest(n, "f(c, ", "a", ")"));
    "a function of many parameters" => |n| helper(&format!("function f({}) {{ return p0; }}", list(n, |i| format!("p{i} = types.number"))), &format!("f({})", list(n, |_| "a".to_owned())));
    "wrong arguments" => |n| value(&nest(n, "Math.sin(1, ", "a", ")"));
    "unknown functions" => |n| value(&nest(n, "oops(", "a", ")"));
    "doubles" => |n| value(&nest(n, "(", "inputs.buffers.d[i]", " * 1.1 + 0.1)"));
    "doubles min" => |n| value(&nest(n, "Math.min(", "inputs.buffers.d[i]", ", c)"));
    "doubles floor" => |n| value(&nest(n, "Math.floor(", "inputs.buffers.d[i]", " / 3)"));
    "doubles %" => |n| value(&nest(n, "(", "inputs.buffers.d[i]", " % 3.3)"));
    "chain of doubles" => |n| value(&chain(n, "inputs.buffers.d[i]", " + inputs.buffers.d[0]"));
    // Indices and members.
    "indices" => |n| value(&nest(n, "inputs.buffers.o[", "i", "]"));
    "indices of integers" => |n| value(&nest(n, "inputs.buffers.w[", "i", "]"));
    "indices of two dimensions" => |n| value(&nest(n, "inputs.buffers.g[i][", "i", "]"));
    "indices of sums" => |n| value(&nest(n, "inputs.buffers.w[1 + ", "i", "]"));
    "indices of arrays" => |n| with_array(&nest(n, "t[", "i", "]"));
    "indices of uniform arrays" => |n| value(&nest(n, "inputs.uniforms.table[", "i", "]"));
    "indices in a row" => |n| value(&chain(n, "inputs.buffers.o", "[0]"));
    "members" => |n| value(&chain(n, "inputs", ".x"));
    "swizzles" => |n| value(&format!("{}.x", chain(n, "v", ".xy")));
    "swizzles of calls" => |n| value(&format!("{}.x", chain(n, "vec2(a, c)", ".yx")));
    "swizzles of sums" => |n| value(&format!("{}.x", chain(n, "v.plus(v)", ".yx")));
    "optional members" => |n| value(&chain(n, "v", "?.x"));
    "non-null" => |n| value(&chain(n, "a", "!"));
    "calls in a row" => |n| value(&chain(n, "v", "()"));
    "brackets" => |n| value(&nest(n, "(", "a", ")"));
    "square brackets" => |n| value(&nest(n, "[", "a", "]"));
    "braces in values" => |n| value(&nest(n, "{a: ", "a", "}"));
    "open brackets" => |n| value(&"(".repeat(n));
    "closed brackets" => |n| value(&")".repeat(n));
    // Vectors.
    "vector methods" => |n| value(&format!("{}.x", chain(n, "v", ".plus(v)")));
    "vector methods nested" => |n| value(&format!("{}.x", nest(n, "v.plus(", "v", ")")));
    "vector methods chained and nested" => |n| value(&format!("{}.x", nest(n, "v.times(2).plus(", "v", ")")));
    "vector times" => |n| value(&format!("{}.x", chain(n, "v", ".times(1.5)")));
    "vector normalize" => |n| value(&format!("{}.x", chain(n, "v", ".normalize()")));
    "vector lengths" => |n| value(&nest(n, "v.times(", "a", ").length()"));
    "vector dot" => |n| value(&nest(n, "v.dot(v.plus(vec2(", "a", ", 1)))"));
    "vectors nested" => |n| value(&nest(n, "vec2(", "a", ", c).x"));
    "vectors of vectors" => |n| value(&format!("{}.x", nest(n, "vec2(", "v", ".x, 1)")));
    "vectors of four" => |n| value(&format!("{}.x", nest(n, "vec4(", "vec4(a)", ".xyz, c)")));
    "vectors of integers" => |n| value(&format!("{}.x", chain(n, "vec3i(k)", ".plus(vec3i(i))")));
    "vectors of integers nested" => |n| value(&format!("{}.x", nest(n, "vec2u(", "vec2u(k)", ".yx)")));
    "cross" => |n| value(&format!("{}.x", nest(n, "vec3(1, 2, 3).cross(", "vec3(a)", ")")));
    // Literals and names.
    "digits" => |n| value(&"7".repeat(n.max(1)));
    "digits of a fraction" => |n| value(&format!("0.{}", "7".repeat(n)));
    "exponent" => |n| value(&format!("1e{}", "9".repeat(n.max(1))));
    "hexadecimal" => |n| value(&format!("0x{}", "f".repeat(n.max(1))));
    "name" => |n| statements(&format!("let {0} = a; inputs.buffers.o[i] = {0};", "x".repeat(n.max(1))));
    "reserved names" => |n| statements(&sequence(n, |i| format!("{{ let texture_{i} = a; let loop = texture_{i}; a = loop; }}")));
    "unknown name" => |n| value(&"y".repeat(n.max(1)));
    "names that are unknown" => |n| statements(&list(n, |i| format!("unknown{i}")).replace(", ", "; "));
    "string" => |n| value(&format!("'{}'", "(".repeat(n)));
    "open string" => |n| value(&format!("'{}", "(".repeat(n)));
    "template" => |n| value(&format!("`{}`", "{".repeat(n)));
    "templates" => |n| value(&nest(n, "`${", "a", "}`"));
    "templates of values" => |n| value(&format!("`{}`", "${a}".repeat(n)));
    "tagged templates" => |n| value(&chain(n, "a", "``"));
    "open template" => |n| value(&format!("`{}", "${`".repeat(n)));
    "regular expression" => |n| value(&format!("/{}/", "(".repeat(n)));
    "regular expression in regular expressions" => |n| value(&nest(n, "/[/(]/ / (", "a", ")"));
    "divisions that look like regular expressions" => |n| value(&nest(n, "a / 2 / (", "a", ")"));
    "comment" => |n| value(&format!("a /* {} */", "(".repeat(n)));
    "comments" => |n| value(&format!("a {}", "/**/".repeat(n)));
    "comment lines" => |n| value(&format!("a {}\n", "// (((\n".repeat(n)));
    "open comment" => |n| value(&format!("a /* {}", "/*".repeat(n)));
    "spaces" => |n| value(&format!("a{}", " ".repeat(n)));
    "lines" => |n| value(&format!("a{}", "\n".repeat(n)));
    "signs of other alphabets" => |n| value(&"é".repeat(n.max(1)));
    "lone signs" => |n| value(&"@".repeat(n.max(1)));
    "escapes" => |n| value(&"\\".repeat(n.max(1)));
    "array" => |n| statements(&format!("const t = array([{}]); inputs.buffers.o[i] = t[k];", chain(n, "1", ", a")));
    "array of literals" => |n| statements(&format!("const t = array([{}]); inputs.buffers.o[i] = t[k];", chain(n, "1", ", 2")));
    "arrays filled" => |n| statements(&format!("const t = {}; inputs.buffers.o[i] = t[k];", nest(n, "array(4, ", "a", ")")));
    "arrays filled by elements" => |n| statements(&format!("const t = {}; inputs.buffers.o[i] = t[0];", nest(n, "array(4, 1 + ", "a", ")[0]").trim_end_matches("[0]")));
    "arrays filled by calls" => |n| helper("function f(p = types.number) { return p + 1; }", &format!("array(64, {})[k]", nest(n, "f(", "a", ")")));
    "long array" => |n| statements(&format!("const t = array({n}, a); inputs.buffers.o[i] = t[k];"));
    "array elements nested" => |n| statements(&format!("const t = {}; inputs.buffers.o[i] = t[0];", nest(n, "array([a, ", "a", "])")));
    "object keys" => |n| value(&format!("{{{}}}", list(n, |i| format!("a{i}: 1"))));
    "comparisons in a list" => |n| value(&format!("array([{}])[0]", list(n, |_| "a<c".to_owned())));
    // Functions as values.
    "arrows" => |n| value(&nest(n, "x => ", "a", ""));
    "arrows with brackets" => |n| value(&nest(n, "(x) => ", "a", ""));
    "arrows in parameters" => |n| value(&nest(n, "(x = ", "1", ") => 1"));
    "arrows or choices" => |n| value(&nest(n, "a ? (x) : ", "1", " => 1"));
    "arrows or choices nested" => |n| value(&nest(n, "a ? (b ? (", "1", ") : c) : d"));
    "function expressions" => |n| value(&nest(n, "function () { return ", "a", "}"));
    "classes" => |n| value(&nest(n, "class extends ", "a", " {}"));
    "async arrows" => |n| value(&nest(n, "async x => ", "a", ""));
    "yields" => |n| value(&nest(n, "yield ", "a", ""));
    // Destructuring.
    "array patterns" => |n| statements(&format!("let {} = a;", nest(n, "[", "z", "]")));
    "object patterns" => |n| statements(&format!("let {} = a;", nest(n, "{z: ", "z", "}")));
    "default patterns" => |n| statements(&format!("let {} = a;", nest(n, "[z = ", "1", "]")));
    "long pattern" => |n| statements(&format!("let {{{}}} = inputs;", list(n, |i| format!("a{i}"))));
    // TypeScript.
    "types in brackets" => |n| annotated(&nest(n, "(", "number", ")"));
    "types of arrays" => |n| annotated(&chain(n, "number", "[]"));
    "types of elements" => |n| annotated(&chain(n, "number", "['x']"));
    "types of elements nested" => |n| annotated(&nest(n, "A[", "number", "]"));
    "generics" => |n| annotated(&nest(n, "A<", "number", ">"));
    "generics of two" => |n| annotated(&nest(n, "A<number, ", "number", ">"));
    "generics that stay open" => |n| annotated(&"A<".repeat(n));
    "unions" => |n| annotated(&chain(n, "number", " | number"));
    "intersections" => |n| annotated(&chain(n, "number", " & number"));
    "types of functions" => |n| annotated(&nest(n, "() => ", "number", ""));
    "types of functions in parameters" => |n| annotated(&nest(n, "(x: ", "number", ") => void"));
    "conditional types" => |n| annotated(&nest(n, "A extends B ? C : ", "number", ""));
    "conditional types in conditions" => |n| annotated(&nest(n, "A extends ", "B", " ? C : D"));
    "keyof" => |n| annotated(&nest(n, "keyof ", "number", ""));
    "keyof on lines" => |n| annotated(&nest(n, "keyof\n", "number", ""));
    "readonly" => |n| annotated(&nest(n, "readonly ", "number[]", ""));
    "infer" => |n| annotated(&format!("A extends {} ? 1 : 2", nest(n, "infer B extends ", "number", "")));
    "typeof in types" => |n| annotated(&format!("typeof {}", chain(n, "a", ".b")));
    "object types" => |n| annotated(&nest(n, "{z: ", "number", "}"));
    "tuples" => |n| annotated(&nest(n, "[", "number", "]"));
    "mapped types" => |n| annotated(&nest(n, "{[z in 'a']: ", "number", "}"));
    "template types" => |n| annotated(&nest(n, "`${", "'a'", "}`"));
    "as" => |n| value(&chain(n, "a", " as number"));
    "as nested" => |n| value(&nest(n, "(", "a", " as number)"));
    "satisfies" => |n| value(&chain(n, "a", " satisfies number"));
    "casts" => |n| value(&nest(n, "<number>", "a", ""));
    "less than" => |n| value(&"a<".repeat(n));
    "type arguments" => |n| value(&format!("f{}(a)", nest(n, "<A", "", ">")));
    "type arguments or comparisons" => |n| value(&nest(n, "f<A>(", "a", ")"));
    "type parameters" => |n| value(&format!("(function f<{}>() {{}})", list(n, |i| format!("T{i}"))));
    "defaults of type parameters" => |n| value(&nest(n, "<T = ", "number", ">() => 1"));
    // Statements.
    "blocks" => |n| statements(&nest(n, "{", "a = 1;", "}"));
    "ifs" => |n| statements(&nest(n, "if (a < c) {", "a = 1;", "}"));
    "ifs without braces" => |n| statements(&nest(n, "if (a < c) ", "a = 1;", ""));
    "ifs on lines" => |n| statements(&nest(n, "if (a < c)\n", "a = 1;", ""));
    "ifs with conditions nested" => |n| statements(&nest(n, "if (a < c ? a < k : c < k) {", "a = 1;", "}"));
    "else ifs" => |n| statements(&nest(n, "if (a < c) a = 1; else ", "a = 2;", ""));
    "else ifs with braces" => |n| statements(&nest(n, "if (a === k) { a = 1; } else ", "{ a = 2; }", ""));
    "else ifs that return" => |n| statements(&nest(n, "if (a === k) { return; } else ", "{ a = 2; }", ""));
    "else ifs that give" => |n| helper(&format!("function f(p = types.number) {{ {} }}", nest(n, "if (p === 1) { return 2; } else ", "{ return 3; }", "")), "f(a)");
    "fors" => |n| statements(&nest(n, "for (let j = 0; j < 4; j++) {", "a++;", "}"));
    "fors without braces" => |n| statements(&nest(n, "for (let j = 0; j < 4; j++) ", "a++;", ""));
    "whiles" => |n| statements(&nest(n, "while (a < c) {", "a++;", "}"));
    "whiles without braces" => |n| statements(&nest(n, "while (a < c) ", "a++;", ""));
    "do whiles" => |n| statements(&nest(n, "do {", "a++;", "} while (a < c);"));
    "do whiles without braces" => |n| statements(&nest(n, "do ", "a++;", " while (a < c);"));
    "switches" => |n| statements(&nest(n, "switch (k) { case 1: ", "a++;", "}"));
    "labels" => |n| statements(&format!("{}a = 1;", list(n, |i| format!("l{i}:")).replace(", ", " ")));
    "labels of blocks" => |n| statements(&nest(n, "l: {", "a = 1;", "}"));
    "labels that are left" => |n| statements(&nest(n, "{ l: { if (a < c) break l;", "a = 1;", "}}"));
    "try" => |n| statements(&nest(n, "try {", "a = 1;", "} finally {}"));
    "functions in functions" => |n| format!("inputs => {{ {} }}", nest(n, "function f() {", "", "}"));
    // Sequences.
    "statements" => |n| statements(&"a = c + 1;".repeat(n));
    "statements without semicolons" => |n| statements(&"a = c + 1\n".repeat(n));
    "empty statements" => |n| statements(&";".repeat(n));
    "returns" => |n| statements(&"return;".repeat(n));
    "updates in a row" => |n| statements(&"a++;".repeat(n));
    "sums in a row" => |n| statements(&"a = a * 1.01 + c;".repeat(n));
    "integers in a row" => |n| statements(&"k = (k * 31 + 7) & 65535;".repeat(n));
    "integers that grow" => |n| statements(&"k = k + i;".repeat(n));
    "stores" => |n| statements(&"inputs.buffers.o[i] = a;".repeat(n));
    "stores of integers" => |n| statements(&"inputs.buffers.w[i] = k;".repeat(n));
    "accesses" => |n| statements(&"inputs.buffers.o[i] += inputs.buffers.o[i + 1];".repeat(n));
    "accesses of two dimensions" => |n| statements(&"inputs.buffers.g[i][k] = inputs.buffers.g[k][i];".repeat(n));
    "accesses by arrays" => |n| statements(&format!("let t = array(8, a); {}", "t[k] = t[i] + 1;".repeat(n)));
    "accesses of doubles" => |n| statements(&"inputs.buffers.d[i] += inputs.buffers.d[i + 1];".repeat(n));
    "lets" => |n| statements(&sequence(n, |i| format!("let b{i} = a + {i};")));
    "lets of one another" => |n| statements(&sequence(n, |i| match i { 0 => "let b0 = a;".to_owned(), _ => format!("let b{i} = b{} * 1.01 + c;", i - 1) }));
    "lets of integers" => |n| statements(&sequence(n, |i| match i { 0 => "let b0 = i;".to_owned(), _ => format!("let b{i} = b{} + i;", i - 1) }));
    "lets of multiples" => |n| statements(&sequence(n, |i| match i { 0 => "const b0 = i;".to_owned(), _ => format!("const b{i} = Math.floor(b{0} / 3) * 3;", i - 1) }));
    "lets of negations" => |n| statements(&format!("{} for (let j = 0; j < 9; j++) a += b{};", sequence(n, |i| match i { 0 => "const b0 = 1;".to_owned(), _ => format!("const b{i} = -b{};", i - 1) }), n - 1));
    "lets in one" => |n| statements(&format!("let {};", list(n, |i| format!("b{i} = a"))));
    "lets of no value" => |n| statements(&sequence(n, |i| format!("let b{i};")));
    "constants" => |n| statements(&sequence(n, |i| format!("const b{i} = {i};")));
    "vars" => |n| statements(&sequence(n, |i| format!("var b{i} = a;")));
    "vars that swap" => |n| statements(&format!("let b = 1, d = 2; {}", "{ const t = b; b = d; d = t + 1; }".repeat(n)));
    "lets of vectors" => |n| statements(&sequence(n, |i| match i { 0 => "let b0 = v;".to_owned(), _ => format!("let b{i} = b{}.plus(v);", i - 1) }));
    "lets of vectors put together" => |n| statements(&sequence(n, |i| match i { 0 => "const b0 = v;".to_owned(), _ => format!("const b{i} = vec2(b{0}.x + b{0}.x, c);", i - 1) }));
    "lets of copies" => |n| statements(&sequence(n, |i| match i { 0 => "const b0 = i;".to_owned(), _ => format!("const b{i} = b{};", i - 1) }));
    "lets in a loop backwards" => |n| statements(&format!("let {}; for (let j = 0; j < 4; j++) {{ {} }}", list(n + 1, |i| format!("b{i} = {i}")), sequence(n, |i| format!("b{} = b{} + i;", n - i, n - i - 1))));
    "arrays" => |n| statements(&sequence(n, |i| format!("let b{i} = array(4, a);")));
    "loops" => |n| statements(&"for (let j = 0; j < 4; j++) a += j;".repeat(n));
    "loops of one counter" => |n| statements(&format!("let j = 0; {}", "for (j = 0; j < 4; j++) a += j;".repeat(n)));
    "loops with bounds" => |n| statements(&"for (let j = 0; j < inputs.uniforms.n; j++) inputs.buffers.o[j] += j;".repeat(n));
    "ifs in a row" => |n| statements(&"if (a < c) { a += 1; } else { a -= 1; }".repeat(n));
    "ifs that return" => |n| statements(&"if (a < c) return; a++;".repeat(n));
    "ternaries in a row" => |n| statements(&"a = a < c ? a + 1 : a - 1;".repeat(n));
    "guards" => |n| statements(&"if (i < 4) { inputs.buffers.o[i + 1] = k; }".repeat(n));
    "cases" => |n| statements(&format!("switch (k) {{ {} }}", sequence(n, |i| format!("case {i}: a = {i}; break;"))));
    "cases that fall" => |n| statements(&format!("switch (k) {{ {} }}", sequence(n, |i| format!("case {i}: a += {i};"))));
    "cases that share" => |n| statements(&format!("switch (k) {{ {} a = 1; }}", sequence(n, |i| format!("case {i}: "))));
    "functions" => |n| format!("inputs => {{ {} inputs.buffers.o[0] = f0(1); }}", sequence(n, |i| format!("function f{i}(p = types.number) {{ return p + {i}; }}")));
    "functions that call each other" => |n| format!("inputs => {{ {} inputs.buffers.o[0] = f{n}(1); }}", sequence(n + 1, |i| match i { 0 => "function f0(p = types.number) { return p; }".to_owned(), _ => format!("function f{i}(p = types.number) {{ return f{}(p) + 1; }}", i - 1) }));
    "functions that call the next" => |n| format!("inputs => {{ {} inputs.buffers.o[0] = f0(1); }}", sequence(n + 1, |i| if i == n { format!("function f{i}(p = types.number) {{ return p; }}") } else { format!("function f{i}(p = types.number) {{ return f{}(p) + 1; }}", i + 1) }));
    "functions that call another twice" => |n| format!("inputs => {{ {} inputs.buffers.o[0] = f{n}(1); }}", sequence(n + 1, |i| match i { 0 => "function f0(p = types.number) { return p; }".to_owned(), _ => format!("function f{i}(p = types.number) {{ return f{0}(p) + f{0}(p + 1); }}", i - 1) }));
    "functions with effects that call another twice" => |n| format!("inputs => {{ {} f{n}(); }}", sequence(n + 1, |i| match i { 0 => "function f0() { inputs.buffers.o[0] = 1; }".to_owned(), _ => format!("function f{i}() {{ f{0}(); f{0}(); }}", i - 1) }));
    "functions that take a buffer" => |n| format!("inputs => {{ {} inputs.buffers.o[0] = f{n}(inputs.buffers.o); }}", sequence(n + 1, |i| match i { 0 => "function f0(b) { return b[0]; }".to_owned(), _ => format!("function f{i}(b) {{ return f{}(b) + 1; }}", i - 1) }));
    "functions of buffers in every order" => |n| format!("inputs => {{ {} const {{ o, w }} = inputs.buffers; inputs.buffers.o[0] = f{n}(o, w, o, w); }}", sequence(n + 1, |i| match i { 0 => "function f0(a, b, c, d) { return a[0] + b[1]; }".to_owned(), _ => format!("function f{i}(a, b, c, d) {{ return f{0}(b, a, c, d) + f{0}(a, c, d, b); }}", i - 1) }));
    "constants of constants in a function" => |n| format!("inputs => {{ function f() {{ return c{n}.o[0]; }} const c0 = inputs.buffers; {} inputs.buffers.o[0] = f(); }}", sequence(n, |i| format!("const c{} = c{i};", i + 1)));
    "constants in a function" => |n| format!("inputs => {{ function f() {{ return {}; }} {} inputs.buffers.o[0] = f(); }}", (0..n).map(|i| format!("c{i}")).collect::<Vec<_>>().join(" + "), sequence(n, |i| format!("const c{i} = {i};")));
    "names of names" => |n| format!("inputs => {{ const c0 = inputs.buffers; {} c{n}.o[0] = 1; }}", sequence(n, |i| format!("const c{} = c{i};", i + 1)));
    "patterns" => |n| format!("inputs => {{ const {} = inputs; }}", nest(n, "{ buffers: ", "b", " }"));
    "patterns of many names" => |n| format!("inputs => {{ const {{ {} }} = inputs.buffers; p0[0] = 1; }}", list(n, |i| format!("o: p{i}")));
    "functions that call themselves" => |n| helper("function f(p = types.number) { return f(p); }", &nest(n, "f(", "a", ")"));
    "calls in a row" => |n| format!("inputs => {{ function f(p = types.number) {{ return p + 1; }} let a = inputs.buffers.o[0]; {} }}", "a = f(a);".repeat(n));
    "pixels" => |n| statements(&"inputs.canvas.setPixel(i, k, a, a, a);".repeat(n));
    "random numbers" => |n| statements(&"a += Math.random();".repeat(n));
    "mistakes" => |n| statements(&"oops;".repeat(n));
    "mistakes of types" => |n| statements(&"a = v;".repeat(n));
    "parameters of the kernel" => |n| format!("({}) => {{}}", list(n, |i| format!("a{i}")));
    "nothing" => |n| ";".repeat(n);
    "bytes of zero" => |n| "\0".repeat(n);
};

/// `first` and `count` times `part` behind it.
fn chain(count: usize, first: &str, part: &str) -> String {
    format!("{first}{}", part.repeat(count))
}

/// `core` between `count` times `open` and `count` times `close`.
fn nest(count: usize, open: &str, core: &str, close: &str) -> String {
    format!("{}{core}{}", open.repeat(count), close.repeat(count))
}

/// A tree with `count` operators that is as flat as can be.
fn balanced(count: usize, operator: &str) -> String {
    let leaf = if operator == "&&" { "a < c" } else { "a" };
    match count {
        0 => leaf.to_owned(),
        _ => {
            let left = (count - 1) / 2;
            format!("({} {operator} {})", balanced(left, operator), balanced(count - 1 - left, operator))
        }
    }
}

/// Parts with commas between them.
fn list(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(", ")
}

/// Parts one behind the other.
fn sequence(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

/// A kernel that stores a value; `a` and `c` are numbers, `k` an integer, `i` a thread id and `v` a vector.
fn value(expression: &str) -> String {
    statements(&format!("inputs.buffers.o[i] = {expression};"))
}

/// A kernel that decides by a condition.
fn condition(expression: &str) -> String {
    statements(&format!("if ({expression}) inputs.buffers.o[i] = 1;"))
}

/// A kernel whose statements end in a store of `a` and `k`.
fn statements(statements: &str) -> String {
    format!(
        "inputs => {{ const i = inputs.threadId.x; let a = inputs.buffers.o[0], c = inputs.buffers.o[1], k = inputs.buffers.w[2];\nconst v = vec2(a, c);\n{statements}\ninputs.buffers.o[3] = a; inputs.buffers.w[3] = k; }}"
    )
}

/// A kernel with an array.
fn with_array(expression: &str) -> String {
    statements(&format!("const t = array(8, 3); inputs.buffers.o[i] = {expression};"))
}

/// A kernel with a function.
fn helper(function: &str, expression: &str) -> String {
    format!(
        "inputs => {{ {function} const i = inputs.threadId.x; let a = inputs.buffers.o[0], c = inputs.buffers.o[1], k = inputs.buffers.w[2];\ninputs.buffers.o[i] = {expression}; }}"
    )
}

/// A kernel with a variable of this type.
fn annotated(ty: &str) -> String {
    statements(&format!("let z: {ty} = a;"))
}
