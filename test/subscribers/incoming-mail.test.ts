import { env } from "cloudflare:workers";
import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { composeMime } from "../../src/mail/message.ts";
import { unsubscribeMailbox } from "../../src/subscribers/links.ts";
import worker from "../../src/worker.ts";
import { MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, furnishForTest, testSettings } from "../support/house.ts";
import { linkTo, press, subscribe, takeMails } from "./life.ts";
import { rowOf } from "./visiting.ts";

const MAILBOX = "unsubscribe@press.test";
const SETTINGS = { UNSUBSCRIBE_ADDRESS: MAILBOX };
const ADDRESS = "anna@journal.test";

beforeEach(emptyStores);

interface Sent {
	readonly from?: string;
	readonly headers?: Record<string, string>;
	readonly rawSize?: number;
}

/** A mail as Email Routing hands it over, sent by its reader unless it says otherwise. */
function incoming(to: string, { from = ADDRESS, headers = {}, rawSize = 200 }: Sent) {
	const source = new TextEncoder().encode("Subject: unsubscribe\r\n\r\n");
	return {
		from,
		to,
		headers: new Headers({ Subject: "unsubscribe", ...headers }),
		raw: new Response(source).body as ReadableStream<Uint8Array>,
		rawSize,
		canBeForwarded: true,
		setReject: vi.fn<(reason: string) => void>(),
		forward: vi.fn(),
		reply: vi.fn(),
	};
}

/** Sends a mail to the Worker, and returns why it was rejected, or null. */
async function send(to: string, sent: Sent = {}, over: object = SETTINGS): Promise<string | null> {
	const message = incoming(to, sent);
	await worker.email(message, { ...env, ...over });
	expect(message.forward).not.toHaveBeenCalled();
	expect(message.reply).not.toHaveBeenCalled();
	return message.setReject.mock.calls[0]?.[0] ?? null;
}

async function mailboxOf(id: string, linkVersion = 0): Promise<string> {
	return unsubscribeMailbox(MAILBOX, furnishForTest().mailTokens, { id, linkVersion });
}

const status = async (address = ADDRESS) => (await rowOf(address))?.status;

