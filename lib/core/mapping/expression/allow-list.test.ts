import { describe, expect, it } from "vitest";
import { checkExpression } from "./allow-list";
import { parseExpression } from "./ast";

const sentences = (expression: string): string =>
  checkExpression(expression)
    .map((p) => p.sentence)
    .join("\n");

const allowed = [
  "individualContact.individualFirstName",
  "addresses[main][0].street1",
  "addresses[main ? false : shippingAddress][0].town",
  "$$.contactNumber",
  'authorizations[authorizationCode="EMAIL"][0].allowed = false',
  'a & " " & b',
  "a ?? b",
  "a ?: b",
  "(a + 1) * 2 % 3 - -4",
  "a in ['x', 'y'] and not_b or $not(c)",
  '{"a": b, "c": [d, e]}',
  "addresses{town: $count($)}",
  "addresses^(>contactAddressId, town)[0].town",
  "($x := a.b; $y := $x & 'z'; $uppercase($y))",
  "[($x := a; $x & $x), {'a': ($x := b; $x)}]",
  "$x := [a, b]",
  "{$x := 'a': $x}",
  "[$map(l, function($v) { $x := $v })]",
  "$map(addresses, function($a) { $a.town & ', ' & $a.countryCode })",
  "$reduce(amounts, function($sum, $n) { $sum + $n }, 0)",
  "$map(names, $uppercase)",
  "$filter(list, function($v) { $contains($v, /^ab+c/i) })",
  "orders@$o.lines#$i[$o.id = id].($i & name)",
  "addresses.town.%.zipCode",
  "*.town",
  "**.town",
  '$fromMillis($toMillis(a), "[Y0001]-[M01]-[D01]")',
  '$valueMap("titles", individualContact.title)',
  '$pick(contactNumber, ["a", "b"])',
  "/* comment */ a",
];

describe("an expression may be made of", () => {
  it.each(allowed)("%s", (expression) => expect(checkExpression(expression)).toEqual([]));
});

