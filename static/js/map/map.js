// The map of a journey in the browser. What each module does stands at its top; a viewer's page follows and walks only.

import { mayEdit, root } from "./page.js";
import "./following.js";
import "./looking.js";

if (mayEdit) await import("./keys.js");
root.dataset.ready = "";
