import path from "node:path";
import { defineConfig } from "vitest/config";
import { listKnocking } from "./test/support/knocking.ts";
import { TEST_SETTINGS } from "./test/support/settings.ts";

const stub = (name: string) => path.resolve(import.meta.dirname, "src/stubs", name);

/** Parts of libraries, replaced as wrangler.toml replaces them. */
const alias = {
	htmlnano: stub("pass-through.ts"),
	"js-beautify": stub("pass-through.ts"),
	cssnano: stub("no-plugins.ts"),
	"cssnano-preset-lite": stub("no-plugins.ts"),
	juice: stub("not-used.ts"),
	cheerio: stub("not-used.ts"),
	"mime-types": stub("not-used.ts"),
};

/** MJML is CommonJS: it is bundled once, and Node's own modules are left to workerd. */
const optimizer = {
	ssr: {
		enabled: true,
		include: ["mjml"],
		rolldownOptions: {
			platform: "node" as const,
			external: [/^node:/, "fs", "path", "stream", "url", "util", "events", "buffer"],
		},
	},
};

/** The authority of the certificates of servers that tests talk to, which workerd is to trust. */
process.env.NODE_EXTRA_CA_CERTS = path.resolve(
	import.meta.dirname,
	"test/support/certificates/authority.pem",
);
// Not before: it reads the variable when it is loaded.
const { cloudflareTest, readD1Migrations } = await import("@cloudflare/vitest-plugin");

/** Tests that run on Node, against the Worker from outside. */
const OUTSIDE = ["journeys", "browser", "bundle", "walls", "clients", "judges", "templates"];

const knocking = listKnocking(import.meta.dirname, "test/**/*.test.ts");

/** Tests inside workerd, on the Worker's own stores and queues. */
async function inWorkerd(test: object) {
	const migrations = await readD1Migrations(path.resolve(import.meta.dirname, "migrations"));
	return {
		plugins: [
			cloudflareTest({
				wrangler: { configPath: "./wrangler.toml" },
				miniflare: {
					email: { send_email: [{ name: "EMAIL" }] },
					bindings: { ...TEST_SETTINGS, MIGRATIONS: migrations },
				},
			}),
		],
		resolve: { alias },
		test: {
			setupFiles: ["test/support/migrate.ts"],
			globalSetup: ["test/support/servers.ts"],
			testTimeout: 20_000,
			deps: { optimizer },
			...test,
		},
	};
}

const outside = `test/{${OUTSIDE.join(",")}}/**`;

export default defineConfig(async () => ({
	test: {
		// What a passing test logs is noise.
		silent: "passed-only" as const,
		// Most of a file's time is waiting: for workerd to start, for a browser, for a server.
		maxWorkers: 2,
		reporters: ["default", "./test/support/missing-programs.ts"],
		// Where a certificate is refused after STARTTLS, workerd leaves a promise of its own unheard.
		onUnhandledError: ({
			message,
			VITEST_TEST_PATH: file,
		}: {
			message: string;
			VITEST_TEST_PATH?: string;
		}) => !(file?.endsWith("/smtp-tls.test.ts") && message.startsWith("internal error; reference")),
		projects: [
			await inWorkerd({
				name: "doors",
				include: knocking,
				exclude: [outside],
			}),
			await inWorkerd({
				name: "workers",
				include: ["test/**/*.test.ts"],
				exclude: [outside, ...knocking],
				// They share a runtime, one after the other: each empties the stores that it looks into.
				isolate: false,
				provide: { interleavings: process.env.INTERLEAVINGS ?? "" },
			}),
			{
				test: {
					name: "outside",
					include: OUTSIDE.map((folder) => `test/${folder}/**/*.test.ts`),
					testTimeout: 60_000,
					hookTimeout: 90_000,
				},
			},
		],
	},
}));
