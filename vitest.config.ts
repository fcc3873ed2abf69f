import path from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const stub = (name: string) => path.resolve(import.meta.dirname, "src/stubs", name);

/** MJML's optional parts, replaced as wrangler.toml replaces them. */
const alias = {
	htmlnano: stub("pass-through.ts"),
	"js-beautify": stub("pass-through.ts"),
	cssnano: stub("no-plugins.ts"),
	"cssnano-preset-lite": stub("no-plugins.ts"),
};

const external = [/^node:/, "fs", "path", "stream", "url", "util", "events", "buffer"];

export default defineConfig({
	test: {
		projects: [
			{
				plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" } })],
				resolve: { alias },
				test: {
					name: "workers",
					include: ["test/**/*.test.ts"],
					exclude: ["test/{journeys,browser,bundle}/**"],
					deps: {
						optimizer: {
							ssr: {
								enabled: true,
								include: ["mjml"],
								rolldownOptions: { platform: "node", external },
							},
						},
					},
				},
			},
		],
	},
});
