import type { Hono } from "hono";
import { parseSettings, type SettingFault, type Settings } from "./config.ts";
import { createFront, type Front } from "./http/front.ts";
import { problemResponse } from "./http/problem.ts";
import { furnishReading } from "./reading.ts";
import type { Bindings, Rooms } from "./rooms.ts";
import { log } from "./shared/log.ts";
import { err, ok, type Result } from "./shared/result.ts";

/** The one cron trigger: the clock strikes each minute. */
const CLOCK = "* * * * *";

/** What this isolate serves from. All but the front is loaded when it is needed. */
interface House {
	readonly front: Front;
	openRooms(): Promise<Rooms>;
}

const houses = new WeakMap<object, Result<House, readonly SettingFault[]>>();

/** Built once for an environment, or not at all. */
function houseOf(env: Bindings): Result<House, readonly SettingFault[]> {
	let house = houses.get(env);
	if (!house) {
		house = build(env);
		houses.set(env, house);
	}
	return house;
}

function build(env: Bindings): Result<House, readonly SettingFault[]> {
	const settings = parseSettings({ ...env });
	if (settings.ok) return ok(openHouse(env, settings.value));
	log("error", "settings-faulty", { faults: settings.error });
	return err(settings.error);
}

function openHouse(env: Bindings, settings: Settings): House {
	let rooms: Rooms | undefined;
	const openRooms = async () => {
		const { furnish } = await import("./rooms.ts");
		rooms ??= furnish(env, settings);
		return rooms;
	};
	let app: Hono | undefined;
	const openApp = async () => {
		const [{ createApp }, opened] = [await import("./http/app.ts"), await openRooms()];
		app ??= createApp(opened);
		return app;
	};
	return { front: createFront(furnishReading(env, settings), openApp), openRooms };
}

/** A Worker with faulty settings does nothing at all; its log says what to mend. */
function orThrow(house: Result<House, readonly SettingFault[]>): House {
	if (house.ok) return house.value;
	const names = house.error.map(({ setting, detail }) => `${setting} ${detail}`);
	throw new Error(`Settings to mend: ${names.join("; ")}`);
}

export default {
	fetch(request, env, context) {
		const house = houseOf(env);
		if (house.ok) return house.value.front(request, env, context);
		const names = [...new Set(house.error.map(({ setting }) => setting))].join(", ");
		return problemResponse({ kind: "unavailable", detail: `Settings to mend: ${names}.` });
	},

	async scheduled(controller, env) {
		if (controller.cron !== CLOCK)
			throw new Error(
				`The cron trigger ${JSON.stringify(controller.cron)} is not ours: wrangler.toml must have ${JSON.stringify(CLOCK)} alone.`,
			);
		const rooms = await orThrow(houseOf(env)).openRooms();
		const { tick } = await import("./tick.ts");
		await tick(rooms, controller.scheduledTime);
	},

	async email(message, env) {
		const rooms = await orThrow(houseOf(env)).openRooms();
		const { receiveMail } = await import("./subscribers/incoming-mail.ts");
		await receiveMail({ ...rooms, withinLimit: rooms.limits.incomingMails }, message);
	},

	async queue(batch, env) {
		const rooms = await orThrow(houseOf(env)).openRooms();
		const { consume } = await import("./consume.ts");
		await consume(batch, rooms);
	},
} satisfies ExportedHandler<Bindings>;
