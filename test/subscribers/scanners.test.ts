import { beforeEach, expect, it, vi } from "vitest";
import type { Message } from "../../src/mail/transport.ts";
import { DAY_MS, MONDAY, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { everyRow, linksOf, linkTo, postJson, press, takeMails } from "./life.ts";

vi.setConfig({ testTimeout: 30_000 });

beforeEach(emptyStores);

/** Follows every link of a mail as scanners of mail do, again and again. */
async function scan(desk: ReturnType<typeof openDesk>, mail: Message | undefined) {
	if (!mail) throw new Error("there is no mail to scan");
	const before = await everyRow();
	const asked = desk.rooms.asked.length;
	const links = linksOf(mail);
	for (let time = 0; time < 3; time += 1)
		for (const link of links)
			for (const method of ["GET", "HEAD"]) {
				const { pathname, search } = new URL(link);
				const response = await desk.ask(method, pathname + search);
				expect(response.status, `${method} ${link}`).toBeLessThan(500);
			}
	expect(await everyRow()).toEqual(before);
	expect(desk.rooms.asked).toHaveLength(asked);
	return links.map((link) => new URL(link).pathname.split("/").at(-1));
}

it("whoever follows the links of a mail changes nothing, however often", async () => {
	const desk = openDesk();
	await desk.post({ event: { starts: "2026-12-01", ends: "2026-12-01", place: "Nukus" } });
	await desk.settle();
	await postJson(desk, { email: "anna@journal.test", languages: ["en", "ru"] });
	await desk.settle();
	const [confirmation] = takeMails(desk);
	expect(await scan(desk, confirmation)).toContain("confirm");

	await press(desk, linkTo(confirmation, "/confirm"));
	await desk.settle();
	const [welcome] = takeMails(desk);
	expect(await scan(desk, welcome)).toContain("unsubscribe");
	await scan(desk, confirmation);

	await desk.post({ title: "A second", body: "Another text.", kind: "consultation" });
	await desk.tick(MONDAY);
	const [digest] = takeMails(desk);
	expect(await scan(desk, digest)).toContain("unsubscribe");

	await press(desk, linkTo(digest, "/unsubscribe"));
	await desk.tick(MONDAY + DAY_MS);
	for (const mail of [confirmation, welcome, digest]) await scan(desk, mail);
	expect(takeMails(desk)).toEqual([]);
});
