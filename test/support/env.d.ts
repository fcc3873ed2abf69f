import "vitest";
import type { D1Migration } from "@cloudflare/vitest-plugin";
import type { Bindings } from "../../src/rooms.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Port of the SMTP server that misbehaves on request. */
		rudeSmtpPort: number;
		/** Port of the WebSub hub that behaves as its path says. */
		hubPort: number;
	}
}

declare global {
	namespace Cloudflare {
		interface Env extends Bindings {
			readonly MIGRATIONS: D1Migration[];
		}
		interface GlobalProps {
			mainModule: typeof import("../../src/worker.ts");
		}
	}
}
