import { describe, expect, it } from "vitest";
import { emailAddress, signUpSchema } from "../../src/subscribers/subscriber.ts";

const schema = signUpSchema(["en", "ru", "uz"]);

function faultsOf(fields: object): string[] {
	const parsed = schema.safeParse({ email: "anna@journal.test", ...fields });
	return parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]));
}

describe("an address", () => {
	it.each([
		["anna@journal.test", "anna@journal.test"],
		["  anna@journal.test\n", "anna@journal.test"],
		["Anna.O'Neill+Press@Journal.TEST", "Anna.O'Neill+Press@journal.test"],
		["a@b.co", "a@b.co"],
		["press/desk=1@mail.un-office.example", "press/desk=1@mail.un-office.example"],
		["anna@bücher.example", "anna@xn--bcher-kva.example"],
		["anna@BÜCHER.example", "anna@xn--bcher-kva.example"],
		["anna@пример.рф", "anna@xn--e1afmkfd.xn--p1ai"],
		["anna@xn--e1afmkfd.xn--p1ai", "anna@xn--e1afmkfd.xn--p1ai"],
		["anna@123.example", "anna@123.example"],
	])("%j is taken as %s", (typed, address) => {
		expect(emailAddress.parse(typed)).toBe(address);
	});

	it.each([
		"",
		"anna",
		"@journal.test",
		"anna@",
		"anna@journal",
		"anna@@journal.test",
		"anna@journal@test.example",
		"anna smith@journal.test",
		"anna@journal .test",
		"anna @journal.test",
		'"anna smith"@journal.test',
		'"anna"@journal.test',
		"Anna <anna@journal.test>",
		"<anna@journal.test>",
		"anna@journal.test, boris@journal.test",
		"anna@journal.test;boris@journal.test",
		"anna@journal.test\r\nBcc: boris@journal.test",
		"anna\r\n@journal.test",
		"anna@jour\r\nnal.test",
		"anna@jour\tnal.test",
		"anna@journal.test\u0000",
		"anna(comment)@journal.test",
		".anna@journal.test",
		"anna.@journal.test",
		"an..na@journal.test",
		"anna@journal..test",
		"anna@.journal.test",
		"anna@-journal.test",
		"anna@journal-.test",
		"anna@journal.test.",
		"anna@journal.test/",
		"anna@journal.test/path",
		"anna@journal.test:",
		"anna@journal.test:80",
		"anna@journal.test?",
		"anna@journal%2etest",
		"anna@127.0.0.1",
		"anna@2130706433",
		"anna@0x7f.1",
		"anna@[127.0.0.1]",
		"anna@[::1]",
		"mailto:anna@journal.test",
		"анна@пример.рф",
		"anna\u202e@journal.test",
		`${"a".repeat(65)}@journal.test`,
		`anna@${"a".repeat(64)}.test`,
	])("%j is refused", (typed) => {
		expect(emailAddress.safeParse(typed).success).toBe(false);
	});

	it("has 254 characters at most", () => {
		const longest = `${"a".repeat(64)}@${`${"b".repeat(60)}.`.repeat(3)}abc.te`;
		expect(longest).toHaveLength(254);
		expect(emailAddress.safeParse(longest).success).toBe(true);
		expect(emailAddress.safeParse(`${longest}s`).success).toBe(false);
	});

	it("has 254 characters at most with its domain as it is mailed to", () => {
		const wide = `${"a".repeat(64)}@${`${"ж".repeat(20)}.`.repeat(8)}test`;
		expect(wide.length).toBeLessThan(254);
		expect(emailAddress.safeParse(wide).success).toBe(false);
	});

	it.each([undefined, null, 7, ["anna@journal.test"], {}])("is needed, and %j is none", (email) => {
		expect(faultsOf({ email })).toEqual(["email"]);
	});
});

describe("what a sign-up asks for", () => {
	it("is consultations and meetings, in all languages, daily, where it does not say", () => {
		expect(schema.parse({ email: "anna@journal.test" })).toEqual({
			email: "anna@journal.test",
			kinds: ["consultation", "meeting"],
			languages: ["en", "ru", "uz"],
			frequency: "daily",
		});
	});

	it("has kinds in their fixed order and languages in the order given, each once", () => {
		const parsed = schema.parse({
			email: "anna@journal.test",
			kinds: ["announcement", "consultation", "announcement"],
			languages: ["uz", "en", "uz"],
			frequency: "weekly",
		});
		expect(parsed).toMatchObject({
			kinds: ["consultation", "announcement"],
			languages: ["uz", "en"],
			frequency: "weekly",
		});
	});

	it.each([
		["kinds", []],
		["kinds", ["party"]],
		["kinds", ["meeting", ""]],
		["kinds", Array.from({ length: 21 }, () => "meeting")],
		["languages", []],
		["languages", ["tlh"]],
		["languages", ["en", "uz-Cyrl"]],
		["frequency", "hourly"],
		["frequency", ""],
		["frequency", ["daily"]],
	])("is refused with %s %j", (field, value) => {
		expect(faultsOf({ [field]: value })).toEqual([field]);
	});

	it("is told all its faults at once", () => {
		expect(faultsOf({ email: "anna", kinds: [], frequency: "hourly" })).toEqual([
			"email",
			"kinds",
			"frequency",
		]);
	});

	it("has no other fields", () => {
		expect(schema.safeParse({ email: "anna@journal.test", status: "active" }).success).toBe(false);
	});
});
