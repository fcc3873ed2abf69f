import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { checkTemplates } from "../../scripts/templates/check.ts";
import { inWords } from "../../scripts/templates/folder.ts";

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), "communique-templates-"));
	cpSync(fromRoot("templates"), folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Replaces the first occurrence of something in a file, and says in which line it stood. */
function plant(file: string, sound: string, faulty: string): number {
	const source = readFileSync(path.join(folder, file), "utf8");
	const at = source.indexOf(sound);
	if (at < 0) throw new Error(`${file} has no ${sound}`);
	writeFileSync(
		path.join(folder, file),
		source.replace(sound, () => faulty),
	);
	return source.slice(0, at).split("\n").length;
}

const check = async () => (await checkTemplates(folder)).map(inWords);

it("finds nothing in the templates of this publication", async () => {
	expect(await check()).toEqual([]);
});

it("every template is one that the Worker has", () => {
	const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
	const files = names.filter((name) => /\.(?:mjml|liquid)$/.test(name)).toSorted();
	const source = readFileSync(fromRoot("src", "mail", "templates.ts"), "utf8");
	const known = [...source.matchAll(/^\t"(.+)": \w+,$/gm)].map(([, name]) => name);
	expect(files.length).toBeGreaterThan(20);
	expect(known.toSorted()).toEqual(files);
});

describe("a template is refused, with the file and the line, that", () => {
	it.each([
		["does not end a tag", "digest.mjml", "{{ intro }}", "{{ intro }}{% if intro %}", "not closed"],
		["has a tag that is none", "digest.mjml", "{{ intro }}", "{% intro %}", "tag"],
		["has a tag without its value", "notice.liquid", "{{ after }}", "{% if %}", "value"],
		[
			"has a filter that is none",
			"digest.liquid",
			"| upcase",
			"| shout",
			"undefined filter: shout",
		],
		["takes what no mail has", "digest.mjml", "{{ intro }}", "{{ introo }}", "introo"],
		["takes it in a loop", "digest.mjml", "{{ item.summary }}", "{{ item.sumary }}", "sumary"],
		["takes it in plain text", "welcome.liquid", "{{ intro }}", "{{ introo }}", "introo"],
		["takes it in a partial", "partials/facts.mjml", "{{ item.place }}", "{{ item.town }}", "town"],
		[
			"takes it in a partial of plain text",
			"partials/facts.liquid",
			"{{ item.place }}",
			"{{ x }}",
			"x",
		],
		[
			"takes a word that is none",
			"confirmation.mjml",
			"{{ words.ignore }}",
			"{{ words.no }}",
			"no",
		],
		["has an element that is none", "digest.mjml", "<mj-divider", "<mj-divyder", "mj-divyder"],
		[
			"has an attribute that is none",
			"digest.mjml",
			"border-width",
			"border-wydth",
			"border-wydth",
		],
		["has one in a partial", "partials/footer.mjml", "background-color=", "ground=", "ground"],
		["ends what it has not begun", "digest.mjml", "</mj-body>", "</mj-bady>", "</mj-bady>"],
		["ends no element", "welcome.mjml", "{{ intro }}</p>", "{{ intro }}", "<p>"],
		["has a script", "digest.mjml", "{{ intro }}", "<script>1</script>", "script"],
		["runs something", "digest.mjml", "<h3 ", '<h3 onclick="x()" ', "script"],
		["has a pixel", "digest.mjml", "{{ intro }}", '<img src="https://t.test/p.gif" />', "image"],
		[
			"has its own image",
			"notice.mjml",
			"<mj-text css-class",
			'<mj-image src="/a.png" /><mj-text css-class',
			"image",
		],
		["loads a font", "partials/head.mjml", ":root", "@import 'x'; :root", "font"],
		[
			"loads a ground",
			"partials/head.mjml",
			":root",
			".x { background: url(a.png) } :root",
			"font",
		],
		[
			"has styles put in by selectors",
			"partials/head.mjml",
			"<mj-style>",
			'<mj-style inline="inline">',
			"styles put in",
		],
		[
			"has attributes put in by selectors",
			"partials/head.mjml",
			"<mj-style>",
			"<mj-html-attributes></mj-html-attributes><mj-style>",
			"attributes put in",
		],
		["reads a file", "digest.mjml", "<mj-body", '<mj-include path="x" /><mj-body', "file"],
		[
			"redirects",
			"digest.mjml",
			'href="{{ item.url }}"',
			'href="https://t.test/{{ item.id }}"',
			"leads",
		],
		[
			"tells who reads",
			"digest.mjml",
			'href="{{ item.url }}"',
			'href="{{ item.url }}?r=1"',
			"leads",
		],
		["does so in plain text", "digest.liquid", "{{ item.url }}", "{{ item.url }}?r=1", "leads"],
		[
			"is never tried",
			"digest.mjml",
			"{{ intro }}",
			'{% if dir == "up" %}x{% endif %}',
			"no sample",
		],
		[
			"includes nothing",
			"digest.mjml",
			"partials/masthead.mjml",
			"partials/none.mjml",
			"none.mjml",
		],
	])("%s", async (_, file, sound, faulty, words) => {
		const line = plant(file, sound, faulty);
		const [first = "nothing"] = await check();
		expect(first).toContain(words);
		expect(first).toMatch(/^templates\/[^:]+:\d+: /);
		if (words === "not closed") expect(first).toMatch(/^templates\/digest\.mjml:/);
		else expect(first.startsWith(`templates/${file}:${line}: `), first).toBe(true);
	});

	it.each([
		["correction.mjml", "partials/footer.mjml", "{{ unsubscribe_url }}", "unsubscribe_url"],
		["digest.liquid", "partials/footer.liquid", "{{ manage_url }}", "manage_url"],
		["confirmation.mjml", "confirmation.mjml", "confirm_url", "confirm_url"],
		["address-change.liquid", "address-change.liquid", "{{ url }}", "url"],
	])("does not have a reader's own link: %s", async (template, file, sound, name) => {
		plant(file, sound, sound.includes("{") ? "{{ publication.url }}/x" : "publication.url");
		expect(await check()).toContain(`templates/${template}:1: has no link to ${name}`);
	});

	it("is not there", async () => {
		rmSync(path.join(folder, "notice.liquid"));
		expect(await check()).toEqual(["templates/notice.liquid:1: this file is missing"]);
	});
});

describe("words are refused, with the file and the line, of which one", () => {
	const WHEN = '"when": "Когда",';

	it.each([
		["is missing", "", "the word digest.when is missing"],
		["is none", `"whenn": "Когда", ${WHEN}`, "no mail has a word digest.whenn"],
		["has a place that nothing fills in", '"when": "Когда {day}",', "nothing fills in {day}"],
		["is no text", '"when": 3,', "digest.when must be text"],
		["is empty", '"when": "",', "digest.when must be one line"],
		["has space around it", '"when": " Когда",', "digest.when must be one line"],
		["is there twice", WHEN + WHEN, "Map keys must be unique"],
		["is in other quotes", "\"when\": 'Когда',", "in double quotes"],
		["is followed by too much", `${WHEN},`, "Unexpected ,"],
	])("%s", async (_, faulty, words) => {
		const line = plant("words/ru.json", WHEN, faulty);
		const [first = "nothing", ...others] = await check();
		expect(others).toEqual([]);
		expect(first).toContain(words);
		// What is missing is missed where its group begins.
		const at = faulty === "" ? line - 2 : line;
		expect(first.startsWith(`templates/words/ru.json:${at}: `), first).toBe(true);
	});

	it("lacks its place", async () => {
		const line = plant("words/uz.json", '"more": "va yana {count} ta"', '"more": "va yana"');
		expect(await check()).toEqual([`templates/words/uz.json:${line}: digest.more lacks {count}`]);
	});

	it("is in a file that is not there", async () => {
		rmSync(path.join(folder, "words", "uz-Cyrl.json"));
		expect(await check()).toEqual(["templates/words/uz-Cyrl.json:1: this file is missing"]);
	});
});

describe("what runs before a build", () => {
	const run = (...args: string[]) =>
		spawnSync(process.execPath, [fromRoot("scripts", "templates.ts"), ...args], {
			encoding: "utf8",
		});

	it("says nothing where nothing is wrong", () => {
		expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
	});

	it("says what is wrong, and ends with an error", () => {
		const line = plant("digest.mjml", "{{ intro }}", "{{ introo }}");
		const { status, stderr } = run(folder);
		expect(status).toBe(1);
		expect(stderr).toBe(`templates/digest.mjml:${line}: undefined variable: introo\n`);
	});

	it("is what wrangler runs", () => {
		const settings = readFileSync(fromRoot("wrangler.toml"), "utf8");
		expect(settings).toContain('[build]\ncommand = "node scripts/templates.ts"\n');
	});
});
