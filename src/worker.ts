import type { Hono } from "hono";
import { parseSettings, type SettingFault } from "./config.ts";
import { consume } from "./consume.ts";
import { createApp } from "./http/app.ts";
import { problemResponse } from "./http/problem.ts";
import { type Bindings, furnish, type Rooms } from "./rooms.ts";
import { log } from "./shared/log.ts";
import { err, ok, type Result } from "./shared/result.ts";
import { receiveMail } from "./subscribers/incoming-mail.ts";
import { tick } from "./tick.ts";

/** The one cron trigger: the clock strikes each minute. */
const CLOCK = "* * * * *";

interface House {
	readonly rooms: Rooms;
	readonly app: Hono;
}

const houses = new WeakMap<object, Result<House, readonly SettingFault[]>>();

/** What this isolate serves from; built once for an environment, or not at all. */
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
	if (!settings.ok) {
		log("error", "settings-faulty", { faults: settings.error });
		return err(settings.error);
	}
	const rooms = furnish(env, settings.value);
	return ok({ rooms, app: createApp(rooms) });
}

/** A Worker with faulty settings does nothing at all; its log says what to mend. */
function orThrow(house: Result<House, readonly SettingFault[]>): House {
	if (house.ok) return house.value;
	const names = house.error.map(({ setting, detail }) => `${setting} ${detail}`);
	throw new Error(`Settings to mend: ${names.join("; ")}`);
}

export default {
	async fetch(request, env, context) {
		const house = houseOf(env);
		if (house.ok) return house.value.app.fetch(request, env, context);
		const names = [...new Set(house.error.map(({ setting }) => setting))].join(", ");
		return problemResponse({ kind: "unavailable", detail: `Settings to mend: ${names}.` });
	},

	async scheduled(controller, env) {
		if (controller.cron !== CLOCK)
			throw new Error(
				`The cron trigger ${JSON.stringify(controller.cron)} is not ours: wrangler.toml must have ${JSON.stringify(CLOCK)} alone.`,
			);
		await tick(orThrow(houseOf(env)).rooms, controller.scheduledTime);
	},

	async email(message, env) {
		const { rooms } = orThrow(houseOf(env));
		await receiveMail({ ...rooms, withinLimit: rooms.limits.incomingMails }, message);
	},

	async queue(batch, env) {
		await consume(batch, orThrow(houseOf(env)).rooms);
	},
} satisfies ExportedHandler<Bindings>;
