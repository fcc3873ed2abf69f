// What the platform allows and asks for, as its documentation had it on 22 November 2026.

/** Workers Paid. */
export const LIMITS = {
	/** https://developers.cloudflare.com/workers/platform/limits/ */
	cpuMsAnInvocation: 30_000, // by default; up to 5 minutes can be set
	memoryBytes: 128 * 2 ** 20,
	subrequests: 10_000,
	connections: 6,
	/** https://developers.cloudflare.com/d1/platform/limits/ (21 April 2026) */
	d1Queries: 1_000,
	d1Bytes: 10e9,
	d1ValueBytes: 2e6,
	/** https://developers.cloudflare.com/kv/platform/limits/ */
	kvOperations: 1_000,
	/** https://developers.cloudflare.com/queues/platform/limits/ */
	messagesASecond: 5_000,
	messageBytes: 128_000,
	sendBatchBytes: 256_000,
	consumers: 250,
	consumerSeconds: 15 * 60,
} as const;

/** In dollars for each, beyond what the plan includes in a month. */
export const PRICES = {
	/** https://developers.cloudflare.com/workers/platform/pricing/ */
	invocation: { price: 0.3e-6, included: 10e6 },
	cpuMs: { price: 0.02e-6, included: 30e6 },
	/** https://developers.cloudflare.com/d1/platform/pricing/ */
	rowRead: { price: 0.001e-6, included: 25e9 },
	rowWritten: { price: 1e-6, included: 50e6 },
	/** https://developers.cloudflare.com/kv/platform/pricing/ */
	kvRead: { price: 0.5e-6, included: 10e6 },
	kvWrite: { price: 5e-6, included: 1e6 },
	/** https://developers.cloudflare.com/queues/platform/pricing/ */
	queueOperation: { price: 0.4e-6, included: 1e6 },
} as const;

/** https://aws.amazon.com/ses/pricing/, without a plan. */
export const SES_A_MAIL = 0.1e-3;
