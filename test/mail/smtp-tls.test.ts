import { describe, expect, it } from "vitest";
import {
	expectDown,
	heardAt,
	inShort,
	messageTo,
	type Port,
	SHORT,
	serverAt,
	submit,
} from "./smtp-submitting.ts";

describe("encryption", () => {
	const LOGIN = "press:secret@";

	it("is begun by STARTTLS, or at once, before anything is said of anybody", async () => {
		for (const [port, protocol] of [
			["startTls", "smtp"],
			["tls", "smtps"],
			["startTlsPipelining", "smtp"],
			["tlsPipelining", "smtps"],
		] as const) {
			const server = serverAt(port, LOGIN, protocol);
			const messages = ["welcome", "reject"].map((local) => messageTo(local, { text: "News\n" }));
			const outcomes = await submit(messages, {
				server,
				requireTls: true,
			});
			expect(outcomes.map(inShort)).toEqual(["submitted", "rejected"]);
			const clear = (await heardAt(port)).filter(({ isEncrypted }) => !isEncrypted);
			expect(clear.map(({ line }) => line.slice(0, 8))).toEqual(
				protocol === "smtps" ? [] : ["EHLO [12", "STARTTLS"],
			);
		}
	});

	it.each<[Port, string]>([
		["startTlsWrongName", "smtp"],
		["startTlsExpired", "smtp"],
		["startTlsSelfSigned", "smtp"],
		["tlsWrongName", "smtps"],
		["tlsExpired", "smtps"],
		["tlsSelfSigned", "smtps"],
		["startTlsRefused", "smtp"],
		["polite", "smtp"],
	])("is demanded, and nothing told to who cannot be trusted: %s", async (port, protocol) => {
		const before = (await heardAt(port)).length;
		await expectDown({ server: serverAt(port, LOGIN, protocol), requireTls: true });
		const heard = (await heardAt(port)).slice(before).map(({ line }) => line);
		expect(heard.filter((line) => !/^(EHLO|STARTTLS|QUIT)\b/.test(line))).toEqual([]);
	});

	it.each<[Port, string]>([
		["startTlsMute", "smtp"],
		["mute", "smtps"],
	])("that never comes is not waited for: %s", async (port, protocol) => {
		await expectDown({ server: serverAt(port, LOGIN, protocol), requireTls: true }, SHORT);
	});

	it("is not believed what was said before it", async () => {
		const server = serverAt("startTlsInjected", LOGIN);
		const outcomes = await submit([messageTo("welcome")], { server, requireTls: true });
		expect(outcomes.map(inShort)).toEqual(["submitted"]);
		const heard = await heardAt("startTlsInjected");
		// The injected words had let it log in: it greeted and logged in again, encrypted.
		expect(
			heard.filter(({ isEncrypted }) => isEncrypted).map(({ line }) => line.slice(0, 4)),
		).toEqual(expect.arrayContaining(["EHLO", "AUTH", "MAIL"]));
		expect(heard.filter(({ isEncrypted }) => !isEncrypted)).toHaveLength(2);
	});
});
