"""How a change of a map is answered: the same for every verb, with and without JavaScript.

What a page's script may rely on
--------------------------------
Every address of a verb takes an ordinary form POST. Ids of phases and placements stand in the page; a touchpoint's
place is named by `phase` and `after` (the placement it follows, empty for the first), never by an index.

    placement_create   phase, after, and either touchpoint (an id of the library) or text ("Name @channel #owner *")
    placement_move     phase, after, version (of the placement). GET: the "Move to…" form, `journeys/move.html`
    placement_edit     version and the fields of PlacementForm.  GET: its form, `journeys/placement.html`
    placement_archive, placement_restore    nothing
    phase_label        label, version (of the phase)
    change_undo, change_redo    nothing: the latest own change that can be taken back, or done again

Without `HX-Request` the answer is a redirect to the map with a message (or the form's page again, with its errors).
With `HX-Request`:

    200  the map has it. Body: `journeys/show.html#changed`: for each touched phase and for the map's summary one
         <hx-partial hx-target="#phase-ID" hx-swap="outerMorph">, and a toast with Undo (Redo after an undo).
         A repeated request that changes nothing answers the same, without a toast.
    409  the map has moved on. Body: the same partials in the server's present order, and a toast that says why.
         From placement_edit and phase_label with a stale text: the form again, with both texts.
    422  the request cannot be met as it is. Body: the form with its errors (move, edit, label, quick add); for a
         touchpoint dragged from the library the same as 409.
    401, 403, 404, 503   no fragments: base.html's own words for each status.

On 200, 409 and 422 the header `HX-Trigger` holds one event with all that the script must know, in `detail`:

    {"etappe:map": {"saved": true, "journey": 7, "revision": 12, "verb": "move", "phase": 31,
                    "placement": 402, "version": 3, "position": 5, "of": 7,
                    "say": "Dropped. Retention, position 5 of 7."}}

`saved` is false on 409 and 422. `say` is what a screen reader hears, in the person's language. `phase`, `version`,
`position` (from 1) and `of` tell where the placement stands now; they are null when it stands nowhere. For a
renamed phase `placement` is null and `version` is the phase's.

The map itself
--------------
`GET journey` is the page; with `HX-Request` it is `journeys/show.html#map` alone (what a live update fetches). Both
carry an ETag over everything they show, so an unchanged map costs a 304. Ids: `map` (data-revision), `summary`,
`phase-ID` (data-version), `placement-ID` (data-version, data-touchpoint). The library is
`GET library?q=`: `journeys/library.html`, with `HX-Request` `journeys/library.html#library`.

HTML of a touchpoint (`journeys/_touchpoint.html`) is cached and shared by all who may see it: it gets `touchpoint`
(journeys.board.MapTouchpoint), `journey` (its id), `slug` and `may_edit`, and nothing of the person or request. So it
holds no CSRF token: what it does without JavaScript are links to the forms above.
"""
