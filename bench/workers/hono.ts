// A bare Worker with Hono: one route, one answer.
import { Hono } from "hono";

export default new Hono().get("/rss.xml", (context) => context.text("Hello"));
