import { describe, expect, it } from "vitest";
import { proseHtml } from "../../src/site/prose.ts";

const html = (body: string) => proseHtml({ body, format: "commonmark" });

describe("the headings of a body", () => {
	const levels = (body: string) => [...html(body).matchAll(/<h(\d)>/g)].map(([, level]) => level);

	it.each([
		["# A\n## B\n# C", ["2", "3", "2"]],
		["### A\n### B\n#### C\n## D", ["2", "2", "3", "2"]],
		["# A\n###### B\n### C", ["2", "3", "3"]],
		["# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6", ["2", "3", "4", "5", "6", "6"]],
	])("of %j have the levels %j", (body, expected) => {
		expect(levels(body)).toEqual(expected);
	});

	it("end as they begin", () => {
		expect(html("# A\n### B")).toBe("<h2>A</h2>\n<h3>B</h3>");
	});
});

describe("a picture in a body", () => {
	it("is a link to it, with its words", () => {
		expect(html('See ![the <map> & "more"](https://a.test/m.png "M") here.')).toBe(
			'<p>See <a href="https://a.test/m.png">the &lt;map&gt; &amp; &quot;more&quot;</a> here.</p>',
		);
	});

	it("has its address as its words where it has none", () => {
		expect(html("![](https://a.test/m.png)")).toBe(
			'<p><a href="https://a.test/m.png">https://a.test/m.png</a></p>',
		);
	});

	it("is its words alone within a link, and the next one is a link again", () => {
		expect(html("[![map](https://a.test/m.png)](https://a.test/)\n![b](https://a.test/b)")).toBe(
			'<p><a href="https://a.test/">map</a>\n<a href="https://a.test/b">b</a></p>',
		);
	});

	it("is its words alone where its address is not safe", () => {
		expect(html("![map](javascript:alert(1))")).toBe("<p>map</p>");
	});
});

it("leaves alone what only looks like HTML", () => {
	const words = '<h1>x</h1> <img src="a" alt="b">';
	const shown = "&lt;h1&gt;x&lt;/h1&gt; &lt;img src=&quot;a&quot; alt=&quot;b&quot;&gt;";
	expect(html(`\`${words}\``)).toBe(`<p><code>${shown}</code></p>`);
	expect(html(`[a](https://a.test/ '${words}')`)).toContain(`title="${shown}"`);
	expect(proseHtml({ body: words, format: "plain" })).not.toMatch(/<(h1|img)/);
});
