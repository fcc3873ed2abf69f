import type { Settings } from "./config.ts";
import { createClaimLedger } from "./digests/claim-ledger.ts";
import { createDeadLetterLedger } from "./digests/dead-letter-ledger.ts";
import { createEditionStore } from "./digests/edition-store.ts";
import { createLostLedger } from "./digests/lost-ledger.ts";
import { createOperatorLedger } from "./digests/operator-ledger.ts";
import { createPlanLedger } from "./digests/plan-ledger.ts";
import { createReceiptLedger } from "./digests/receipt-ledger.ts";
import { createRunLedger } from "./digests/run-ledger.ts";
import { createSettleLedger } from "./digests/settle-ledger.ts";
import { createFeedStore } from "./feeds/store.ts";
import { createCloudflareTransport } from "./mail/cloudflare.ts";
import { createGateStore } from "./mail/gate-store.ts";
import { createMailbox, type MailboxStore } from "./mail/mailbox.ts";
import { createPostmarkTransport } from "./mail/postmark.ts";
import { openDoor } from "./mail/reports/door.ts";
import { fetchProof } from "./mail/reports/fetching.ts";
import { createResendTransport } from "./mail/resend.ts";
import { createSesTransport } from "./mail/ses.ts";
import { createSmtpTransport } from "./mail/smtp.ts";
import type { Transport } from "./mail/transport.ts";
import { meterDocuments, meterLedger, meterQueue } from "./metering.ts";
import { createQueues, type QueueMessage } from "./queues.ts";
import { identityOf, publicationOf } from "./reading.ts";
import { createArchiveStore } from "./releases/archive-store.ts";
import { createChangeStore } from "./releases/change-store.ts";
import { createHistoryStore } from "./releases/history-store.ts";
import { createIdempotencyStore } from "./releases/idempotency-store.ts";
import { createNewsStore } from "./releases/news-store.ts";
import { createReleaseStore } from "./releases/store.ts";
import { createAddressHash } from "./shared/address-hash.ts";
import { systemClock, systemPause } from "./shared/clock.ts";
import { newId } from "./shared/ids.ts";
import { createMailTokens } from "./shared/mail-tokens.ts";
import { createTokens } from "./shared/tokens.ts";
import { createListPages } from "./site/list-pages.ts";
import { lookOf } from "./site/look.tsx";
import { createPageStore } from "./site/page-store.ts";
import { createSearchStore } from "./site/search-store.ts";
import { createDeliveryStore } from "./subscribers/delivery-store.ts";
import { createHeldStore } from "./subscribers/held-store.ts";
import { createImportStore } from "./subscribers/import-store.ts";
import { createLimitsStore } from "./subscribers/limits-store.ts";
import { createOperatorStore } from "./subscribers/operator-store.ts";
import { createPreferencesStore } from "./subscribers/preferences-store.ts";
import { createRetentionStore } from "./subscribers/retention-store.ts";
import { createSubscriberStore } from "./subscribers/store.ts";
import { createSuppressionStore } from "./subscribers/suppression-store.ts";

/** What wrangler.toml binds. */
export interface Bindings {
	readonly DOCUMENTS: KVNamespace;
	readonly LEDGER: D1Database;
	readonly FEEDS_QUEUE: Queue<QueueMessage>;
	readonly MAIL_QUEUE: Queue<QueueMessage>;
	/** Cloudflare's Email Service, where it is the transport. */
	readonly EMAIL?: SendEmail;
	readonly PUBLISHER_LIMIT: RateLimit;
	readonly FAILURE_LIMIT: RateLimit;
	readonly SIGN_UP_LIMIT: RateLimit;
	readonly INCOMING_MAIL_LIMIT: RateLimit;
}

export type Rooms = ReturnType<typeof furnish>;

