import { type Context, Hono } from "hono";
import { civilDateAt } from "../shared/dates.ts";
import type { Fault, FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { bestLanguage } from "../site/negotiation.ts";
import { type Done, PreferencesPage, type PreferenceValues } from "../site/preferences.tsx";
import {
	EndedPage,
	ErasedPage,
	ErasePage,
	MovedPage,
	MovePage,
} from "../site/preferences-answers.tsx";
import { frameLanguage, type Publication } from "../site/publication.ts";
import { stringsOf } from "../site/strings/index.ts";
import { LinkInvalidPage } from "../site/subscription.tsx";
import { zoneInWords } from "../site/zone.ts";
import { describeHeld } from "./held.ts";
import type { HeldStore } from "./held-store.ts";
import type { LimitsStore } from "./limits-store.ts";
import { manageUrl, unsubscribeUrl } from "./links.ts";
import { type Moving, moveExpiry, tellFormerAddress } from "./move.ts";
import { type Change, pauseDays, preferenceFields, readChange } from "./preferences-form.ts";
import type { PreferencesStore } from "./preferences-store.ts";
import type { Subscriber } from "./subscriber.ts";

export interface PreferencesRoutes {
	readonly publication: Publication;
	readonly preferences: PreferencesStore;
	readonly held: HeldStore;
	readonly mailLimits: LimitsStore;
	readonly hashAddress: (address: string) => Promise<string>;
	readonly moving: Moving;
	/** Has the mail to a subscriber's new address submitted, later. */
	readonly requestMove: (subscriber: string) => Promise<void>;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
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
		const strings = stringsOf(languageOf(subscriber, parts));
		context.header("Content-Disposition", 'attachment; filename="subscription.json"');
		return context.json(describeHeld(held, parts.publication, strings));
	});

	routes.get("/:token/erase", async (context) => {
		const subscriber = await holderOf(context, parts);
		if (!subscriber) return linkInvalid(context, parts);
		const { path } = context.req;
		const page = { publication: parts.publication, language: languageOf(subscriber, parts) };
		return context.html(<ErasePage {...page} action={path} back={path.replace(/\/erase$/, "")} />);
	});

	routes.post("/:token/erase", async (context) => {
		const subscriber = await holderOf(context, parts);
		const isErased =
			subscriber && (await parts.preferences.erase(subscriber.id, parts.moving.clock()));
		if (!isErased) return linkInvalid(context, parts);
		const page = { publication: parts.publication, language: languageOf(subscriber, parts) };
		return context.html(<ErasedPage {...page} />);
	});

	routes.get("/:token/move", async (context) => {
		const subscriber = await moverOf(context, parts);
		if (!subscriber) return linkInvalid(context, parts);
		if (subscriber.newAddress === null) return moved(context, parts, subscriber);
		const page = { publication: parts.publication, language: languageOf(subscriber, parts) };
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
async function holderOf(
	context: Context,
	{ moving: { tokens, subscribers, clock } }: PreferencesRoutes,
): Promise<Subscriber | null> {
	const claims = await tokens.read("manage", context.req.param("token") ?? "", clock());
	const subscriber = claims && (await subscribers.read(claims.subscriber));
	if (!subscriber || subscriber.status === "pending") return null;
	return subscriber.linkVersion === claims.version ? subscriber : null;
}

/**
 * Whom a token lets change their address: its request is the last one, and waits, or was confirmed
 * by this very link, which then has nothing left to do.
 */
async function moverOf(
	context: Context,
	{ moving: { tokens, subscribers, clock } }: PreferencesRoutes,
): Promise<Subscriber | null> {
	const claims = await tokens.read("move", context.req.param("token") ?? "", clock());
	if (!claims) return null;
	const subscriber = await subscribers.read(claims.subscriber);
	if (subscriber?.status !== "active" || subscriber.newAddressAt === null) return null;
	const { newAddress, newAddressAt, linkVersion } = subscriber;
	const isOfThisRequest = moveExpiry(newAddressAt) === claims.expires;
	const isOfThisVersion = linkVersion === claims.version + (newAddress === null ? 1 : 0);
	return isOfThisRequest && isOfThisVersion ? subscriber : null;
}

async function moved(context: Context, parts: PreferencesRoutes, subscriber: Subscriber) {
	const { publication, moving } = parts;
	const page = { publication, language: languageOf(subscriber, parts) };
	const managePath = await manageUrl("", moving.tokens, subscriber);
	return context.html(<MovedPage {...page} managePath={managePath} />);
}

async function change(context: Context, parts: PreferencesRoutes, subscriber: Subscriber) {
	if (subscriber.status !== "active") return show(context, parts, subscriber);
	const type = (context.req.header("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase();
	if (type !== "application/x-www-form-urlencoded") {
		const detail = "Post application/x-www-form-urlencoded.";
		return parts.refuse({ kind: "unsupported-type", detail });
	}
	const form = new URLSearchParams(await context.req.text());
	const { languages } = parts.publication;
	const read = readChange(form, { languages, today: todayOf(parts) });
	if (!read.ok) return show(context, parts, subscriber, { form, faults: read.error });
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
			return askToMove(asked.address, parts, id);
	}
}

/**
 * The same is done for every address, whoever has it: what the mail is not to go to, its consumer
 * finds out. For an id that nobody has, it finds nothing to do.
 */
async function askToMove(address: string, parts: PreferencesRoutes, id: string): Promise<void> {
	const { preferences, mailLimits, hashAddress, moving, requestMove } = parts;
	const now = moving.clock();
	await preferences.askToMove(id, address, now);
	const isAllowed = await mailLimits.allowMail(await hashAddress(address), civilDateAt(now, "UTC"));
	await requestMove(isAllowed ? id : moving.newId());
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
	const { publication, moving } = parts;
	const { path } = context.req;
	const page = { publication, language: languageOf(subscriber, parts), path };
	if (subscriber.status !== "active") return context.html(<EndedPage {...page} />);
	const { address, newAddress, pausedUntil } = subscriber;
	const today = todayOf(parts);
	return context.html(
		<PreferencesPage
			{...page}
			unsubscribePath={await unsubscribeUrl("", moving.tokens, subscriber)}
			address={address}
			newAddress={newAddress}
			pausedUntil={pausedUntil !== null && pausedUntil > today ? pausedUntil : null}
			pauseDays={pauseDays(today)}
			zone={zoneInWords(publication.timeZone, moving.clock())}
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

function todayOf({ publication, moving }: PreferencesRoutes): string {
	return civilDateAt(moving.clock(), publication.timeZone);
}

/** A subscriber's first language, where the publication has pages in it. */
function languageOf(
	{ languages: [first] }: Subscriber,
	{ publication }: PreferencesRoutes,
): Language {
	return first ? frameLanguage(publication, first) : publication.languages[0];
}

function linkInvalid({ req, html }: Context, { publication }: PreferencesRoutes) {
	const language = bestLanguage(req.header("Accept-Language"), publication.languages);
	return html(<LinkInvalidPage publication={publication} language={language} />, 404);
}