describe("an expression is refused, with a sentence, for", () => {
  it.each([
    ['$eval("1")', /\$eval cannot be used here: it would run data as code/],
    ["$map(a, $eval)", /\$eval cannot be used/],
    ["$map(codes, $pick)", /takes several values, and whoever calls it gives one. Write function\(\$x\)/],
    ["$map(codes, $valueMap)", /needs the name of a value map in quotes/],
    ["$now()", /\$now cannot be used here: its answer changes with the time/],
    ["$millis()", /\$millis cannot/],
    ["$random()", /\$random cannot/],
    ["$shuffle(a)", /\$shuffle cannot/],
    ["[1..10]", /Ranges/],
    ["[1..1e7].($)", /Ranges/],
    ["a ~> $uppercase", /~>/],
    ["$ ~> |a|{'b': 1}|", /~>[\s\S]*Transforms|Transforms[\s\S]*~>/],
    ["$f := $substring(?, 0, 2)", /all its arguments/],
    ["$f := function($x) { $x }", /can only be written as an argument/],
    ["($f := function($n) { $f($n) }; $f(1))", /can only be written as an argument/],
    ["function($x) { $x }(1)", /Only functions known by their name/],
    ["$string(function($x) { $x })", /can only be written as an argument/],
    ["$map(a, function($f) { $f(1) })", /\$f is a variable here, and variables cannot be called/],
    ["$map(a, function($map) { $map(a, $map) })", /\$map is a variable here/],
    ["($f := $map; $f(a, $uppercase))", /\$f is a variable here/],
    ["(a.b)(1)", /Only functions known by their name/],
    ["$first[x='z'](a, b)", /^Only functions known by their name/],
    ["$first[](a)", /^Only functions known by their name/],
    ["$first{'a': 1}(a)", /^Only functions known by their name/],
    ["$first[$eval(a)](a)", /\$eval cannot/],
    ["$map(a, function($x) { $x }[$eval(b)])", /\$eval cannot/],
    ["$map(a, function($x) { $x }[$random() > 0.5])", /\$random cannot/],
    ["uppercase(a)", /write \$uppercase/],
    ["$exists()", /^\$exists\(\) has nothing to work on: write it between the brackets/],
    ["addresses.$count()", /^\$count\(\) has nothing to work on/],
    ["$upperCase(a)", /There is no function \$upperCase; did you mean \$uppercase\?/],
    ["$uppercas(a)", /There is no function \$uppercas; did you mean \$uppercase\?/],
    ["$upper(a)", /There is no function \$upper; did you mean \$uppercase\?/],
    ["upper(a)", /There is no function upper; did you mean \$uppercase\?/],
    ["$concat(a, b)", /There is no function \$concat\. \+ puts values together/],
    ["$coalesce(a, b)", /did you mean \$first\?/],
    ["$value(a)", /did you mean \$toNumber\?/],
    ["$proper(a)", /^There is no function \$proper\. In an expression \$uppercase/],
    ["isnull(a)", /^There is no function isnull\. In an expression \$exists\(\$first\(x\)\) tells/],
    [
      "addresses(main).town",
      /^addresses is a list: in an expression its element is chosen in square brackets/,
    ],
    ["frobnicate(a)", /^There is no function frobnicate\.$/],
    ["number(a)", /Functions begin with \$: write \$number/],
    ["$nothing", /\$nothing is not set anywhere/],
    ["$constructor", /\$constructor is not set/],
    ["$toString(a)", /There is no function \$toString/],
    ["$match(a, /(?=b)/)", /look-ahead/],
    ["$match(a, /(b)\\1/)", /back-references/],
    ["$match(a, /((a{100}){100}){100}/)", /regular expression cannot be used/],
    ["a[$match($, /x/)] ?? b", /left of \?\?/],
    ["[$x := 1, $x + 1]", /Put \$x := … before them, as in \(\$x := …; \[\$x\]\), or brackets around/],
    ["($n := 'none'; [$n := name, $n])", /\$n cannot be set as a part of a list/],
    ["{'a': $x := a, 'b': $x & 'z'}.b", /\$x cannot be set as a part/],
    ["l{g: $x := n, g & 'z': $x}", /\$x cannot be set as a part/],
    ["[$count($x := 1), $x]", /\$x cannot be set as a part/],
    ["[a ? ($x) : $x := 2, $x]", /\$x cannot be set as a part/],
    ["[1 + ($y := 2; $x := [$y := 3])]", /\$y cannot be set as a part/],
    ["[l[$x := 1], $x]", /\$x cannot be set as a part/],
    ["[(1; 2)[$x := 1], $x]", /\$x cannot be set as a part/],
    ["[{$x := 'a': 1}, $x]", /\$x cannot be set as a part/],
    ["[$x := $y := 1]", /\$x cannot[^]*\$y cannot/],
  ])("%s", (expression, sentence) => expect(sentences(expression)).toMatch(sentence));

  it("what may not be used, wherever jsonata reads it", () => {
    let found = 0;
    for (const expression of allowed)
      for (let at = 0; at <= expression.length; at++)
        for (const more of [
          "[$eval(a)]",
          "{$eval(a): 1}",
          "^($eval(a))",
          ".$eval(a)",
          "$eval(a)",
          ", $eval(a)",
        ]) {
          const text = expression.slice(0, at) + more + expression.slice(at);
          const parsed = parseExpression(text);
          // Within a text or a comment it is no call.
          if (!parsed.ok || !JSON.stringify(parsed.ast).includes('"value":"eval"')) continue;
          found++;
          expect([text, sentences(text)]).toEqual([text, expect.stringContaining("$eval cannot")]);
        }
    expect(found).toBeGreaterThan(500);
  });

  it("what cannot be read, with its place", () => {
    const [problem] = checkExpression("a.b + ");
    expect(problem?.sentence).toMatch(/cannot be read/);
    expect(checkExpression("a ) b")[0]?.position).toBe(3);
  });

  it("what is refused, with its place", () => {
    expect(checkExpression("a & $eval(b)")[0]?.position).toBe(10);
  });

  it("nesting without end", () => {
    const depth = 4_900;
    expect(sentences("(".repeat(depth) + "a" + ")".repeat(depth))).toMatch(/more than 2000 parts/);
  });

  it("everything that is wrong at once", () => {
    expect(checkExpression("$now() & $random() & [1..2]")).toHaveLength(3);
  });
});