describe("a mail to the address in List-Unsubscribe", () => {
	it("unsubscribes whose it is, whoever sent it and in whatever case", async () => {
		const id = await addSubscriber(furnishForTest(), ADDRESS);
		await addSubscriber(furnishForTest(), "boris@journal.test");
		const mailbox = await mailboxOf(id);
		expect(await send(mailbox.toUpperCase(), { from: "anna@home.test" })).toBeNull();
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "unsubscribed" });
		expect(await status("boris@journal.test")).toBe("active");
	});

	it("may come again, and from who is gone, and changes nothing more", async () => {
		const mailbox = await mailboxOf(await addSubscriber(furnishForTest(), ADDRESS));
		await send(mailbox);
		const ended = await rowOf();
		expect(await send(mailbox)).toBeNull();
		expect(await send(await mailboxOf(crypto.randomUUID()))).toBeNull();
		expect(await rowOf()).toEqual(ended);
	});

	it("changes nothing where the address has changed since", async () => {
		const id = await addSubscriber(furnishForTest(), ADDRESS);
		expect(await send(await mailboxOf(id, 1))).toBeNull();
		expect(await status()).toBe("active");
	});

	it.each([
		["a bounce", { from: "" }],
		["a bounce, written out", { from: "<>" }],
		["an answer of a program", { headers: { "Auto-Submitted": "auto-replied" } }],
		["a message of a program", { headers: { "Auto-Submitted": "Auto-Generated; x=1" } }],
	])("does not count and is not answered where it is %s", async (_what, sent) => {
		const mailbox = await mailboxOf(await addSubscriber(furnishForTest(), ADDRESS));
		expect(await send(mailbox, sent)).toBeNull();
		expect(await status()).toBe("active");
	});

	it("counts where it says that no program sent it", async () => {
		const mailbox = await mailboxOf(await addSubscriber(furnishForTest(), ADDRESS));
		await send(mailbox, { headers: { "Auto-Submitted": "no" } });
		expect(await status()).toBe("ended");
	});

	it("is refused where it is too large", async () => {
		const mailbox = await mailboxOf(await addSubscriber(furnishForTest(), ADDRESS));
		expect(await send(mailbox, { rawSize: 256 * 1024 + 1 })).toContain("too large");
		expect(await status()).toBe("active");
		expect(await send(mailbox, { rawSize: 256 * 1024 })).toBeNull();
		expect(await status()).toBe("ended");
	});

	it("is refused where its token is not ours, and says how else to leave", async () => {
		const rooms = furnishForTest();
		const id = await addSubscriber(rooms, ADDRESS);
		const mailbox = await mailboxOf(id);
		const link = await rooms.tokens.make("unsubscribe", { subscriber: id, expires: 0, version: 0 });
		const turned = mailbox.replace(/.@/, (end) => (end === "0@" ? "1@" : "0@"));
		for (const to of [
			turned,
			MAILBOX,
			`unsubscribe+@press.test`,
			`unsubscribe+${id}@press.test`,
			`unsubscribe+${link}@press.test`,
			mailbox.replace("unsubscribe+", "unsubscribe++"),
			mailbox.replace("unsubscribe+", "digest+"),
			mailbox.replace("press.test", "other.test"),
			"",
			"unsubscribe",
		])
			expect(await send(to), to).toContain("Use the link");
		expect(await status()).toBe("active");
	});

	it("is refused from a sender of too many, with or without a good token", async () => {
		const mailbox = await mailboxOf(await addSubscriber(furnishForTest(), ADDRESS));
		const flood = { from: "Flood@journal.test" };
		// The minute may turn once meanwhile.
		const answers = await Promise.all(
			Array.from({ length: 30 }, () => send("unsubscribe+x@press.test", flood)),
		);
		expect(answers.filter((answer) => answer?.includes("Too many")).length).toBeGreaterThan(9);
		expect(await send(mailbox, { from: "flood@journal.test" })).toContain("Too many");
		expect(await status()).toBe("active");
		expect(await send(mailbox)).toBeNull();
		expect(await status()).toBe("ended");
	});

	it("is refused where no mail is received", async () => {
		const mailbox = await mailboxOf(await addSubscriber(furnishForTest(), ADDRESS));
		expect(await send(mailbox, {}, {})).toContain("Use the link");
		expect(await status()).toBe("active");
	});

	it("leaves no address and no token in the log", async () => {
		const logged = vi.spyOn(console, "info");
		const mailbox = await mailboxOf(await addSubscriber(furnishForTest(), ADDRESS));
		for (const to of [mailbox, "unsubscribe+x@press.test"]) await send(to);
		await send(mailbox, { from: "" });
		const lines = logged.mock.calls.flat().join("\n");
		expect(lines).toContain("unsubscribed-by-mail");
		expect(lines).toContain("mail-refused");
		expect(lines).toContain("mail-ignored");
		for (const secret of ["anna", mailbox.slice(12, 60)]) expect(lines).not.toContain(secret);
	});
});

describe("List-Unsubscribe", () => {
	const headerOf = async (message: Parameters<typeof composeMime>[0]) => {
		const { headers } = await PostalMime.parse(await composeMime(message));
		return headers.find(({ key }) => key === "list-unsubscribe")?.value;
	};

	it("of the welcome and of a digest has the link and the address, and both work", async () => {
		const desk = openDesk({ settings: testSettings(SETTINGS), unsubscribeAddress: MAILBOX });
		const welcome = await subscribe(desk, ADDRESS);
		await desk.post();
		await desk.tick(MONDAY);
		const [digest] = takeMails(desk);
		const mailbox = await mailboxOf((await rowOf())?.id ?? "");
		for (const mail of [welcome, digest]) {
			if (!mail) throw new Error("a mail is missing");
			const url = `https://press.test${linkTo(mail, "/unsubscribe")}`;
			expect(await headerOf(mail)).toBe(`<${url}>, <mailto:${mailbox}>`);
		}
		await send(mailbox);
		expect(await status()).toBe("ended");
		await subscribe(desk, ADDRESS);
		expect(await status()).toBe("active");
		await press(desk, linkTo(digest, "/unsubscribe"));
		expect(await status()).toBe("ended");
	});
});
