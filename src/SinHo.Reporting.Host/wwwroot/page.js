// A page lives on a socket. While that is lost the box of App.razor says so; a page that the server no longer knows is opened anew.
const box = document.getElementById("components-reconnect-modal");

async function retry() {
    // False: the server is there and the page is not.
    if (await Blazor.reconnect() === false)
        location.reload();
}

box.addEventListener("components-reconnect-state-changed", event => {
    if (event.detail.state === "rejected")
        location.reload();
    else if (event.detail.state === "failed")
        document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && retry(), { once: true });
});
box.querySelector("button").addEventListener("click", retry);

// The base of all addresses is the site's root, so that "#noi-dung" by itself would lead to the start page.
document.addEventListener("click", event => {
    if (!event.target.closest?.("a.skip"))
        return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.getElementById("noi-dung").focus();
}, true);

// Pressing a form's button leaves the box one was in, and what the page then says about that box may move the button away from under the hand: the press stays with the button.
document.addEventListener("pointerdown", event => {
    if (event.button === 0)
        event.target.closest?.("form button[type=submit]")?.setPointerCapture(event.pointerId);
}, true);

// "/" goes to the box of the search, unless one is writing.
document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]"))
        return;
    const search = document.getElementById("o-tim");
    if (!search)
        return;
    event.preventDefault();
    search.focus();
    search.select();
});
