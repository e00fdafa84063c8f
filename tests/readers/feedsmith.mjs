// Fetches a feed and prints what feedsmith reads in it, as JSON.
import { parseFeed } from "feedsmith";

const answer = await fetch(process.argv[2]);
process.stdout.write(JSON.stringify(parseFeed(await answer.text())));
