import { type Context, Hono } from "hono";
import { mediaTypeOf } from "../releases/decoding.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { FieldFault } from "../shared/fault.ts";
import { type Done, PreferencesPage, type PreferenceValues } from "../site/preferences.tsx";
import {
	EndedPage,
	ErasedPage,
	ErasePage,
	MovedPage,
	MovePage,
} from "../site/preferences-answers.tsx";
import { stringsOf } from "../site/strings/index.ts";
import { zoneInWords } from "../site/zone.ts";
import {
	type Answering,
	claimsOf,
	languageFor,
	linkInvalid,
	sourceOfRequest,
	tooMany,
} from "./answering.tsx";
import type { Confirming } from "./confirmation.ts";
import { describeHeld } from "./held.ts";
import type { HeldStore } from "./held-store.ts";
import { manageUrl, unsubscribeUrl } from "./links.ts";
import { moveExpiry, tellFormerAddress } from "./move.ts";
import { type Change, pauseDays, preferenceFields, readChange } from "./preferences-form.ts";
import type { PreferencesStore } from "./preferences-store.ts";
import type { Subscriber } from "./subscriber.ts";

export interface PreferencesRoutes extends Answering {
	readonly preferences: PreferencesStore;
	readonly held: HeldStore;
	readonly moving: Confirming;
	/** Has the mail to a subscriber's new address submitted, later. */
	readonly requestMove: (subscriber: string) => Promise<void>;
	/** Whether one more change of address of a source is within the limit, which sign-ups share. */
	readonly withinLimit: (source: string) => Promise<boolean>;
}

/** What a link in every digest opens, without a login: `GET` shows, `POST` acts. */
export function preferencesRoutes(parts: PreferencesRoutes): Hono {
	const routes = new Hono();

	routes.get("/:token", async (context) => {
		const subscriber = await holderOf(context, parts);
		if (!subscriber) return linkInvalid(context, parts);
		return show(context, parts, subscriber, { done: doneOf(context) });
	});

	routes.post("/:token", async (context) => {
		const subscriber = await holderOf(context, parts);
		if (!subscriber) return linkInvalid(context, parts);
		return change(context, parts, subscriber);
	});

	routes.get("/:token/data", async (context) => {
		const subscriber = await holderOf(context, parts);
		const held = subscriber && (await parts.held.read(subscriber.id));
		if (!held) return linkInvalid(context, parts);
		const strings = stringsOf(languageFor(subscriber, context, parts));
		context.header("Content-Disposition", 'attachment; filename="subscription.json"');
		return context.json(describeHeld(held, parts.publication, strings));
	});

	routes.get("/:token/erase", async (context) => {
		const subscriber = await holderOf(context, parts);
		if (!subscriber) return linkInvalid(context, parts);
		const { path } = context.req;
		const page = pageFor(subscriber, context, parts);
		return context.html(<ErasePage {...page} action={path} back={path.replace(/\/erase$/, "")} />);
	});

	routes.post("/:token/erase", async (context) => {
		const subscriber = await holderOf(context, parts);
		const isErased = subscriber && (await parts.preferences.erase(subscriber.id, parts.clock()));
		if (!isErased) return linkInvalid(context, parts);
		const page = pageFor(subscriber, context, parts);
		return context.html(<ErasedPage {...page} />);
	});

	routes.get("/:token/move", async (context) => {
		const subscriber = await moverOf(context, parts);
		if (!subscriber) return linkInvalid(context, parts);
		if (subscriber.newAddress === null) return moved(context, parts, subscriber);
		const page = pageFor(subscriber, context, parts);
		return context.html(<MovePage {...page} action={context.req.path} />);
	});

	routes.post("/:token/move", async (context) => {
		const before = await moverOf(context, parts);
		if (!before) return linkInvalid(context, parts);
		const isMoved = await parts.preferences.move(before);
		if (isMoved) await tellFormerAddress(parts.moving, before);
		const after = await moverOf(context, parts);
		return after?.newAddress === null ? moved(context, parts, after) : linkInvalid(context, parts);
	});

	return routes;
}

/** Whom a token opens the page of preferences for: nobody whose links have changed, or is pending. */
async function holderOf(context: Context, parts: PreferencesRoutes): Promise<Subscriber | null> {
	const claims = await claimsOf(context, parts, "manage");
	const subscriber = claims && (await parts.moving.subscribers.read(claims.subscriber));
	if (!subscriber || subscriber.status === "pending") return null;
	return subscriber.linkVersion === claims.version ? subscriber : null;
}

/**
 * Whom a token lets change their address: its request is the last one, and waits, or was confirmed
 * by this very link, which then has nothing left to do.
 */
