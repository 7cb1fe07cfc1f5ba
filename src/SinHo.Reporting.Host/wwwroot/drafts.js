// What is typed on a form and not yet saved, by account and form. A page of signing in forgets all of it: whoever sits down next finds nothing.
const mark = "sinho-draft ";
const place = (account, form) => `${mark}${account} ${form}`;
const kept = () => Object.keys(sessionStorage).filter(key => key.startsWith(mark));

window.drafts = {
    keep: (account, form, text) => sessionStorage.setItem(place(account, form), text),
    kept: (account, form) => {
        kept().filter(key => !key.startsWith(place(account, ""))).forEach(key => sessionStorage.removeItem(key));
        return sessionStorage.getItem(place(account, form));
    },
    forget: (account, form) => sessionStorage.removeItem(place(account, form)),
};

if (document.documentElement.dataset.signingIn !== undefined)
    kept().forEach(key => sessionStorage.removeItem(key));