/** Every store and adapter, made of the bindings and the settings. */
export function furnish(bindings: Bindings, settings: Settings) {
	const kv = meterDocuments(bindings.DOCUMENTS);
	const ledger = meterLedger(bindings.LEDGER);
	const publication = publicationOf(settings);
	const releases = createReleaseStore(ledger, kv);
	const archive = createArchiveStore(ledger);
	const history = createHistoryStore(ledger);
	const pages = createPageStore(ledger, kv);
	const hashAddress = createAddressHash(settings.addressSecret);
	return {
		settings,
		identity: identityOf(settings),
		publication,
		look: once(() => lookOf(publication)),
		clock: systemClock,
		pause: systemPause,
		newId,
		sender: settings.sender,
		unsubscribeAddress: settings.unsubscribeAddress,
		bounceAddress: settings.reports.bounceAddress,
		door: openDoor(settings.mail.transport, settings.reports, fetchProof),
		tokens: createTokens(settings.tokenSecrets),
		mailTokens: createMailTokens(settings.tokenSecrets),
		hashAddress,
		releases,
		changes: createChangeStore(ledger, kv),
		history,
		idempotency: createIdempotencyStore(ledger),
		feeds: createFeedStore(ledger, kv),
		archive,
		pages,
		lists: createListPages({ publication, releases, archive, history }, pages),
		search: createSearchStore(ledger),
		subscribers: createSubscriberStore(ledger, hashAddress),
		suppressions: createSuppressionStore(ledger, hashAddress),
		preferences: createPreferencesStore(ledger, hashAddress),
		mailLimits: createLimitsStore(ledger),
		retention: createRetentionStore(ledger),
		held: createHeldStore(ledger, hashAddress),
		imports: createImportStore(ledger),
		operators: createOperatorStore(ledger),
		delivery: createDeliveryStore(ledger, hashAddress),
		news: createNewsStore(ledger),
		breakers: settings.breakers,
		runs: createRunLedger(ledger),
		plans: createPlanLedger(ledger),
		batches: createClaimLedger(ledger),
		settlements: createSettleLedger(ledger),
		lost: createLostLedger(ledger),
		receipts: createReceiptLedger(ledger),
		overseen: createOperatorLedger(ledger),
		deadLetters: createDeadLetterLedger(ledger),
		editions: createEditionStore(kv),
		queues: createQueues(meterQueue(bindings.FEEDS_QUEUE), meterQueue(bindings.MAIL_QUEUE)),
		limits: {
			requests: limitBy(bindings.PUBLISHER_LIMIT),
			failures: limitBy(bindings.FAILURE_LIMIT),
			signUps: limitBy(bindings.SIGN_UP_LIMIT),
			incomingMails: limitBy(bindings.INCOMING_MAIL_LIMIT),
		},
		gate: createGateStore(ledger, settings.mail),
		...openMail(settings, kv, bindings.EMAIL),
	};
}

/** Makes something when it is first asked for. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return () => {
		made ??= make();
		return made;
	};
}

function limitBy(limit: RateLimit) {
	return async (key: string): Promise<boolean> => (await limit.limit({ key })).success;
}

/** The configured transport; the mailbox only where it is the transport. */
function openMail(
	{ mail, environment }: Settings,
	kv: KVNamespace,
	email: SendEmail | undefined,
): { transport: Transport; mailbox?: MailboxStore } {
	const calling = { clock: systemClock };
	switch (mail.transport) {
		case "smtp": {
			const requireTls = environment === "production";
			return { transport: createSmtpTransport({ ...mail, requireTls }) };
		}
		case "resend":
			return { transport: createResendTransport(mail, calling) };
		case "postmark":
			return { transport: createPostmarkTransport(mail, calling) };
		case "ses":
			return { transport: createSesTransport(mail, calling) };
		case "cloudflare":
			// The settings are faulty where it is not bound.
			return { transport: createCloudflareTransport({ email: email as SendEmail }) };
		case "mailbox": {
			const mailbox = createMailbox(kv, { clock: systemClock, newId });
			return { transport: mailbox, mailbox };
		}
	}
}
