// The map in the browser.