async function moverOf(context: Context, parts: PreferencesRoutes): Promise<Subscriber | null> {
	const claims = await claimsOf(context, parts, "move");
	if (!claims) return null;
	const subscriber = await parts.moving.subscribers.read(claims.subscriber);
	if (subscriber?.status !== "active" || subscriber.newAddressAt === null) return null;
	const { newAddress, newAddressAt, linkVersion } = subscriber;
	const isOfThisRequest = moveExpiry(newAddressAt) === claims.expires;
	const isOfThisVersion = linkVersion === claims.version + (newAddress === null ? 1 : 0);
	return isOfThisRequest && isOfThisVersion ? subscriber : null;
}

async function moved(context: Context, parts: PreferencesRoutes, subscriber: Subscriber) {
	const page = pageFor(subscriber, context, parts);
	const managePath = await manageUrl("", parts.tokens, subscriber);
	return context.html(<MovedPage {...page} managePath={managePath} />);
}

async function change(context: Context, parts: PreferencesRoutes, subscriber: Subscriber) {
	if (subscriber.status !== "active") return show(context, parts, subscriber);
	if (mediaTypeOf(context.req.header("Content-Type")) !== "application/x-www-form-urlencoded") {
		const detail = "Post application/x-www-form-urlencoded.";
		return parts.refuse({ kind: "unsupported-type", detail });
	}
	const form = new URLSearchParams(await context.req.text());
	const { languages } = parts.publication;
	const read = readChange(form, { languages, today: todayOf(parts) });
	if (!read.ok) return show(context, parts, subscriber, { form, faults: read.error });
	// Each has a mail submitted to an address that the asker chooses.
	const isMailed = read.value.kind === "address";
	if (isMailed && !(await parts.withinLimit(sourceOfRequest(context))))
		return tooMany(context, parts);
	await apply(read.value, parts, subscriber);
	return context.redirect(`${context.req.path}?done=${read.value.kind}`, 303);
}

async function apply(asked: Change, parts: PreferencesRoutes, { id }: Subscriber): Promise<void> {
	const { preferences } = parts;
	switch (asked.kind) {
		case "preferences":
			return preferences.changePreferences(id, asked.preferences);
		case "pause":
			return preferences.pause(id, asked.until);
		case "resume":
			return preferences.pause(id, null);
		case "address":
			// The same for every address, whoever has it: which the mail must not go to, its consumer
			// finds out.
			await preferences.askToMove(id, asked.address, parts.clock());
			return parts.requestMove(id);
	}
}

interface Shown {
	readonly done?: Done | undefined;
	/** A form that has to be mended. */
	readonly form?: URLSearchParams;
	readonly faults?: readonly FieldFault[];
}

async function show(
	context: Context,
	parts: PreferencesRoutes,
	subscriber: Subscriber,
	{ done, form, faults = [] }: Shown = {},
) {
	const { publication, tokens, clock } = parts;
	const { path } = context.req;
	const page = { ...pageFor(subscriber, context, parts), path };
	if (subscriber.status !== "active") return context.html(<EndedPage {...page} />);
	const { address, newAddress, pausedUntil } = subscriber;
	const today = todayOf(parts);
	return context.html(
		<PreferencesPage
			{...page}
			unsubscribePath={await unsubscribeUrl("", tokens, subscriber)}
			address={address}
			newAddress={newAddress}
			pausedUntil={pausedUntil !== null && pausedUntil > today ? pausedUntil : null}
			pauseDays={pauseDays(today)}
			zone={zoneInWords(publication.timeZone, clock())}
			values={valuesOf(subscriber, form)}
			faults={faults}
			done={done}
		/>,
		faults.length > 0 ? 422 : 200,
	);
}

/** What holds, but for the form that has to be mended. */
function valuesOf(subscriber: Subscriber, form: URLSearchParams | undefined): PreferenceValues {
	const { kinds, languages, frequency, timeZone } = subscriber;
	const kept = { kinds, languages, frequency, zone: timeZone ?? "", until: "", email: "" };
	if (form?.get("change") === "preferences") {
		const { time_zone: zone, ...given } = preferenceFields(form);
		return { ...kept, ...given, zone };
	}
	return { ...kept, until: form?.get("until") ?? "", email: form?.get("email") ?? "" };
}

const DONE: readonly Done[] = ["preferences", "pause", "resume", "address"];

function doneOf({ req }: Context): Done | undefined {
	return DONE.find((done) => done === req.query("done"));
}

function todayOf({ publication, clock }: PreferencesRoutes): string {
	return civilDateAt(clock(), publication.timeZone);
}

/** What every page for a subscriber has. */
function pageFor(subscriber: Subscriber, context: Context, parts: PreferencesRoutes) {
	return { publication: parts.publication, language: languageFor(subscriber, context, parts) };
}
