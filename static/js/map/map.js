// The map of a journey in the browser. What each module does stands at its top; a viewer's page follows and walks only.

import { mayEdit, root } from "./page.js";
import "./following.js";
import "./looking.js";
import "./panel.js";
import "./presence.js";
import "./viewing.js";
import "./beside.js";
import "./time.js";

if (mayEdit) await Promise.all([import("./keys.js"), import("./feeling.js")]);
root.dataset.ready = "";
